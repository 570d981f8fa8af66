import { randomUUID } from "node:crypto";
import type { FunctionsPart } from "../lambda/functions.ts";
import type { Clock, Faults, Log, Queues, StreamRecord, StreamSource } from "../service.ts";
import { type Mapping, type MappingProperties, recordFilter, reportedFailures } from "./mapping.ts";

const second = 1_000;
const readAtOnce = 1_000;
const firstBackoffMs = 200;
const longestBackoffMs = 30 * second;

export interface StreamMappingDependencies {
  readonly logicalId: string;
  readonly table: string;
  readonly properties: MappingProperties;
  readonly stream: StreamSource;
  readonly functions: FunctionsPart;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly log: Log;
}

/** Where a batch stands: how often it failed since it last made progress. */
interface Batch {
  readonly records: readonly StreamRecord[];
  readonly failures: number;
}

/**
 * Reads a table's stream in order, one batch at a time, and holds it up while a batch fails: until the retries or
 * the age run out, and then tells the on-failure queue which records were given up ("Using Lambda with DynamoDB").
 */
export function startStreamMapping(dependencies: StreamMappingDependencies): Mapping {
  const { logicalId, table, properties, stream, functions, queues, clock, faults, log } = dependencies;
  const batchSize = properties.BatchSize ?? 100;
  const passes = recordFilter(properties);
  const waiting: StreamRecord[] = [];
  let read = startAfter();
  let windowOpen = false;
  let closed = false;
  let again = false;
  let pumping: Promise<void> | undefined;
  let interrupt: (() => void) | undefined;

  function startAfter(): string | undefined {
    const position = stream.acknowledged(table, logicalId);
    if (position !== undefined || properties.StartingPosition !== "LATEST") return position;
    let last: string | undefined;
    for (let records = stream.readStream(table, last, readAtOnce); records.length > 0; ) {
      last = records.at(-1)?.dynamodb.SequenceNumber;
      records = stream.readStream(table, last, readAtOnce);
    }
    return last;
  }

  function pump(): void {
    if (closed) return;
    if (pumping !== undefined) {
      again = true;
      return;
    }
    pumping = work()
      .catch((error: unknown) => log.write(logicalId, error instanceof Error ? String(error.stack) : String(error)))
      .finally(() => {
        pumping = undefined;
        if (again) {
          again = false;
          pump();
        }
      });
  }

  async function work(): Promise<void> {
    for (fill(); waiting.length > 0 && !closed; fill()) {
      if (waiting.length < batchSize && properties.MaximumBatchingWindowInSeconds > 0 && !windowOpen) {
        clock.after(properties.MaximumBatchingWindowInSeconds * second, () => {
          windowOpen = true;
          pump();
        });
        return;
      }
      const records = waiting.slice(0, batchSize);
      await settle({ records, failures: 0 });
      if (closed) return;
      waiting.splice(0, records.length);
      windowOpen = false;
      acknowledge(waiting.length > 0 ? records.at(-1)?.dynamodb.SequenceNumber : read);
    }
    if (waiting.length === 0) acknowledge(read);
  }

  /** Records that the filter drops are read and forgotten: they start no function and cost nothing. */
  function fill(): void {
    while (waiting.length < batchSize) {
      const records = stream.readStream(table, read, readAtOnce);
      if (records.length === 0) return;
      read = records.at(-1)?.dynamodb.SequenceNumber;
      waiting.push(...records.filter(passes));
    }
  }

  function acknowledge(sequence: string | undefined): void {
    if (sequence !== undefined && stream.acknowledged(table, logicalId) !== sequence) {
      stream.acknowledge(table, logicalId, sequence);
    }
  }

  async function settle(batch: Batch): Promise<void> {
    let { records, failures } = batch;
    let invocations = 0;
    while (!closed) {
      const expired = records.findLastIndex(isTooOld) + 1;
      if (expired > 0) {
        giveUp(records.slice(0, expired), "RecordAgeExceeded", invocations);
        records = records.slice(expired);
      }
      if (records.length === 0) return;

      invocations += 1;
      const firstFailed = await attempt(records);
      if (firstFailed === undefined || closed) return;
      if (firstFailed > 0) {
        records = records.slice(firstFailed);
        failures = 0;
      } else if (properties.BisectBatchOnFunctionError && records.length > 1) {
        // Splitting costs no retry, so a poisonous record ends up alone.
        const half = Math.ceil(records.length / 2);
        await settle({ records: records.slice(0, half), failures });
        return settle({ records: records.slice(half), failures });
      } else {
        failures += 1;
        if (properties.MaximumRetryAttempts >= 0 && failures > properties.MaximumRetryAttempts) {
          giveUp(records, "RetryAttemptsExhausted", invocations);
          return;
        }
      }
      await backOff(failures);
    }
  }

  /** Index of the first record that failed, or undefined when all is well. */
  async function attempt(records: readonly StreamRecord[]): Promise<number | undefined> {
    const event = { Records: records };
    const result = await functions.invoke(properties.FunctionName, event);
    if (faults.strike("stream.duplicate", { function: functions.find(properties.FunctionName)?.logicalId ?? "" })) {
      await functions.invoke(properties.FunctionName, event);
    }
    if ("error" in result) return 0;
    const failed = reportedFailures(properties, result.payload);
    if (failed === undefined) return 0;
    if (failed.length === 0) return undefined;
    const indexes = failed.map((id) => records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === id));
    return Math.max(0, Math.min(...indexes));
  }

  function isTooOld({ dynamodb }: StreamRecord): boolean {
    const { MaximumRecordAgeInSeconds: limit } = properties;
    return limit >= 0 && clock.now() - dynamodb.ApproximateCreationDateTime * second > limit * second;
  }

  /** Interrupted by `close`; the batch is then read again after the next start. */
  function backOff(failures: number): Promise<void> {
    return new Promise((resolve) => {
      const delay = Math.min(firstBackoffMs * 2 ** Math.max(0, failures - 1), longestBackoffMs);
      const cancel = clock.after(delay, resolve);
      interrupt = () => {
        cancel();
        resolve();
      };
    });
  }

  function giveUp(records: readonly StreamRecord[], condition: string, invocations: number): void {
    const [first, last] = [records[0], records.at(-1)];
    log.write(logicalId, `gave up on ${records.length} records: ${condition}`);
    const destination = properties.DestinationConfig?.OnFailure.Destination;
    if (destination === undefined || first === undefined || last === undefined) return;
    const spec = functions.find(properties.FunctionName);
    const body = {
      requestContext: {
        requestId: randomUUID(),
        functionArn: spec?.arn,
        condition,
        approximateInvokeCount: invocations,
      },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      version: "1.0",
      timestamp: new Date(clock.now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId: "shardId-local",
        startSequenceNumber: first.dynamodb.SequenceNumber,
        endSequenceNumber: last.dynamodb.SequenceNumber,
        approximateArrivalOfFirstRecord: arrival(first),
        approximateArrivalOfLastRecord: arrival(last),
        batchSize: records.length,
        streamArn: properties.EventSourceArn,
      },
    };
    queues.send(destination, JSON.stringify(body));
  }

  const stop = stream.onStreamRecord(table, pump);
  pump();

  return {
    async close() {
      closed = true;
      stop();
      interrupt?.();
      await pumping;
    },
  };
}

function arrival({ dynamodb }: StreamRecord): string {
  return new Date(dynamodb.ApproximateCreationDateTime * second).toISOString();
}
