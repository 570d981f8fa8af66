import type { Delivery } from "../adapters/delivery.ts";
import type { MailFeedback } from "../adapters/mail-feedback.ts";
import type { Log } from "../runtime/log.ts";
import type { ConversationStore, Notification } from "../store/conversations.ts";
import { hardBounce, markedAsSpam, refusedBySes, softBounce } from "./mail-outcome.ts";
import { notificationView } from "./notification-view.ts";

export interface OutcomeOutside {
  readonly conversations: Pick<ConversationStore, "settle" | "notification" | "head">;
  readonly delivery: Pick<Delivery, "notification">;
  readonly log: Log;
}

type Outcome = Required<Pick<Notification, "state" | "detail">>;

const outcomes: Readonly<Record<MailFeedback["kind"], Outcome>> = {
  // What was noted while the outcome was unknown is not true any more.
  sent: { state: "sent", detail: "" },
  delivered: { state: "delivered", detail: "" },
  hardBounce: { state: "bounced", detail: hardBounce },
  softBounce: { state: "bounced", detail: softBounce },
  complaint: { state: "bounced", detail: markedAsSpam },
  rejected: { state: "bounced", detail: refusedBySes },
};

/**
 * Writes into the ledger what SES says of a mail, and tells the agents who look at the conversation at once; of a mail
 * that did not arrive, the whole team. Events come late, twice and in any order: a line never falls back.
 */
export async function recordMailOutcome(
  { conversations, delivery, log }: OutcomeOutside,
  { notification, kind, at, messageId }: MailFeedback,
): Promise<void> {
  const { notificationId, ...ref } = notification;
  const outcome = outcomes[kind];
  await conversations.settle(ref, notificationId, { ...outcome, at, externalId: messageId });

  const line = await conversations.notification(ref, notificationId);
  if (line === undefined || line.state !== outcome.state) return;
  const head = await conversations.head(ref);
  if (head === undefined) return;
  try {
    await delivery.notification(head, notificationView(line), line.state === "bounced" ? "team" : "watching");
  } catch (error) {
    // It is in the ledger; whoever opens the conversation sees it there.
    log.warn("push_failed", { conversationId: ref.conversationId, error });
  }
}
