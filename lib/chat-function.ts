import { existsSync } from "node:fs";
import { join } from "node:path";
import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { FunctionRole } from "./function-role.ts";
import { removalPolicyOf } from "./removal.ts";
import type { Stage } from "./stage.ts";

/** What all functions of a deployment share. */
export interface FunctionDefaults {
  /** Holds `<verb-noun>/index.mjs` for every function, as `lambdas/bundle.ts` writes it. */
  readonly bundleDirectory: string;
  readonly stage: Pick<Stage, "data" | "retention">;
}

export interface ChatFunctionProps {
  readonly defaults: FunctionDefaults;
  /** A sentence for whoever is woken up: who is hurt when this function fails. */
  readonly hurts: string;
  /**
   * Megabytes; processor power grows with them.
   * @default 512
   */
  readonly memorySize?: number;
  /** @default 10 seconds, which leaves API Gateway's 29 s far away */
  readonly timeout?: Duration;
}

/** A function with all that every function here has. Its name is the verb and noun of its `.lambda.ts`. */
export class ChatFunction extends LambdaFunction {
  constructor(scope: Construct, name: string, props: ChatFunctionProps) {
    const { bundleDirectory, stage } = props.defaults;
    const id = pascalCase(name);
    const bundle = join(bundleDirectory, name);
    if (!existsSync(join(bundle, "index.mjs"))) {
      throw new Error(`${join(bundle, "index.mjs")} is missing: run npm run build first.`);
    }
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: stage.retention.logDays,
      removalPolicy: removalPolicyOf(stage),
    });
    // Lambda's managed policy would let every function write to every log group of the account.
    const role = new FunctionRole(scope, `${id}Role`);
    logGroup.grantWrite(role);
    super(scope, id, {
      description: props.hurts,
      code: Code.fromAsset(bundle, { exclude: ["*.map"] }),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize ?? 512,
      timeout: props.timeout ?? Duration.seconds(10),
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.WARN,
      systemLogLevelV2: SystemLogLevel.WARN,
      logGroup,
      role,
    });
    new Alarm(scope, `${id}Errors`, {
      alarmDescription: `${props.hurts} Look into the log of ${name}.`,
      metric: this.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

/** `open-socket` → `OpenSocket`: readable at the beginning of the names that CloudFormation makes. */
function pascalCase(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
