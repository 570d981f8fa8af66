/** One document of a chatbot's knowledge: what the AI answers from. */
export interface KnowledgeEntry {
  readonly entryId: string;
  readonly title: string;
  readonly text: string;
}

export interface KnowledgeStore {
  /** All entries, as they are at this moment. Costs the more the longer they are: ask for the version first. */
  knowledge(chatbotId: string): Promise<readonly KnowledgeEntry[]>;
  /** Grows with every change; 0 when there was none. One small consistent read. */
  knowledgeVersion(chatbotId: string): Promise<number>;
  knowledgeEntry(chatbotId: string, entryId: string): Promise<KnowledgeEntry | undefined>;
  /** Adds or replaces one entry. False: it would be one more than `limit`. Atomic: two writers can't pass the limit. */
  saveKnowledgeEntry(chatbotId: string, entry: KnowledgeEntry, limit: number): Promise<boolean>;
  /** False: there is no such entry. */
  deleteKnowledgeEntry(chatbotId: string, entryId: string): Promise<boolean>;
  /** Adds or replaces many, whatever the limit: for administration only. Not atomic. */
  putKnowledge(chatbotId: string, entries: readonly KnowledgeEntry[]): Promise<void>;
}
