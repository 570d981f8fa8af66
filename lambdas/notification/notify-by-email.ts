import type { EventDetail } from "../contracts/events.ts";
import { entitlementsOf } from "../domain/plan.ts";
import type { ChatbotStore } from "../store/chatbots.ts";
import type { ConversationStore } from "../store/conversations.ts";
import { customerFacts, customerName } from "./customer-facts.ts";
import { recentHistory } from "./history.ts";
import { escalationMail } from "./mail/escalation-mail.ts";
import { escalatedByEmail } from "./notification-ids.ts";
import type { Invite } from "./portal-invitation.ts";
import { teamLanguage } from "./recipient-language.ts";
import { allEffects, type MailOutside, sendMailOnce } from "./send-mail-once.ts";

export interface EmailOutside extends MailOutside {
  readonly conversations: Pick<ConversationStore, "open" | "claim" | "settle">;
  readonly chatbots: Pick<ChatbotStore, "get" | "takeMail" | "returnMail">;
  readonly invite: Invite;
}

/** Entries that are read for a notification; what is shown of them is decided by `history.ts`. */
export const entriesToRead = 100;

/**
 * Tells every notification address that somebody asks for a person: each gets one mail with a portal link of its own
 * (product.md A8). A quota that is used up is a line in the ledger, never an error.
 */
export async function notifyByEmail(
  outside: EmailOutside,
  detail: EventDetail<"conversation.escalated.v1">,
): Promise<void> {
  const ref = { chatbotId: detail.chatbotId, conversationId: detail.conversationId };
  const chatbot = await outside.chatbots.get(ref.chatbotId);
  if (chatbot === undefined || !entitlementsOf(chatbot.plan).liveChat) return;
  const { brand, liveChat } = chatbot.settings;
  if (!liveChat.enabled || !liveChat.email.enabled) return;
  const opened = await outside.conversations.open(ref, { limit: entriesToRead });
  if (opened === undefined) return;

  const language = teamLanguage(chatbot.settings);
  const customer = customerName(opened.lead, language);
  const reader = { brand: brand.name, customer, isCustomer: false, language };
  const history = recentHistory(opened.entries, opened.more, reader);
  const { lead, head } = opened;
  const facts = customerFacts(
    { lead, facts: opened.facts, startedAt: head.startedAt, escalatedAt: detail.at },
    language,
  );
  await allEffects(
    uniqueAddresses(liveChat.email.addresses).map((recipient) => {
      const notificationId = escalatedByEmail(detail.epoch, recipient);
      return sendMailOnce(outside, {
        ref,
        chatbot,
        notificationId,
        reason: "escalated",
        recipient,
        ledger: opened.notifications,
        write: async () => {
          const portalUrl = await outside.invite({
            ref,
            brand,
            role: "agent",
            recipient,
            notificationId,
            at: detail.at,
          });
          const { reference } = detail;
          return escalationMail({ brand, language, customer, reference, now: head, history, facts, portalUrl });
        },
      });
    }),
  );
}

/** An address that is listed twice, in whatever spelling, gets one mail. */
export function uniqueAddresses(addresses: readonly string[]): string[] {
  return [...new Map(addresses.map((each) => [each.toLowerCase(), each])).values()];
}
