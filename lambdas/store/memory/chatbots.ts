import type { Chatbot, ChatbotStore } from "../chatbots.ts";
import { storedSettings } from "../stored-settings.ts";
import { createMemoryKnowledge } from "./knowledge.ts";

export function createMemoryChatbots(): ChatbotStore {
  const chatbots = new Map<string, Chatbot>();
  const mails = new Map<string, number>();
  const count = (chatbotId: string, month: string): number => mails.get(`${chatbotId}#${month}`) ?? 0;

  const read = (chatbot: Chatbot): Chatbot => ({
    ...structuredClone(chatbot),
    settings: storedSettings(chatbot.settings),
  });

  return {
    ...createMemoryKnowledge(),
    async get(chatbotId) {
      const chatbot = chatbots.get(chatbotId);
      return chatbot && read(chatbot);
    },
    async put(chatbot) {
      chatbots.set(chatbot.chatbotId, structuredClone(chatbot));
    },
    async update(chatbotId, basedOn, change) {
      const known = chatbots.get(chatbotId);
      if (known === undefined || known.version !== basedOn) return undefined;
      const next = { ...known, ...structuredClone(change), version: basedOn + 1 };
      chatbots.set(chatbotId, next);
      return read(next);
    },
    async withRetention() {
      return [...chatbots.values()]
        .filter(({ settings }) => storedSettings(settings).retention.days > 0)
        .map(({ chatbotId }) => chatbotId);
    },
    async takeMail(chatbotId, month, limit) {
      const used = count(chatbotId, month);
      if (used >= limit) return false;
      mails.set(`${chatbotId}#${month}`, used + 1);
      return true;
    },
    async returnMail(chatbotId, month) {
      mails.set(`${chatbotId}#${month}`, Math.max(0, count(chatbotId, month) - 1));
    },
    async mailsUsed(chatbotId, month) {
      return count(chatbotId, month);
    },
  };
}
