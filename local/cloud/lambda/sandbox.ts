import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { buildSync } from "esbuild";
import type { FunctionError, InvocationResult } from "../service.ts";
import type { Invocation, SandboxStart, ThreadReport } from "./messages.ts";

export interface SandboxSettings {
  readonly start: SandboxStart;
  readonly env: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly onOutput: (text: string) => void;
}

/** One warm execution environment. It serves one invocation at a time, until it dies of something. */
export interface Sandbox {
  /** Travels with every AWS call, so that the endpoint knows which sandbox made it. */
  readonly sessionToken: string;
  readonly alive: boolean;
  run(invocation: Invocation): Promise<InvocationResult>;
  /** Ends the thread at once; what runs in it fails with `error`. */
  kill(error: FunctionError): void;
  end(): Promise<void>;
}

/** Lambda gives the init phase 10 s; a laptop that runs everything at once gets more. */
const initLimitMs = 30_000;

let threadModule: URL | undefined;

/** A data URL, because a worker thread can load TypeScript neither under every test runner nor under plain Node. */
function thread(): URL {
  if (threadModule === undefined) {
    const { outputFiles } = buildSync({
      entryPoints: [fileURLToPath(new URL("./sandbox-thread.ts", import.meta.url))],
      bundle: true,
      format: "esm",
      platform: "node",
      write: false,
    });
    const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
    threadModule = new URL(`data:text/javascript;base64,${code}`);
  }
  return threadModule;
}

/** Resolves with a sandbox whose bundle is loaded, or with the error that kept it from loading. */
export async function startSandbox(settings: SandboxSettings): Promise<Sandbox | { error: FunctionError }> {
  const sessionToken = randomUUID();
  const worker = new Worker(thread(), {
    workerData: settings.start,
    env: { ...settings.env, AWS_SESSION_TOKEN: sessionToken },
    execArgv: ["--enable-source-maps", "--no-warnings"],
    resourceLimits: { maxOldGenerationSizeMb: settings.memoryMb },
    stdout: true,
    stderr: true,
  });
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", settings.onOutput);
  }

  let alive = true;
  let settle: ((report: ThreadReport) => void) | undefined;

  function answer(report: ThreadReport): void {
    const waiting = settle;
    settle = undefined;
    waiting?.(report);
  }
  function die(error: FunctionError): void {
    alive = false;
    answer({ kind: "failed", error });
  }
  function kill(error: FunctionError): void {
    die(error);
    worker.terminate().catch((reason: unknown) => settings.onOutput(String(reason)));
  }
  worker.on("message", answer);
  worker.on("error", (thrown: unknown) => die(causeOfDeath(thrown)));
  worker.on("exit", (code) => {
    die({ errorType: "Runtime.ExitError", errorMessage: `Runtime exited with error: exit status ${code}` });
  });

  /** Waits for the next report; past the limit the sandbox is dead. */
  function reportWithin(limitMs: number, late: FunctionError): Promise<ThreadReport> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => kill(late), limitMs);
      settle = (report) => {
        clearTimeout(timer);
        resolve(report);
      };
    });
  }

  const ready = await reportWithin(initLimitMs, {
    errorType: "Sandbox.Timedout",
    errorMessage: "The function did not finish loading.",
  });
  if (ready.kind === "failed") {
    await worker.terminate();
    return { error: ready.error };
  }

  return {
    sessionToken,
    get alive() {
      return alive;
    },
    async run(invocation) {
      const seconds = (invocation.timeoutMs / 1_000).toFixed(2);
      const outcome = reportWithin(invocation.timeoutMs, {
        errorType: "Sandbox.Timedout",
        errorMessage: `RequestId: ${invocation.requestId} Error: Task timed out after ${seconds} seconds`,
      });
      if (alive) worker.postMessage(invocation);
      else
        answer({ kind: "failed", error: { errorType: "Runtime.ExitError", errorMessage: "The runtime has exited." } });
      const report = await outcome;
      if (report.kind === "failed") return { error: report.error };
      return { payload: report.kind === "done" ? (JSON.parse(report.payload) as unknown) : null };
    },
    kill,
    async end() {
      die({ errorType: "Runtime.ExitError", errorMessage: "The local cloud is closing." });
      await worker.terminate();
    },
  };
}

function causeOfDeath(thrown: unknown): FunctionError {
  const { name, message } = thrown instanceof Error ? thrown : { name: "Error", message: String(thrown) };
  if (thrown instanceof Error && "code" in thrown && thrown.code === "ERR_WORKER_OUT_OF_MEMORY") {
    return { errorType: "Runtime.OutOfMemory", errorMessage: "Runtime exited with error: signal: killed" };
  }
  return { errorType: `Runtime.UnhandledError.${name}`, errorMessage: message };
}
