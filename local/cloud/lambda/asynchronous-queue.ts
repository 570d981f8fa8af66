import { randomUUID } from "node:crypto";
import type * as z from "zod";
import type { Clock, FunctionError, InvocationResult, Log } from "../service.ts";
import type { eventInvokeShape, FunctionSpec } from "./function-spec.ts";

const minute = 60_000;

/** "Asynchronous invocation": one minute before the first retry, two before the second. */
const retryDelaysMs = [minute, 2 * minute];

/** Sends a record to a queue or a function on behalf of the function that failed. */
export type Deliver = (
  from: FunctionSpec,
  targetArn: string,
  body: string,
  attributes?: Readonly<Record<string, string>>,
) => void;

type Settings = z.infer<typeof eventInvokeShape>;

interface Dependencies {
  readonly clock: Clock;
  readonly log: Log;
  readonly run: (spec: FunctionSpec, event: unknown) => Promise<InvocationResult>;
  readonly deliver: Deliver;
  /** Undefined for a function without an `EventInvokeConfig`. */
  readonly settings: (spec: FunctionSpec) => Settings | undefined;
}

interface Entry {
  readonly spec: FunctionSpec;
  readonly event: unknown;
  readonly requestId: string;
  readonly since: number;
  readonly attempts: number;
}

export interface AsynchronousQueue {
  add(spec: FunctionSpec, event: unknown): void;
  close(): void;
}

/** Lambda's own queue in front of a function: it retries, and in the end says where the event went. */
export function createAsynchronousQueue({ clock, log, run, deliver, settings }: Dependencies): AsynchronousQueue {
  let closed = false;

  function attempt(entry: Entry): void {
    run(entry.spec, entry.event).then(
      (result) => settle({ ...entry, attempts: entry.attempts + 1 }, result),
      (error: unknown) => log.write(entry.spec.logicalId, `asynchronous invocation: ${String(error)}`),
    );
  }

  function settle(entry: Entry, result: InvocationResult): void {
    if (closed) return;
    const { MaximumRetryAttempts: retries = 2, MaximumEventAgeInSeconds: ageSeconds = 21_600 } =
      settings(entry.spec) ?? {};
    if (!("error" in result)) {
      conclude(entry, "Success", result.payload);
      return;
    }
    log.write(
      entry.spec.logicalId,
      `attempt ${entry.attempts}: ${result.error.errorType}: ${result.error.errorMessage}`,
    );
    if (entry.attempts > retries) {
      conclude(entry, "RetriesExhausted", result.error);
      return;
    }
    const delay = retryDelaysMs[entry.attempts - 1] ?? minute;
    clock.after(delay, () => {
      if (clock.now() - entry.since > ageSeconds * 1_000) conclude(entry, "EventAgeExceeded", result.error);
      else attempt(entry);
    });
  }

  function conclude(
    entry: Entry,
    condition: "Success" | "RetriesExhausted" | "EventAgeExceeded",
    outcome: unknown,
  ): void {
    const { OnFailure, OnSuccess } = settings(entry.spec)?.DestinationConfig ?? {};
    const destination = (condition === "Success" ? OnSuccess : OnFailure)?.Destination;
    if (destination !== undefined) deliver(entry.spec, destination, JSON.stringify(record(entry, condition, outcome)));
    if (condition === "Success" || entry.spec.deadLetterArn === undefined) return;
    const { errorMessage } = outcome as FunctionError;
    const attributes = { RequestID: entry.requestId, ErrorCode: "200", ErrorMessage: errorMessage.slice(0, 1_024) };
    deliver(entry.spec, entry.spec.deadLetterArn, JSON.stringify(entry.event), attributes);
  }

  function record(entry: Entry, condition: string, outcome: unknown) {
    return {
      version: "1.0",
      timestamp: new Date(clock.now()).toISOString(),
      requestContext: {
        requestId: entry.requestId,
        functionArn: `${entry.spec.arn}:$LATEST`,
        condition,
        approximateInvokeCount: entry.attempts,
      },
      requestPayload: entry.event,
      responseContext: {
        statusCode: 200,
        executedVersion: "$LATEST",
        ...(condition !== "Success" && { functionError: "Unhandled" }),
      },
      responsePayload: outcome,
    };
  }

  return {
    add: (spec, event) => attempt({ spec, event, requestId: randomUUID(), since: clock.now(), attempts: 0 }),
    close() {
      closed = true;
    },
  };
}
