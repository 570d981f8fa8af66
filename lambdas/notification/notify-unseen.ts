import type { EventDetail } from "../contracts/events.ts";
import type { MessageEntry } from "../contracts/protocol.ts";
import { awayPeriodMs, isPresent } from "../domain/conversation.ts";
import { entitlementsOf } from "../domain/plan.ts";
import type { Chatbot } from "../store/chatbots.ts";
import type { Notification, OpenedConversation } from "../store/conversations.ts";
import type { MailWishStore } from "../store/mail-wishes.ts";
import { customerName } from "./customer-facts.ts";
import { recentHistory } from "./history.ts";
import { unseenByCustomerMail, unseenByTeamMail } from "./mail/unseen-mail.ts";
import { unseenByEmail, unseenPrefix } from "./notification-ids.ts";
import { type EmailOutside, entriesToRead, uniqueAddresses } from "./notify-by-email.ts";
import { customerLanguage, teamLanguage } from "./recipient-language.ts";
import { allEffects, sendMailOnce } from "./send-mail-once.ts";
import type { StopMails } from "./stop-mails.ts";
import { whyUnwanted } from "./unwanted-mail.ts";

/** What mails to customers need besides: they can be stopped. */
export interface CustomerMailOutside extends EmailOutside {
  readonly mailWishes: Pick<MailWishStore, "isMuted">;
  readonly stopMails: StopMails;
}

type UnseenDetail = EventDetail<"message.unseen.v1">;

/**
 * A message waited for somebody who had left, and the grace time (the queue's delay) is over. Whoever has come back or
 * has read it is left alone; else one mail brings everything that is unread: to the customer (product.md A10) or to the
 * notification addresses (A11).
 */
export async function notifyUnseen(outside: CustomerMailOutside, detail: UnseenDetail): Promise<void> {
  const ref = { chatbotId: detail.chatbotId, conversationId: detail.conversationId };
  const chatbot = await outside.chatbots.get(ref.chatbotId);
  if (chatbot === undefined || !entitlementsOf(chatbot.plan).liveChat || !chatbot.settings.liveChat.enabled) return;
  const toTeam = detail.recipient === "agent";
  const { liveChat } = chatbot.settings;
  if (toTeam && !liveChat.email.enabled) return;
  const opened = await outside.conversations.open(ref, { limit: entriesToRead });
  if (opened === undefined || toldInThisPeriod(opened.notifications, detail)) return;

  const unread = unreadMessages(opened, detail.recipient);
  const skip = (reason: string, recipient: string) =>
    outside.conversations.claim(ref, {
      notificationId: unseenByEmail(detail, recipient),
      channel: "email",
      reason: "unseen",
      recipient,
      state: "skipped",
      detail: reason,
      at: outside.now(),
      claimedAt: outside.now(),
    });

  const recipients = toTeam ? uniqueAddresses(liveChat.email.addresses) : [opened.lead.email ?? ""].filter(Boolean);
  if (recipients.length === 0) {
    await skip("no_address", "customer");
    return;
  }
  const needless = whyNeedless(opened, unread, detail, outside.now());
  if (needless !== undefined) {
    await allEffects(recipients.map((recipient) => skip(needless, recipient)));
    return;
  }
  await allEffects(
    recipients.map(async (recipient) => {
      const unwanted = toTeam ? undefined : await whyUnwanted(outside.mailWishes, ref, recipient, opened.notifications);
      if (unwanted !== undefined) await skip(unwanted, recipient);
      else await send(outside, { chatbot, opened, unread, detail, recipient });
    }),
  );
}

interface Sending {
  readonly chatbot: Chatbot;
  readonly opened: OpenedConversation;
  readonly unread: readonly MessageEntry[];
  readonly detail: UnseenDetail;
  readonly recipient: string;
}

async function send(
  outside: CustomerMailOutside,
  { chatbot, opened, unread, detail, recipient }: Sending,
): Promise<void> {
  const ref = { chatbotId: detail.chatbotId, conversationId: detail.conversationId };
  const { brand } = chatbot.settings;
  const notificationId = unseenByEmail(detail, recipient);
  const { reference } = opened.head;
  const { at } = detail;
  const common = { brand, reference, count: unread.length };
  const invited = { ref, brand, recipient, notificationId, at };

  async function toCustomer() {
    const language = customerLanguage(opened.facts, chatbot.settings);
    const history = recentHistory(unread, false, { brand: brand.name, customer: "", isCustomer: true, language });
    const portalUrl = await outside.invite({ ...invited, role: "customer" });
    const stop = await outside.stopMails({ ref, brand, recipient, at });
    const mail = unseenByCustomerMail({ ...common, language, history, portalUrl, stopUrl: stop.page });
    return { ...mail, unsubscribeUrl: stop.oneClick };
  }

  async function toTeam() {
    const language = teamLanguage(chatbot.settings);
    const customer = customerName(opened.lead, language);
    const history = recentHistory(unread, false, { brand: brand.name, customer, isCustomer: false, language });
    const portalUrl = await outside.invite({ ...invited, role: "agent" });
    return unseenByTeamMail({ ...common, language, history, portalUrl, customer });
  }

  await sendMailOnce(outside, {
    ref,
    chatbot,
    notificationId,
    reason: "unseen",
    recipient,
    ledger: opened.notifications,
    write: detail.recipient === "agent" ? toTeam : toCustomer,
  });
}

/** What the other side wrote above the recipient's read mark, as it is now. */
function unreadMessages(opened: OpenedConversation, recipient: "visitor" | "agent"): readonly MessageEntry[] {
  const other = recipient === "visitor" ? "agent" : "visitor";
  return opened.entries.filter(
    (entry): entry is MessageEntry =>
      entry.kind === "message" && entry.author.role === other && entry.seq > opened.head.read[recipient],
  );
}

function whyNeedless(
  opened: OpenedConversation,
  unread: readonly MessageEntry[],
  { recipient }: UnseenDetail,
  now: number,
): string | undefined {
  if (unread.length === 0) return "read";
  if (isPresent(opened.head, recipient, now)) return "present";
  if (recipient === "agent" && opened.head.status !== "open") return "not_open";
  return undefined;
}

/** Two events for one away period (two pages noticed it at the same moment) are one mail: the first period's. */
function toldInThisPeriod(ledger: readonly Notification[], detail: UnseenDetail): boolean {
  const own = `${unseenPrefix(detail)}${detail.at}:`;
  return ledger.some(
    ({ notificationId, state, at }) =>
      notificationId.startsWith(unseenPrefix(detail)) &&
      !notificationId.startsWith(own) &&
      (state === "sent" || state === "delivered" || state === "sending") &&
      Math.abs(detail.at - at) < awayPeriodMs,
  );
}
