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
  "conversation.opened.v1": z.object({
    ...base,
    epoch: z.int(),
    seq: z.int(),
    from: z.enum(statuses),
    /** When a human was asked for; absent where nobody had asked. Milliseconds since the epoch. */
    escalatedAt: z.int().optional(),
  }),
  "conversation.ended.v1": z.object({
    ...base,
    seq: z.int(),
    by: z.enum(["visitor", "agent"]),
    startedAt: z.int().optional(),
    escalatedAt: z.int().optional(),
  }),
  "conversation.reopened.v1": z.object({ ...base, epoch: z.int(), seq: z.int(), by: z.enum(["visitor", "agent"]) }),
  /** An agent gave the conversation back to the bot. */
  "conversation.handed-back.v1": z.object({ ...base, epoch: z.int(), seq: z.int() }),
  /** The visitor's verdict, 1 to 5; `replaces` is the score of an earlier one. */
  "conversation.rated.v1": z.object({
    ...base,
    seq: z.int(),
    score: z.int(),
    comment: z.string().optional(),
    replaces: z.int().optional(),
  }),
  /** The content was erased at the request of the person concerned, or because its time was over. */
  "conversation.erased.v1": z.object({ ...base, by: z.enum(["visitor", "agent", "retention"]) }),
  /** The visitor left or changed a name or address while a human is being asked for, or is answering. */
  "lead.saved.v1": z.object(base),
  /** The visitor wants the conversation by mail. */
  "transcript.requested.v1": z.object({ ...base, email: z.string() }),
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
