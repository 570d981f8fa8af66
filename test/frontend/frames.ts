import type { ConversationState, Entry, FrameOf, MessageEntry } from "../../lambdas/contracts/protocol.ts";

/** Builders for what a server says. */
export const conversationId = "conversation-1";

export function aState(change: Partial<ConversationState> = {}): ConversationState {
  return {
    conversationId,
    status: "unrequested",
    epoch: 1,
    seq: 0,
    read: { visitor: 0, agent: 0 },
    unread: { visitor: 0, agent: 0 },
    botAnswers: 0,
    presentUntil: { visitor: 0, agent: 0 },
    lastAt: 0,
    startedAt: 0,
    ...change,
  };
}

export function aMessage(seq: number, change: Partial<MessageEntry> = {}): MessageEntry {
  return {
    kind: "message",
    seq,
    id: `message-${seq}`,
    at: seq * 1_000,
    author: { role: "visitor" },
    text: `text ${seq}`,
    ...change,
  };
}

export function aStateFrame(entries: readonly Entry[], change: Partial<ConversationState> = {}): FrameOf<"state"> {
  const seq = entries.at(-1)?.seq ?? 0;
  return { type: "state", now: 1_000, state: aState({ seq, ...change }), entries: [...entries], complete: true };
}

export function anEntriesFrame(
  entries: readonly Entry[],
  change: Partial<ConversationState> = {},
  now = 1_000,
): FrameOf<"entries"> {
  const seq = entries.at(-1)?.seq ?? 0;
  return { type: "entries", now, state: aState({ seq, ...change }), entries: [...entries] };
}

export function aSentFrame(entry: MessageEntry): FrameOf<"sent"> {
  return { type: "sent", now: 1_000, id: entry.id, entry, state: aState({ seq: entry.seq }) };
}
