import type { EventDetail } from "../contracts/events.ts";
import { entitlementsOf } from "../domain/plan.ts";
import type { ChatbotStore } from "../store/chatbots.ts";
import type { ConversationStore } from "../store/conversations.ts";
import { customerFacts, customerName } from "./customer-facts.ts";
import { recentHistory } from "./history.ts";
import { escalationMail } from "./mail/escalation-mail.tsx";
import { escalatedByEmail } from "./notification-ids.ts";
import type { Invite } from "./portal-invitation.ts";
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

  const customer = customerName(opened.lead);
  const history = recentHistory(opened.entries, opened.more, { brand: brand.name, customer });
  const facts = customerFacts(opened.lead, opened.facts, opened.head.startedAt, detail.at);
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
          return escalationMail({ brand, customer, reference: detail.reference, history, facts, portalUrl });
        },
      });
    }),
  );
}

/** An address that is listed twice, in whatever spelling, gets one mail. */
export function uniqueAddresses(addresses: readonly string[]): string[] {
  return [...new Map(addresses.map((each) => [each.toLowerCase(), each])).values()];
}
