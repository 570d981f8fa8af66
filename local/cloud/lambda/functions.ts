import { randomUUID } from "node:crypto";
import type { WholeTemplate } from "../assembly.ts";
import type { LocalClock } from "../clock.ts";
import type { CallFate } from "../endpoint.ts";
import { functionName, region } from "../names.ts";
import type {
  Addresses,
  Counters,
  Credentials,
  Faults,
  FunctionError,
  Functions,
  Iam,
  InvocationResult,
  Invoker,
  Log,
  Template,
} from "../service.ts";
import { type AsynchronousQueue, createAsynchronousQueue, type Deliver } from "./asynchronous-queue.ts";
import type { EgressRules } from "./egress-fence.ts";
import { eventInvokeShape, type FunctionSpec, functionSpecs } from "./function-spec.ts";
import type { Invocation } from "./messages.ts";
import { type Sandbox, startSandbox } from "./sandbox.ts";
import { createSandboxPool, type PoolLimits } from "./sandbox-pool.ts";

/** "Lambda quotas": request and response of a synchronous invocation. */
const payloadLimitBytes = 6 * 1024 * 1024;

export interface LambdaSettings {
  /** Sandboxes of one function that run at the same time; a smaller reserved concurrency counts instead. */
  readonly sandboxesPerFunction: number;
  readonly pool: PoolLimits;
}

export interface FunctionsPart extends Functions {
  /** The function behind a name, ARN, integration URI or logical id. */
  find(target: string): FunctionSpec | undefined;
  /** Whether the call of a sandbox gets through, which a `lambda.killed` fault decides. */
  fateOf(sessionToken: string | undefined): CallFate | undefined;
  close(): Promise<void>;
}

interface Dependencies {
  readonly template: WholeTemplate;
  readonly addresses: Addresses;
  readonly iam: Iam;
  readonly clock: LocalClock;
  readonly counters: Counters;
  readonly faults: Faults;
  readonly log: Log;
  /** Read when a sandbox starts. */
  readonly egress: () => EgressRules;
  readonly issueKey: (caller: string) => Credentials;
  /** Where failed asynchronous invocations go. */
  readonly deliver: Deliver;
  readonly settings: LambdaSettings;
}

interface Doom {
  readonly afterCalls: number;
  calls: number;
  readonly sandbox: Sandbox;
}

export function createFunctions(dependencies: Dependencies): FunctionsPart {
  const { template, iam, clock, counters, faults, log, settings } = dependencies;
  const specs = functionSpecs(template);
  const byName = new Map(specs.flatMap((spec) => [[spec.logicalId, spec] as const, [spec.name, spec] as const]));
  const keys = new Map(specs.map(({ logicalId }) => [logicalId, dependencies.issueKey(logicalId)]));
  const pool = createSandboxPool(settings.pool);
  const doomed = new Map<string, Doom>();
  let running = 0;
  const find = (target: string): FunctionSpec | undefined => byName.get(functionName(target));

  function environment(spec: FunctionSpec): Readonly<Record<string, string>> {
    const key = keys.get(spec.logicalId);
    return {
      ...spec.env,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: key?.accessKeyId ?? "",
      AWS_SECRET_ACCESS_KEY: key?.secretAccessKey ?? "",
      AWS_ENDPOINT_URL: dependencies.addresses.aws,
      // The real name, which the egress fence redirects: a presigned URL is signed for the host that S3 gets to see.
      AWS_ENDPOINT_URL_S3: `https://s3.${region}.amazonaws.com`,
      AWS_LAMBDA_FUNCTION_NAME: spec.name,
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
      AWS_LAMBDA_LOG_STREAM_NAME: "local",
      LAMBDA_TASK_ROOT: new URL(".", spec.bundle).pathname,
      _HANDLER: spec.handler,
    };
  }

  function start(spec: FunctionSpec) {
    return startSandbox({
      start: {
        bundle: spec.bundle,
        handler: spec.handler,
        sharedOffset: clock.sharedOffset,
        egress: dependencies.egress(),
      },
      env: environment(spec),
      memoryMb: spec.memoryMb,
      onOutput: (text) => {
        for (const line of text.split("\n").filter(Boolean)) log.write(spec.logicalId, line);
      },
    });
  }

  async function run(spec: FunctionSpec, event: unknown): Promise<InvocationResult> {
    const payload = JSON.stringify(event ?? null);
    if (Buffer.byteLength(payload) > payloadLimitBytes) {
      return failure("RequestTooLargeException", `The request is longer than ${payloadLimitBytes} bytes.`);
    }
    const concurrency = Math.min(spec.reservedConcurrency ?? Number.POSITIVE_INFINITY, settings.sandboxesPerFunction);
    if (concurrency === 0) return failure("TooManyRequestsException", "Rate Exceeded.");

    counters.add("lambda.invocations");
    counters.add(`lambda.byFunction.${spec.logicalId}`);
    const sandbox = await pool.acquire(spec.logicalId, concurrency, () => start(spec));
    if ("error" in sandbox) return sandbox;
    const fault = faults.strike("lambda.killed", { function: spec.logicalId });
    if (fault) {
      doomed.set(sandbox.sessionToken, { afterCalls: Number(fault.options.afterCalls ?? 0), calls: 0, sandbox });
    }
    try {
      return await sandbox.run(invocationOf(spec, payload));
    } finally {
      doomed.delete(sandbox.sessionToken);
      pool.release(spec.logicalId, sandbox);
    }
  }

  async function invoke(target: string, event: unknown, invoker?: Invoker): Promise<InvocationResult> {
    const obstacle = refusal(target, invoker);
    const spec = find(target);
    if (obstacle || spec === undefined) return { error: obstacle ?? unknownFunction(target) };
    running++;
    const result = await run(spec, event).finally(() => {
      running--;
    });
    if ("error" in result) log.write(spec.logicalId, `${result.error.errorType}: ${result.error.errorMessage}`);
    return result;
  }

  /** The error of an invoker that the function's resource policy does not name. */
  function refusal(target: string, invoker: Invoker | undefined): FunctionError | undefined {
    const spec = find(target);
    if (spec === undefined) return unknownFunction(target);
    if (invoker === undefined) return undefined;
    const { principal, sourceArn } = invoker;
    if (iam.allowsService(principal, sourceArn, "lambda:InvokeFunction", spec.arn)) return undefined;
    const errorMessage = `${principal} (${sourceArn}) is not authorized to perform: lambda:InvokeFunction on resource: ${spec.arn} because no resource-based policy allows the lambda:InvokeFunction action`;
    log.write("iam", errorMessage);
    return { errorType: "AccessDeniedException", errorMessage };
  }

  const later: AsynchronousQueue = createAsynchronousQueue({
    clock,
    log,
    run,
    deliver: dependencies.deliver,
    settings: asynchronousSettings(template),
  });

  return {
    names: specs.map(({ logicalId }) => logicalId),
    get running() {
      return running;
    },
    find,
    invoke,
    invokeLater(target, event, invoker) {
      const spec = find(target);
      const error = refusal(target, invoker);
      if (spec && error === undefined) later.add(spec, event);
      return error;
    },
    fateOf(sessionToken) {
      const doom = doomed.get(sessionToken ?? "");
      if (doom === undefined) return undefined;
      const kill = (): void =>
        doom.sandbox.kill({
          errorType: "Runtime.ExitError",
          errorMessage: "Runtime exited with error: signal: killed",
        });
      if (doom.afterCalls === 0) return { lost: "before", kill };
      doom.calls += 1;
      return doom.calls === doom.afterCalls ? { lost: "after", kill } : undefined;
    },
    async close() {
      later.close();
      await pool.close();
    },
  };
}

function invocationOf(spec: FunctionSpec, event: string): Invocation {
  return {
    requestId: randomUUID(),
    event,
    timeoutMs: spec.timeoutMs,
    context: {
      functionName: spec.name,
      functionVersion: "$LATEST",
      invokedFunctionArn: spec.arn,
      memoryLimitInMB: String(spec.memoryMb),
      logGroupName: `/aws/lambda/${spec.name}`,
      logStreamName: "local",
    },
  };
}

function asynchronousSettings(template: Template) {
  const configs = template
    .ofType("AWS::Lambda::EventInvokeConfig")
    .map(({ properties }) => eventInvokeShape.parse(properties));
  return (spec: FunctionSpec) => configs.find(({ FunctionName }) => functionName(FunctionName) === spec.name);
}

function failure(errorType: string, errorMessage: string): { error: FunctionError } {
  return { error: { errorType, errorMessage } };
}

function unknownFunction(target: string): FunctionError {
  return { errorType: "ResourceNotFoundException", errorMessage: `Function not found: ${target}` };
}
