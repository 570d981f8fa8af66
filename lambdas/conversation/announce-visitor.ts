import type { LifecycleEvent } from "../contracts/events.ts";
import type { ConversationRef } from "../domain/conversation.ts";
import type { ConversationServices } from "./services.ts";

type Announcing = Pick<ConversationServices, "conversations" | "delivery" | "now" | "log">;

/**
 * What is known of the visitor has changed: the row shows the name, agents in the conversation see it, and where a human
 * was asked for, an event tells those who were told without it. The event holds nothing of the person.
 */
export async function announceVisitor(services: Announcing, ref: ConversationRef): Promise<void> {
  const { conversations, delivery, now, log } = services;
  // Read after the write: a request for a human that came in between has either seen the lead or is seen here.
  const [head, visitor] = await Promise.all([conversations.head(ref), conversations.visitor(ref)]);
  if (head === undefined || visitor === undefined) return;
  if (head.status === "unassigned" || head.status === "open") {
    await conversations.publish(ref, [leadSaved(ref, now())]);
  }
  const { lead, verified } = visitor;
  const { conversationId } = ref;
  const frame = {
    type: "visitor",
    now: now(),
    conversationId,
    lead,
    ...(verified === undefined ? {} : { verified: { subject: verified.subject, at: verified.at } }),
  } as const;
  const pushes = await Promise.allSettled([
    delivery.row(head),
    delivery.toConversation(head, frame, ({ party }) => party === "agent"),
  ]);
  for (const push of pushes)
    if (push.status === "rejected") log.warn("push_failed", { conversationId, error: push.reason });
}

function leadSaved({ chatbotId, conversationId }: ConversationRef, at: number): LifecycleEvent {
  return {
    type: "lead.saved.v1",
    detail: { eventId: `${conversationId}-lead-${at}`, chatbotId, conversationId, at },
  };
}
