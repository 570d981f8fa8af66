import type { KnowledgeEntry } from "../../store/knowledge.ts";

/** What somebody said before, oldest first. */
export interface Turn {
  readonly by: "visitor" | "bot";
  readonly text: string;
}

export interface ResponderContext {
  readonly chatbotId: string;
  readonly conversationId: string;
  readonly brandName: string;
  /** Language of the brand, such as `en` or `pt-BR`. */
  readonly locale: string;
  /** The talk before the question. */
  readonly history: readonly Turn[];
  /** The chatbot's documents; read only by those who need them. */
  readonly knowledge: () => Promise<readonly KnowledgeEntry[]>;
  /** Aborted when nobody wants the answer any more, or it has taken too long. */
  readonly signal: AbortSignal;
}

/** A piece of an answer: text to append, or what is known about the answer as a whole. */
export type AnswerPart =
  | { readonly text: string }
  /** Titles of the documents that the answer rests on. */
  | { readonly sources: readonly string[] }
  /** The answer is an "I don't know" or about people: a human should be offered. */
  | { readonly offersHuman: true };

/** Answers a question, piece by piece. Throws when it can't; the caller apologises. */
export interface Responder {
  answer(question: string, context: ResponderContext): AsyncIterable<AnswerPart>;
}
