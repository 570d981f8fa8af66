import type { MessageEntry, StatusEntry } from "../contracts/protocol.ts";
import { type Connection, type ConversationHead, type PerParty, previewLength } from "../domain/conversation.ts";
import type { Status } from "../domain/status.ts";
import type { Author, Move, NewConversation, NewMessage, Remark, RemarkEntry, RemarkResult } from "./conversations.ts";

/** How writes change a head. The in-memory store applies these; the DynamoDB store says the same in expressions. */

export function firstHead(conversation: NewConversation): ConversationHead {
  const { chatbotId, conversationId, visitorId, at, facts, lead } = conversation;
  const displayName = displayNameOf(lead ?? {});
  return {
    chatbotId,
    conversationId,
    visitorId,
    status: "unrequested",
    epoch: 1,
    seq: 0,
    read: none,
    spoke: none,
    unread: none,
    botAnswers: 0,
    connections: [],
    lastAt: at,
    startedAt: at,
    ...(displayName === undefined ? {} : { displayName }),
    ...(facts.country === undefined ? {} : { country: facts.country }),
    notified: {},
  };
}

const none: PerParty = { visitor: 0, agent: 0 };

export function messageEntry(seq: number, message: NewMessage): MessageEntry {
  return {
    kind: "message",
    seq,
    id: message.id,
    at: message.at,
    author: publicAuthor(message.author),
    text: message.text,
    ...(message.sources === undefined ? {} : { sources: [...message.sources] }),
    ...(message.offersHuman === undefined ? {} : { offersHuman: message.offersHuman }),
    ...(message.attachments === undefined ? {} : { attachments: [...message.attachments] }),
  };
}

export function statusEntry(seq: number, move: Move, status: Status): StatusEntry {
  return {
    kind: "status",
    seq,
    id: move.id,
    at: move.at,
    author: publicAuthor(move.author),
    status,
    command: move.command,
    ...(move.text === undefined ? {} : { text: move.text }),
    ...(move.reference === undefined ? {} : { reference: move.reference }),
  };
}

export function remarkEntry(seq: number, remark: Remark): RemarkEntry {
  const { id, at } = remark;
  const base = { seq, id, at, author: publicAuthor(remark.author) };
  switch (remark.kind) {
    case "note":
      return { kind: "note", ...base, text: remark.text };
    case "assignment":
      return { kind: "assignment", ...base, ...(remark.to === undefined ? {} : { to: remark.to.name }) };
    case "rating": {
      const { score, comment } = remark;
      return { kind: "rating", ...base, score, ...(comment === undefined ? {} : { comment }) };
    }
  }
}

/** Entries are seen by the other side: an agent's id stays with us. */
function publicAuthor(author: Author): { role: Author["role"]; name?: string } {
  return author.name === undefined ? { role: author.role } : { role: author.role, name: author.name };
}

/** What the list shows of a message: its text or, without one, its files. */
export function preview({ text, attachments = [] }: Pick<NewMessage, "text" | "attachments">): string {
  const [file, ...others] = attachments;
  if (text.trim() !== "" || file === undefined) return cut(text);
  return cut(`📎 ${file.name}${others.length === 0 ? "" : ` +${others.length}`}`);
}

function cut(text: string): string {
  const line = text.replace(/\s+/gu, " ").trim();
  // Cut between code points: half of an emoji would not survive the way to the page.
  return line.length <= previewLength
    ? line
    : `${Array.from(line.slice(0, previewLength - 1))
        .filter(isWhole)
        .join("")}…`;
}

const isWhole = (character: string): boolean => !/^[\uD800-\uDFFF]$/u.test(character);

/** A head after a message of number `head.seq + 1`. Who writes has read what is there. */
export function afterMessage(head: ConversationHead, message: NewMessage, connection?: Connection): ConversationHead {
  const seq = head.seq + 1;
  const { role } = message.author;
  const last = { by: role, preview: preview(message) };
  const next = { ...head, seq, last, lastAt: message.at, connections: withConnection(head.connections, connection) };
  if (role === "visitor") {
    return {
      ...next,
      read: { ...head.read, visitor: seq },
      spoke: { ...head.spoke, visitor: seq },
      unread: { visitor: 0, agent: head.unread.agent + 1 },
    };
  }
  if (role === "agent") {
    return {
      ...next,
      read: { ...head.read, agent: seq },
      spoke: { ...head.spoke, agent: seq },
      unread: { visitor: head.unread.visitor + 1, agent: 0 },
    };
  }
  return {
    ...next,
    botAnswers: head.botAnswers + (role === "bot" ? 1 : 0),
    unread: { ...head.unread, visitor: head.unread.visitor + 1 },
  };
}

/** A head after a change of status whose entry has number `head.seq + 1`. */
export function afterMove(head: ConversationHead, move: Move, to: Status): ConversationHead {
  return {
    ...(move.command === "handBack" ? asIfNeverRequested(head) : head),
    status: to,
    seq: head.seq + 1,
    epoch: head.epoch + 1,
    lastAt: move.at,
    ...(move.command === "escalate" ? { escalatedAt: move.at } : {}),
    ...(move.reference === undefined ? {} : { reference: move.reference }),
    ...(move.by === "agent" && to === "open" && move.author.agentId !== undefined
      ? { assignee: { agentId: move.author.agentId, name: move.author.name ?? "", at: move.at } }
      : {}),
    connections: withConnection(head.connections, move.connection),
  };
}

/** Back with the bot: the next escalation is a new one, with a reference, a mail and a ticket of its own. */
function asIfNeverRequested({ assignee: _, escalatedAt: __, reference: ___, ...head }: ConversationHead) {
  return head;
}

/** Whether this agent takes care of it; `null`: nobody does. */
export function isHeldBy(head: ConversationHead, agentId: string | null): boolean {
  return (head.assignee?.agentId ?? null) === agentId;
}

/** A head after a remark of number `head.seq + 1`. */
export function afterRemark(head: ConversationHead, remark: Remark): ConversationHead {
  const next = { ...head, seq: head.seq + 1, connections: withConnection(head.connections, remark.connection) };
  switch (remark.kind) {
    case "note":
      return next;
    case "assignment": {
      const { assignee: _, ...unassigned } = next;
      return remark.to === undefined ? unassigned : { ...unassigned, assignee: { ...remark.to, at: remark.at } };
    }
    case "rating":
      return {
        ...next,
        rating: remark.score,
        ...(head.rating === undefined ? {} : { replacedRating: head.rating }),
      };
  }
}

/** Why a remark is not added to a head; `undefined` when it is. The DynamoDB store says the same as a condition. */
export function objectionTo(head: ConversationHead, remark: Remark): RemarkResult | undefined {
  const { connection } = remark;
  if (connection && !head.connections.some((each) => each.connectionId === connection.connectionId)) {
    return { kind: "refused", reason: "not_joined", head };
  }
  if (remark.kind === "rating" && head.status !== "ended") return { kind: "refused", reason: "status", head };
  if (remark.kind !== "assignment") return undefined;
  if (isHeldBy(head, wantedAssignee(remark))) return { kind: "settled", head };
  return isHeldBy(head, remark.expected) ? undefined : { kind: "refused", reason: "assignee", head };
}

export function wantedAssignee({ to }: Extract<Remark, { kind: "assignment" }>): string | null {
  return to?.agentId ?? null;
}

export function withConnection(
  connections: readonly Connection[],
  connection: Connection | undefined,
): readonly Connection[] {
  if (connection === undefined) return connections;
  return [...connections.filter((each) => each.connectionId !== connection.connectionId), connection];
}

/** Who gives way when a conversation has too many sockets: the one whose lease ends first. */
export function oldestLease(connections: readonly Connection[]): Connection | undefined {
  return [...connections].sort((a, b) => a.until - b.until)[0];
}

/** What the list shows for a lead; 60 characters keep the head small. */
export function displayNameOf(lead: {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}): string | undefined {
  const name = lead.name || lead.email;
  return name === undefined ? undefined : Array.from(name).slice(0, 60).join("");
}

/** States of a notification in the order in which they may follow; none falls back. */
export const stateRank = {
  queued: 0,
  sending: 1,
  failed: 2,
  skipped: 2,
  sent: 3,
  delivered: 4,
  bounced: 5,
} as const;
