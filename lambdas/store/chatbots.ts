import type { ChatbotSettings } from "../contracts/settings.ts";
import type { Plan } from "../domain/plan.ts";
import type { KnowledgeStore } from "./knowledge.ts";

/** Credentials that an owner can set and nobody can read back. */
export const secretNames = ["zendeskToken", "webhookSecret", "identitySecret"] as const;
export type SecretName = (typeof secretNames)[number];

/** One tenant. Its secrets are sealed (JWE) before they get here and are never read back by an owner. */
export interface Chatbot {
  readonly chatbotId: string;
  /** Grows with every write; a write says which one it is based on. */
  readonly version: number;
  readonly settings: ChatbotSettings;
  readonly plan: Plan;
  readonly sealed: { readonly [Name in SecretName]?: string };
}

export interface ChatbotStore extends KnowledgeStore {
  get(chatbotId: string): Promise<Chatbot | undefined>;
  /** Creates or replaces, whatever the version: for administration only. */
  put(chatbot: Chatbot): Promise<void>;
  /** Writes when the stored version is still `basedOn`; otherwise `undefined`. */
  update(
    chatbotId: string,
    basedOn: number,
    change: Pick<Chatbot, "settings" | "sealed">,
  ): Promise<Chatbot | undefined>;
  /** Ids of the chatbots whose conversations are erased some days after their last entry. */
  withRetention(): Promise<readonly string[]>;
  /** Counts one mail of the month unless the limit is reached. Atomic: two senders can't share the last one. */
  takeMail(chatbotId: string, month: string, limit: number): Promise<boolean>;
  /** Gives a counted mail back that was certainly not sent. */
  returnMail(chatbotId: string, month: string): Promise<void>;
  mailsUsed(chatbotId: string, month: string): Promise<number>;
}
