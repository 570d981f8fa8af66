import type { PublicChatbot } from "../contracts/settings.ts";
import { DomainError } from "../domain/errors.ts";
import { entitlementsOf } from "../domain/plan.ts";
import type { Chatbot, ChatbotStore } from "../store/chatbots.ts";

/** What anyone may know of a chatbot. Live chat shows only where it is switched on and the plan has it. */
export function publicChatbot({ chatbotId, settings, plan }: Chatbot): PublicChatbot {
  const { host: _, ...brand } = settings.brand;
  const { enabled, buttonTrigger: button } = settings.liveChat;
  return {
    chatbotId,
    brand,
    liveChat: {
      enabled: enabled && entitlementsOf(plan).liveChat,
      button: { enabled: button.enabled, text: button.text, fromAnswer: button.lazy ? button.fromAnswer : 1 },
    },
  };
}

/** @throws DomainError `not_found` */
export async function requireChatbot(chatbots: Pick<ChatbotStore, "get">, chatbotId: string): Promise<Chatbot> {
  const chatbot = await chatbots.get(chatbotId);
  if (chatbot === undefined) throw new DomainError("not_found", "There is no such chatbot.");
  return chatbot;
}
