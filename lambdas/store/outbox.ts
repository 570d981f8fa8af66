import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { events, isEventType, type LifecycleEvent } from "../contracts/events.ts";
import { table } from "../contracts/table.ts";
import type { ConversationRef } from "../domain/conversation.ts";
import { conversationKeys } from "./keys.ts";

/** How long an event stays readable in the table after it left, seconds: one week, for whoever has to look. */
const keepSeconds = 7 * 24 * 60 * 60;

export function outboxItem(ref: ConversationRef, event: LifecycleEvent): Record<string, unknown> {
  return {
    ...conversationKeys.outbox(ref, event.detail.eventId),
    [table.outboxType]: event.type,
    detail: event.detail,
    [table.timeToLive]: Math.floor(event.detail.at / 1000) + keepSeconds,
  };
}

/** Reads a stream record's new image. `undefined` for anything that is not a valid event: it must not block the shard. */
export function readOutboxImage(
  image: Readonly<Record<string, AttributeValue>> | undefined,
): LifecycleEvent | undefined {
  if (image === undefined) return undefined;
  const item = unmarshall(image as Record<string, AttributeValue>);
  const type: unknown = item[table.outboxType];
  if (typeof type !== "string" || !isEventType(type)) return undefined;
  const parsed = events[type].safeParse(item.detail);
  return parsed.success ? ({ type, detail: parsed.data } as LifecycleEvent) : undefined;
}
