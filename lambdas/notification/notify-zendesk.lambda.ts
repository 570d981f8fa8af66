import { createZendesk } from "../adapters/zendesk.ts";
import { zendeskTokenContext } from "../chatbot/settings.ts";
import { consumeBatch } from "../runtime/batch.ts";
import { log } from "../runtime/log.ts";
import { once } from "../runtime/once.ts";
import { stores, systemClock, tokens } from "../runtime/wiring.ts";
import { notifyZendesk, type ZendeskOutside } from "./notify-zendesk.ts";
import { portalInvitations } from "./wiring.ts";

const outside = once((): ZendeskOutside => {
  const { conversations, chatbots } = stores();
  return {
    conversations,
    chatbots,
    zendesk: createZendesk(),
    invite: portalInvitations(),
    openToken: (chatbotId, sealed) => tokens().open(zendeskTokenContext(chatbotId), sealed),
    now: systemClock,
    log,
  };
});

/** Queue of `conversation.escalated.v1` → one Zendesk ticket. */
export const handler = consumeBatch("conversation.escalated.v1", (detail) => notifyZendesk(outside(), detail), log);
