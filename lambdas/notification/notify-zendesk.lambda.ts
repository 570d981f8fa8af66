import { createZendesk } from "../adapters/zendesk.ts";
import { countSent } from "../analytics/count-sent.ts";
import { zendeskTokenContext } from "../chatbot/settings.ts";
import { consumeEvents } from "../runtime/batch.ts";
import { log } from "../runtime/log.ts";
import { once } from "../runtime/once.ts";
import { stores, systemClock, tokens } from "../runtime/wiring.ts";
import { type CompletionOutside, completeTicket } from "./complete-ticket.ts";
import { isTicket } from "./notification-ids.ts";
import { notifyZendesk, type ZendeskOutside } from "./notify-zendesk.ts";
import { portalInvitations } from "./wiring.ts";

const outside = once((): ZendeskOutside & CompletionOutside => {
  const { conversations, chatbots, statistics } = stores();
  return {
    conversations: countSent(conversations, { statistics, log }, "tickets", isTicket),
    chatbots,
    zendesk: createZendesk(),
    invite: portalInvitations(),
    openToken: (chatbotId, sealed) => tokens().open(zendeskTokenContext(chatbotId), sealed),
    now: systemClock,
    log,
  };
});

/** Queue of `conversation.escalated.v1` → one Zendesk ticket, and of `lead.saved.v1` → its requester, with a note. */
export const handler = consumeEvents(
  ["conversation.escalated.v1", "lead.saved.v1"],
  async ({ type, detail }) => {
    if (type === "conversation.escalated.v1") await notifyZendesk(outside(), detail);
    else if (type === "lead.saved.v1") await completeTicket(outside(), detail);
  },
  log,
);
