import type { KnowledgeEntry, KnowledgeStore } from "../store/knowledge.ts";

/** Chatbots whose knowledge one sandbox keeps. 2,000 entries of 20,000 characters are 40 to 80 MB; most have a hundredth. */
const keptChatbots = 8;

export type CurrentKnowledge = (chatbotId: string) => Promise<readonly KnowledgeEntry[]>;

/**
 * Reads a chatbot's knowledge when it has changed, and otherwise returns the very array of the last time: one read unit
 * instead of one for each 4 kB. An edit shows in the next answer.
 */
export function createCurrentKnowledge(
  store: Pick<KnowledgeStore, "knowledge" | "knowledgeVersion">,
): CurrentKnowledge {
  const kept = new Map<string, { readonly version: number; readonly entries: readonly KnowledgeEntry[] }>();
  return async (chatbotId) => {
    // Read before the entries: a change in between makes the next question read again.
    const version = await store.knowledgeVersion(chatbotId);
    const known = kept.get(chatbotId);
    const entries = known?.version === version ? known.entries : await store.knowledge(chatbotId);
    kept.delete(chatbotId);
    kept.set(chatbotId, { version, entries });
    const [longestUnused] = kept.keys();
    if (kept.size > keptChatbots && longestUnused !== undefined) kept.delete(longestUnused);
    return entries;
  };
}
