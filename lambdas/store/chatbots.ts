import type { ChatbotSettings } from "../contracts/settings.ts";
import type { Plan } from "../domain/plan.ts";

/** One tenant. Its secrets are sealed (JWE) before they get here and are never read back by an owner. */
export interface Chatbot {
  readonly chatbotId: string;
  /** Grows with every write; a write says which one it is based on. */
  readonly version: number;
  readonly settings: ChatbotSettings;
  readonly plan: Plan;
  readonly sealed: { readonly zendeskToken?: string; readonly webhookSecret?: string };
}

/** One document of a chatbot's knowledge: what the AI answers from. */
export interface KnowledgeEntry {
  readonly entryId: string;
  readonly title: string;
  readonly text: string;
}

export interface ChatbotStore {
  get(chatbotId: string): Promise<Chatbot | undefined>;
  /** Creates or replaces, whatever the version: for administration only. */
  put(chatbot: Chatbot): Promise<void>;
  /** Writes when the stored version is still `basedOn`; otherwise `undefined`. */
  update(
    chatbotId: string,
    basedOn: number,
    change: Pick<Chatbot, "settings" | "sealed">,
  ): Promise<Chatbot | undefined>;
  /** Counts one mail of the month unless the limit is reached. Atomic: two senders can't share the last one. */
  takeMail(chatbotId: string, month: string, limit: number): Promise<boolean>;
  /** Gives a counted mail back that was certainly not sent. */
  returnMail(chatbotId: string, month: string): Promise<void>;
  mailsUsed(chatbotId: string, month: string): Promise<number>;
  knowledge(chatbotId: string): Promise<readonly KnowledgeEntry[]>;
  putKnowledge(chatbotId: string, entries: readonly KnowledgeEntry[]): Promise<void>;
}
