import type { KnowledgeEntry, KnowledgeStore } from "../knowledge.ts";

export function createMemoryKnowledge(): KnowledgeStore {
  const kept = new Map<string, { version: number; readonly entries: Map<string, KnowledgeEntry> }>();
  const of = (chatbotId: string) => kept.get(chatbotId) ?? { version: 0, entries: new Map<string, KnowledgeEntry>() };
  const change = (chatbotId: string, apply: (entries: Map<string, KnowledgeEntry>) => void): void => {
    const state = of(chatbotId);
    apply(state.entries);
    state.version++;
    kept.set(chatbotId, state);
  };

  return {
    async knowledge(chatbotId) {
      return [...of(chatbotId).entries.values()];
    },
    async knowledgeVersion(chatbotId) {
      return of(chatbotId).version;
    },
    async knowledgeEntry(chatbotId, entryId) {
      return of(chatbotId).entries.get(entryId);
    },
    async saveKnowledgeEntry(chatbotId, entry, limit) {
      const { entries } = of(chatbotId);
      if (!entries.has(entry.entryId) && entries.size >= limit) return false;
      change(chatbotId, (all) => all.set(entry.entryId, entry));
      return true;
    },
    async deleteKnowledgeEntry(chatbotId, entryId) {
      if (!of(chatbotId).entries.has(entryId)) return false;
      change(chatbotId, (all) => all.delete(entryId));
      return true;
    },
    async putKnowledge(chatbotId, entries) {
      change(chatbotId, (all) => {
        for (const entry of entries) all.set(entry.entryId, entry);
      });
    },
  };
}
