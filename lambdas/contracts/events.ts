import * as z from "zod";
import { statuses } from "../domain/status.ts";

/**
 * Lifecycle facts that leave the table through the outbox. Each `detail-type` carries its version; a changed shape
 * gets a new version beside the old one. Golden examples: `test/contracts/fixtures/`.
 */
export const eventSource = "livechat";

const base = {
  /** Names the fact, not its delivery: a duplicate carries the same id. */
  eventId: z.string(),
  chatbotId: z.string(),
  conversationId: z.string(),
  /** When it happened, milliseconds since the epoch. */
  at: z.int(),
};

export const events = {
  /** A visitor asked in an unescalated conversation; the AI responder answers, if `epoch` still holds. */
  "message.asked.v1": z.object({ ...base, epoch: z.int(), seq: z.int() }),
  "conversation.escalated.v1": z.object({ ...base, epoch: z.int(), seq: z.int(), reference: z.string() }),
  "conversation.opened.v1": z.object({ ...base, epoch: z.int(), seq: z.int(), from: z.enum(statuses) }),
  "conversation.ended.v1": z.object({ ...base, seq: z.int(), by: z.enum(["visitor", "agent"]) }),
  "conversation.reopened.v1": z.object({ ...base, epoch: z.int(), seq: z.int(), by: z.enum(["visitor", "agent"]) }),
  /** A message waits for someone who has left. The notifier looks again after the grace time. */
  "message.unseen.v1": z.object({ ...base, recipient: z.enum(["visitor", "agent"]), readMark: z.int(), seq: z.int() }),
} as const;

export type EventType = keyof typeof events;
export type EventDetail<T extends EventType> = z.output<(typeof events)[T]>;
/** An event of any type, as it stands in the outbox. */
export type LifecycleEvent = { [T in EventType]: { readonly type: T; readonly detail: EventDetail<T> } }[EventType];

export function isEventType(value: string): value is EventType {
  return Object.hasOwn(events, value);
}
