import type { Chatbot, ChatbotStore, KnowledgeEntry } from "../chatbots.ts";

export function createMemoryChatbots(): ChatbotStore {
  const chatbots = new Map<string, Chatbot>();
  const mails = new Map<string, number>();
  const knowledge = new Map<string, Map<string, KnowledgeEntry>>();
  const count = (chatbotId: string, month: string): number => mails.get(`${chatbotId}#${month}`) ?? 0;

  return {
    async get(chatbotId) {
      return structuredClone(chatbots.get(chatbotId));
    },
    async put(chatbot) {
      chatbots.set(chatbot.chatbotId, structuredClone(chatbot));
    },
    async update(chatbotId, basedOn, change) {
      const known = chatbots.get(chatbotId);
      if (known === undefined || known.version !== basedOn) return undefined;
      const next = { ...known, ...structuredClone(change), version: basedOn + 1 };
      chatbots.set(chatbotId, next);
      return structuredClone(next);
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
    async knowledge(chatbotId) {
      return [...(knowledge.get(chatbotId)?.values() ?? [])];
    },
    async putKnowledge(chatbotId, entries) {
      const known = knowledge.get(chatbotId) ?? new Map<string, KnowledgeEntry>();
      for (const entry of entries) known.set(entry.entryId, entry);
      knowledge.set(chatbotId, known);
    },
  };
}
