import type { DynamoDBRecord } from "aws-lambda";
import type { EventBus } from "../adapters/bus.ts";
import type { LifecycleEvent } from "../contracts/events.ts";
import type { Log } from "../runtime/log.ts";
import { readOutboxImage } from "../store/outbox.ts";

export interface PublishOutside {
  readonly bus: EventBus;
  readonly log: Log;
}

/**
 * Takes outbox records from the table's stream to the bus.
 *
 * Everything that can be read is published even when a record before it can't, so that one bad record holds up nobody.
 * The stream then sends again from the first failed record on: what was published twice carries the same `eventId`, and
 * consumers claim their effects. A record that never works ends in the mapping's failure destination.
 *
 * @returns sequence numbers of the records that have to come again.
 */
export async function publishEvents(outside: PublishOutside, records: readonly DynamoDBRecord[]): Promise<string[]> {
  const inserts = records.filter((record) => record.eventName === "INSERT" || record.eventName === undefined);
  const read = inserts.map((record) => ({ record, event: eventOf(record) }));
  const publishable = read.flatMap(({ record, event }) => (event === undefined ? [] : [{ record, event }]));
  const accepted = await outside.bus.publish(publishable.map(({ event }) => event));

  const unreadable = read.filter(({ event }) => event === undefined).map(({ record }) => record);
  const refused = publishable.filter((_, index) => accepted[index] !== true).map(({ record }) => record);
  if (unreadable.length > 0) outside.log.error("outbox_record_unreadable", { count: unreadable.length });
  if (refused.length > 0) outside.log.warn("bus_refused_events", { count: refused.length });
  const failed = new Set([...unreadable, ...refused]);
  return inserts.filter((record) => failed.has(record)).map((record) => record.dynamodb?.SequenceNumber ?? "");
}

function eventOf(record: DynamoDBRecord): LifecycleEvent | undefined {
  try {
    return readOutboxImage(record.dynamodb?.NewImage as Parameters<typeof readOutboxImage>[0]);
  } catch {
    return undefined;
  }
}
