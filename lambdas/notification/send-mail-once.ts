import type { MailSender, OutgoingMail } from "../adapters/mail.ts";
import type { ConversationRef } from "../domain/conversation.ts";
import { entitlementsOf, quotaMonth } from "../domain/plan.ts";
import { TryAgain } from "../runtime/batch.ts";
import type { Log } from "../runtime/log.ts";
import type { Chatbot, ChatbotStore } from "../store/chatbots.ts";
import type { ConversationStore, Notification } from "../store/conversations.ts";
import type { MailContent } from "./mail/mail-content.ts";
import { subjectOfThread } from "./subject-of-thread.ts";

/** What the mail notifiers need from outside. */
export interface MailOutside {
  readonly conversations: Pick<ConversationStore, "claim" | "settle">;
  readonly chatbots: Pick<ChatbotStore, "takeMail" | "returnMail">;
  readonly mail: MailSender;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

export interface MailEffect {
  readonly ref: ConversationRef;
  readonly chatbot: Chatbot;
  readonly notificationId: string;
  readonly reason: Notification["reason"];
  readonly recipient: string;
  /** The ledger as it was when the conversation was read. */
  readonly ledger: readonly Notification[];
  /** Writes the mail and makes its links. Runs only when the mail may have to be sent. */
  readonly write: () => Promise<MailContent & Pick<OutgoingMail, "unsubscribeUrl">>;
}

/**
 * Sends a mail at most once, and says in the ledger what became of it.
 *
 * The claim is taken as late as possible: after it, a consumer that dies leaves a mail that nobody may send again,
 * because SES has no idempotency key. What is certainly not sent gives its place in the month's quota back.
 *
 * @throws TryAgain when SES can't be reached or throttles: the queue delivers the event again, and the claim, which is
 * `failed` by then, may be taken once more.
 */
export async function sendMailOnce(outside: MailOutside, effect: MailEffect): Promise<void> {
  const { conversations, chatbots, mail, now, log } = outside;
  const { ref, chatbot, notificationId, reason, recipient } = effect;
  const known = effect.ledger.find((each) => each.notificationId === notificationId);
  if (known !== undefined && known.state !== "failed" && known.state !== "queued") return;

  const content = await effect.write();
  const at = now();
  const earlier = subjectOfThread(effect.ledger, effect);
  const subject = earlier ?? content.subject;
  const claim = {
    notificationId,
    channel: "email",
    reason,
    recipient,
    state: "sending",
    at,
    claimedAt: at,
    subject,
  } as const;
  const { claimed } = await conversations.claim(ref, claim);
  if (!claimed) return;

  const settle = (result: Pick<Notification, "state"> & Partial<Pick<Notification, "detail" | "externalId">>) =>
    conversations.settle(ref, notificationId, { ...result, at: now() });
  const month = quotaMonth(at);
  const giveBack = () => chatbots.returnMail(chatbot.chatbotId, month);

  let mayStillSend: boolean;
  try {
    mayStillSend = await chatbots.takeMail(chatbot.chatbotId, month, entitlementsOf(chatbot.plan).mailsPerMonth);
  } catch (error) {
    await settle({ state: "failed", detail: "not sent yet: the quota could not be read. Trying again." });
    throw error;
  }
  if (!mayStillSend) {
    await settle({ state: "skipped", detail: "quota_exhausted" });
    log.warn("mail_quota_exhausted", { ...ref, notificationId });
    return;
  }

  const outcome = await mail.send({
    ...content,
    to: recipient,
    subject: earlier === undefined ? subject : `Re: ${earlier}`,
    thread: ref.conversationId,
    notification: { ...ref, notificationId },
  });
  switch (outcome.kind) {
    case "sent":
      await settle({ state: "sent", externalId: outcome.messageId });
      return;
    case "refused":
      await settle({ state: "failed", detail: outcome.detail });
      await giveBack();
      log.error("mail_refused", { ...ref, notificationId });
      return;
    case "unavailable":
      await settle({ state: "failed", detail: `${outcome.detail}. Trying again.` });
      await giveBack();
      throw new TryAgain("mail_unavailable");
    case "unknown":
      // The claim stays in `sending`, where nobody may take it: a missing mail is seen here, a second one nowhere.
      await settle({
        state: "sending",
        detail: `${outcome.detail}: perhaps sent. Not sent again, to avoid a second mail.`,
      });
      log.error("mail_outcome_unknown", { ...ref, notificationId });
  }
}

/** Runs effects side by side; one that fails holds up no other, and then fails the event so that it comes again. */
export async function allEffects(effects: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(effects);
  const failed = outcomes.filter((each) => each.status === "rejected").map((each): unknown => each.reason);
  const worst = failed.find((reason) => !(reason instanceof TryAgain)) ?? failed[0];
  if (worst !== undefined) throw worst;
}
