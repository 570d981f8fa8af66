import type { EventDetail } from "../contracts/events.ts";
import type { Entry } from "../contracts/protocol.ts";
import { recentHistory } from "./history.ts";
import { transcriptMail } from "./mail/transcript-mail.ts";
import { transcriptByEmail } from "./notification-ids.ts";
import { entriesToRead } from "./notify-by-email.ts";
import type { CustomerMailOutside } from "./notify-unseen.ts";
import { customerLanguage } from "./recipient-language.ts";
import { sendMailOnce } from "./send-mail-once.ts";
import { whyUnwanted } from "./unwanted-mail.ts";

/**
 * Mails the conversation to the address that the visitor gave. It counts against the month's quota like any other mail.
 *
 * Nobody has proved that the address is the visitor's, so the mail could carry a stranger's words to a stranger (relay
 * abuse). The visitor's own messages are in it only once a person of the team has talked with them, which no program
 * that abuses the form gets to.
 */
export async function mailTranscript(
  outside: CustomerMailOutside,
  detail: EventDetail<"transcript.requested.v1">,
): Promise<void> {
  const ref = { chatbotId: detail.chatbotId, conversationId: detail.conversationId };
  const { email: recipient, at } = detail;
  const chatbot = await outside.chatbots.get(ref.chatbotId);
  const opened = await outside.conversations.open(ref, { limit: entriesToRead });
  if (chatbot === undefined || opened === undefined) return;

  const notificationId = transcriptByEmail(detail);
  const unwanted = await whyUnwanted(outside.mailWishes, ref, recipient, opened.notifications);
  if (unwanted !== undefined) {
    await outside.conversations.claim(ref, {
      notificationId,
      channel: "email",
      reason: "transcript",
      recipient,
      state: "skipped",
      detail: unwanted,
      at: outside.now(),
      claimedAt: outside.now(),
    });
    return;
  }

  const { brand } = chatbot.settings;
  const withoutCustomer = opened.head.spoke.agent === 0;
  const entries = withoutCustomer ? opened.entries.filter((entry) => !isVisitors(entry)) : opened.entries;
  await sendMailOnce(outside, {
    ref,
    chatbot,
    notificationId,
    reason: "transcript",
    recipient,
    ledger: opened.notifications,
    write: async () => {
      const language = customerLanguage(opened.facts, chatbot.settings);
      const reader = { brand: brand.name, customer: "", isCustomer: true, language };
      const portalUrl = await outside.invite({ ref, brand, role: "customer", recipient, notificationId, at });
      const stop = await outside.stopMails({ ref, brand, recipient, at });
      const mail = transcriptMail({
        brand,
        language,
        reference: opened.head.reference,
        history: recentHistory(entries, opened.more, reader),
        withoutCustomer,
        at,
        portalUrl,
        stopUrl: stop.page,
      });
      return { ...mail, unsubscribeUrl: stop.oneClick };
    },
  });
}

function isVisitors(entry: Entry): boolean {
  return entry.kind === "message" && entry.author.role === "visitor";
}
