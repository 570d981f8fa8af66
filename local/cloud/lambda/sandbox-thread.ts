/** The inside of a sandbox: loads one bundle, then serves one invocation at a time. Runs in a worker thread. */
import { parentPort, workerData } from "node:worker_threads";
import { fenceEgress } from "./egress-fence.ts";
import { followLocalClock } from "./local-date.ts";
import type { Invocation, SandboxStart, ThreadError, ThreadReport } from "./messages.ts";

type Handler = (event: unknown, context: unknown, callback?: (error: unknown, result: unknown) => void) => unknown;

const start = workerData as SandboxStart;

function report(message: ThreadReport): void {
  parentPort?.postMessage(message);
}

function describe(thrown: unknown): ThreadError {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown) };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split("\n") ?? [] };
}

async function load(): Promise<Handler> {
  const bundle = (await import(start.bundle)) as Record<string, unknown> & { default?: Record<string, unknown> };
  const handler = bundle[start.handler] ?? bundle.default?.[start.handler];
  if (typeof handler === "function") return handler as Handler;
  const error = new Error(`${start.handler} is undefined or not exported`);
  error.name = "Runtime.HandlerNotFound";
  throw error;
}

async function run(handler: Handler, { requestId, event, timeoutMs, context }: Invocation): Promise<ThreadReport> {
  const began = performance.now();
  const fullContext = {
    ...context,
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(timeoutMs - (performance.now() - began))),
  };
  try {
    const result = await settle(handler, JSON.parse(event), fullContext);
    return { kind: "done", payload: JSON.stringify(result) ?? "null" };
  } catch (thrown) {
    return { kind: "failed", error: describe(thrown) };
  }
}

/** A handler answers by a promise, or by its third parameter when it declares one. */
function settle(handler: Handler, event: unknown, context: unknown): Promise<unknown> {
  if (handler.length < 3) return Promise.resolve(handler(event, context));
  return new Promise((resolve, reject) => {
    const callback = (error: unknown, result: unknown): void => (error ? reject(error) : resolve(result));
    Promise.resolve(handler(event, context, callback)).catch(reject);
  });
}

followLocalClock(start.sharedOffset);
fenceEgress(start.egress);
load().then(
  (handler) => {
    parentPort?.on("message", (invocation: Invocation) => {
      run(handler, invocation).then(report, (thrown) => report({ kind: "failed", error: describe(thrown) }));
    });
    report({ kind: "ready" });
  },
  (thrown) => report({ kind: "failed", error: describe(thrown) }),
);
