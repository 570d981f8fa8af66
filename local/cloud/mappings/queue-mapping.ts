import { parseObject } from "../json.ts";
import type { FunctionsPart } from "../lambda/functions.ts";
import { region } from "../names.ts";
import type { Message, Queue } from "../queue.ts";
import { md5, systemAttributes } from "../queues.ts";
import type { Clock, Counters, Log } from "../service.ts";
import { type Mapping, type MappingProperties, recordFilter, reportedFailures } from "./mapping.ts";

const second = 1_000;

export interface QueueMappingDependencies {
  readonly logicalId: string;
  readonly properties: MappingProperties;
  readonly queue: Queue;
  readonly functions: FunctionsPart;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly log: Log;
  /** Batches in flight at the same time; a smaller `MaximumConcurrency` counts instead. */
  readonly concurrency: number;
}

/**
 * Feeds a queue's messages to a function. What fails stays in the queue and comes back when its visibility timeout
 * is over, until the redrive policy takes it out ("Using Lambda with Amazon SQS").
 */
export function startQueueMapping(dependencies: QueueMappingDependencies): Mapping {
  const { logicalId, properties, queue, functions, clock, counters, log } = dependencies;
  const batchSize = properties.BatchSize ?? 10;
  const windowMs = properties.MaximumBatchingWindowInSeconds * second;
  const concurrency = Math.min(
    properties.ScalingConfig?.MaximumConcurrency ?? Number.POSITIVE_INFINITY,
    dependencies.concurrency,
  );
  const passes = recordFilter(properties);
  const running = new Set<Promise<void>>();
  let windowTimer: (() => void) | undefined;
  let closed = false;

  function visible(): number {
    return queue.messages().filter(({ visibleAt }) => visibleAt <= clock.now()).length;
  }

  function onVisible(): void {
    if (windowMs === 0 || visible() >= batchSize) {
      poll();
      return;
    }
    if (visible() === 0) return;
    windowTimer ??= clock.after(windowMs, () => {
      windowTimer = undefined;
      poll();
    });
  }

  function poll(): void {
    while (!closed && running.size < concurrency) {
      const messages = queue.receive(batchSize);
      if (messages.length === 0) return;
      counters.add("sqs.requests");
      const work: Promise<void> = process(messages)
        .catch((error: unknown) => log.write(logicalId, String(error)))
        .finally(() => {
          running.delete(work);
          onVisible();
        });
      running.add(work);
    }
  }

  async function process(messages: readonly Message[]): Promise<void> {
    const wanted = messages.filter((message) => passes(filterable(message)));
    remove(messages.filter((message) => !wanted.includes(message)));
    if (wanted.length === 0) return;
    const records = wanted.map((message) => recordOf(message, queue));
    const result = await functions.invoke(properties.FunctionName, { Records: records });
    if ("error" in result) return;
    const failed = reportedFailures(properties, result.payload);
    if (failed !== undefined) remove(wanted.filter(({ messageId }) => !failed.includes(messageId)));
  }

  function remove(messages: readonly Message[]): void {
    if (messages.length > 0) counters.add("sqs.requests");
    for (const { receipt } of messages) if (receipt !== undefined) queue.delete(receipt);
  }

  const stop = queue.onVisible(onVisible);
  onVisible();

  return {
    async close() {
      closed = true;
      stop();
      windowTimer?.();
      await Promise.all(running);
    },
  };
}

/** Filters look into a JSON body. */
function filterable(message: Message): unknown {
  return { ...message, body: parseObject(message.body) ?? message.body };
}

function recordOf(message: Message, queue: Queue) {
  const attributes = Object.entries(message.attributes).map(([name, { DataType, StringValue }]) => [
    name,
    { dataType: DataType, stringValue: StringValue, stringListValues: [], binaryListValues: [] },
  ]);
  return {
    messageId: message.messageId,
    receiptHandle: message.receipt,
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: md5(message.body),
    eventSource: "aws:sqs",
    eventSourceARN: queue.rules.arn,
    awsRegion: region,
  };
}
