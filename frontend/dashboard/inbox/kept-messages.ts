import type { PendingMessage } from "../../shared/conversation-model.ts";

/** What an agent has written and nobody has received: it survives a reload and a new login, in this tab. */

const draftKey = (conversationId: string): string => `dashboard:draft:${conversationId}`;
const pendingKey = (conversationId: string): string => `dashboard:pending:${conversationId}`;

export function readDraft(conversationId: string): string {
  return sessionStorage.getItem(draftKey(conversationId)) ?? "";
}

export function keepDraft(conversationId: string, text: string): void {
  keep(draftKey(conversationId), text);
}

export function readPending(conversationId: string): readonly PendingMessage[] {
  const text = sessionStorage.getItem(pendingKey(conversationId));
  if (text === null) return [];
  try {
    return JSON.parse(text) as readonly PendingMessage[];
  } catch {
    return [];
  }
}

export function keepPending(conversationId: string, messages: readonly PendingMessage[]): void {
  keep(pendingKey(conversationId), messages.length === 0 ? "" : JSON.stringify(messages));
}

function keep(key: string, text: string): void {
  if (text === "") sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, text);
}
