import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod";
import { providerFunctions, TemplateError, type WholeTemplate } from "../assembly.ts";
import { arn } from "../names.ts";
import type { Resource, Template } from "../service.ts";

/** Layers, VPCs, file systems and container images are missing here on purpose: they cannot run. */
export const functionShape = z.strictObject({
  Architectures: z.array(z.string()).optional(),
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  DeadLetterConfig: z.strictObject({ TargetArn: z.string() }).optional(),
  Description: z.string().optional(),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
  EphemeralStorage: z.unknown().optional(),
  FunctionName: z.string().optional(),
  Handler: z.string(),
  KmsKeyArn: z.string().optional(),
  LoggingConfig: z.unknown().optional(),
  MemorySize: z.number().default(128),
  RecursiveLoop: z.string().optional(),
  ReservedConcurrentExecutions: z.number().optional(),
  Role: z.string(),
  Runtime: z.string().regex(/^nodejs/, "only Node.js functions run here"),
  RuntimeManagementConfig: z.unknown().optional(),
  Tags: z.unknown().optional(),
  Timeout: z.number().default(3),
  TracingConfig: z.unknown().optional(),
});

export const eventInvokeShape = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.string(),
  MaximumEventAgeInSeconds: z.number().default(21_600),
  MaximumRetryAttempts: z.number().default(2),
  DestinationConfig: z
    .strictObject({
      OnFailure: z.strictObject({ Destination: z.string() }).optional(),
      OnSuccess: z.strictObject({ Destination: z.string() }).optional(),
    })
    .default({}),
});

/** What a synthesized function needs to run. */
export interface FunctionSpec {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** `file:` URL of the module that exports the handler. */
  readonly bundle: string;
  readonly handler: string;
  readonly env: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly reservedConcurrency: number | undefined;
  readonly deadLetterArn: string | undefined;
}

/** The functions that run here: all but those that only deploy. */
export function functionSpecs(template: WholeTemplate): readonly FunctionSpec[] {
  const providers = providerFunctions(template);
  return template
    .ofType("AWS::Lambda::Function")
    .filter(({ logicalId }) => !providers.has(logicalId))
    .map((resource) => specify(resource, template));
}

function specify({ logicalId, properties }: Resource, template: Template): FunctionSpec {
  const shape = functionShape.parse(properties);
  const name = shape.FunctionName ?? logicalId;
  const dot = shape.Handler.lastIndexOf(".");
  return {
    logicalId,
    name,
    arn: arn("lambda", `function:${name}`),
    bundle: pathToFileURL(moduleFile(logicalId, template.assetPath(shape.Code.S3Key), shape.Handler.slice(0, dot)))
      .href,
    handler: shape.Handler.slice(dot + 1),
    env: shape.Environment?.Variables ?? {},
    memoryMb: shape.MemorySize,
    timeoutMs: shape.Timeout * 1_000,
    reservedConcurrency: shape.ReservedConcurrentExecutions,
    deadLetterArn: shape.DeadLetterConfig?.TargetArn,
  };
}

function moduleFile(logicalId: string, directory: string, module: string): string {
  const file = ["mjs", "js", "cjs"].map((extension) => join(directory, `${module}.${extension}`)).find(existsSync);
  if (file) return file;
  throw new TemplateError([
    `${logicalId}: ${join(directory, module)}.mjs is missing. Bundle the functions, then synthesize again.`,
  ]);
}
