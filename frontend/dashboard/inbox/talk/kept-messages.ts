import type { PendingMessage } from "../../../shared/conversation-model.ts";

/** What was sent and nobody has received: it survives a reload and a new login, in this tab. */
const pendingKey = (conversationId: string): string => `dashboard:pending:${conversationId}`;

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
  const key = pendingKey(conversationId);
  if (messages.length === 0) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(messages));
}
