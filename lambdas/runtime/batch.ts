import type { DynamoDBBatchResponse, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as z from "zod";
import { type EventDetail, type EventType, eventSource, events, type LifecycleEvent } from "../contracts/events.ts";
import type { Log } from "./log.ts";

/** How a queued event came to us. */
export interface Delivery {
  /** 1 on the first delivery; more after a failure or a consumer that died. */
  readonly receiveCount: number;
}

/**
 * Thrown by a use case, with a fixed word as its reason, for what the queue should try again later. The queue's redrive policy
 * ends the retries: after `maxReceiveCount` the message is in the dead-letter queue, whose alarm rings.
 */
export class TryAgain extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "TryAgain";
  }
}

/**
 * Turns a use case into an SQS handler: parses the EventBridge envelope, runs the records side by side, and reports
 * only the failed ones ("Implementing partial batch responses"). A record that can't be parsed fails alone.
 */
export function consumeBatch<T extends EventType>(
  type: T,
  work: (detail: EventDetail<T>, delivery: Delivery) => Promise<unknown>,
  log: Log,
): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return consumeEvents([type], ({ detail }, delivery) => work(detail as EventDetail<T>, delivery), log);
}

/** `consumeBatch` for a queue that several types of events go into. */
export function consumeEvents(
  types: readonly EventType[],
  work: (event: LifecycleEvent, delivery: Delivery) => Promise<unknown>,
  log: Log,
): (event: SQSEvent) => Promise<SQSBatchResponse> {
  const envelope = z.object({ source: z.literal(eventSource), "detail-type": z.enum(types), detail: z.unknown() });

  return consumeQueue(
    types.join(" "),
    async (body, delivery) => {
      const { "detail-type": type, detail } = envelope.parse(body);
      await work({ type, detail: events[type].parse(detail) } as LifecycleEvent, delivery);
    },
    log,
  );
}

/**
 * The same for a queue of anybody's events: the work parses.
 *
 * @param eventType For the log.
 */
export function consumeQueue(
  eventType: string,
  work: (body: unknown, delivery: Delivery) => Promise<unknown>,
  log: Log,
): (event: SQSEvent) => Promise<SQSBatchResponse> {
  async function consume(record: SQSRecord): Promise<void> {
    const receiveCount = Number(record.attributes.ApproximateReceiveCount) || 1;
    await work(JSON.parse(record.body), { receiveCount });
  }

  return async (event) => {
    const outcomes = await Promise.allSettled(event.Records.map(consume));
    const failed = event.Records.filter((record, index) => {
      const outcome = outcomes[index];
      if (outcome?.status !== "rejected") return false;
      const reason: unknown = outcome.reason;
      const facts = { eventType, messageId: record.messageId };
      if (reason instanceof TryAgain) log.warn("event_try_again", { ...facts, reason: reason.message });
      else log.error("event_failed", { ...facts, error: reason });
      return true;
    });
    return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId })) };
  };
}

/** Reports stream records as failed. Lambda takes the lowest number as its checkpoint and sends again from there on. */
export function failedStreamRecords(sequenceNumbers: readonly string[]): DynamoDBBatchResponse {
  return { batchItemFailures: sequenceNumbers.map((itemIdentifier) => ({ itemIdentifier })) };
}
