import type { LifecycleEvent } from "../../lambdas/contracts/events.ts";
import type { Connection, ConversationRef } from "../../lambdas/domain/conversation.ts";
import type {
  Append,
  Author,
  Move,
  NewConversation,
  Notification,
  PortalLink,
  Remark,
} from "../../lambdas/store/conversations.ts";

/** 2026-11-22T09:00:00Z: every test starts there and counts in minutes. */
export const start = Date.UTC(2026, 10, 22, 9);
export const minutes = (n: number): number => start + n * 60_000;

let made = 0;
export function aRef(chatbotId = "demo"): ConversationRef {
  made++;
  return { chatbotId, conversationId: `conversation-${String(made).padStart(6, "0")}` };
}

export function aConversation(ref: ConversationRef, at = start): NewConversation {
  return { ...ref, visitorId: "visitor-1", at, facts: { country: "DE", page: "https://shop.example/cart" } };
}

export const visitor: Author = { role: "visitor" };
export const mia: Author = { role: "agent", name: "Mia", agentId: "agent-mia" };
export const tom: Author = { role: "agent", name: "Tom", agentId: "agent-tom" };
export const bot: Author = { role: "bot" };
const nothing = () => ({ events: [] });

let ids = 0;
export const anId = (): string => `client-id-${++ids}`;

export function aMessage(text: string, over: Partial<Append["message"]> = {}): Append["message"] {
  return { id: anId(), author: visitor, text, at: start, ...over };
}

export function anAppend(over: Partial<Append> & { message: Append["message"] }): Append {
  return { whileStatus: ["unrequested", "unassigned", "open"], follow: nothing, ...over };
}

export function aMove(command: Move["command"], over: Partial<Move> = {}): Move {
  const by = over.by ?? (command === "takeOver" || command === "handBack" ? "agent" : "visitor");
  return { command, by, author: by === "agent" ? mia : visitor, at: start, id: anId(), follow: nothing, ...over };
}

type RemarkOf<Kind extends Remark["kind"]> = Extract<Remark, { kind: Kind }>;

export function aNote(text: string, over: Partial<RemarkOf<"note">> = {}): RemarkOf<"note"> {
  return { kind: "note", id: anId(), author: mia, text, at: start, follow: nothing, ...over };
}

/** `to`: null for nobody. */
export function anAssignment(
  to: Author | null,
  expected: string | null,
  over: Partial<RemarkOf<"assignment">> = {},
): RemarkOf<"assignment"> {
  const wanted = to === null ? {} : { to: { agentId: to.agentId ?? "", name: to.name ?? "" } };
  return { kind: "assignment", id: anId(), author: mia, at: start, expected, follow: nothing, ...wanted, ...over };
}

export function aRating(score: number, comment?: string, over: Partial<RemarkOf<"rating">> = {}): RemarkOf<"rating"> {
  const said = comment === undefined ? {} : { comment };
  return { kind: "rating", id: anId(), author: visitor, at: start, score, follow: nothing, ...said, ...over };
}

export function aConnection(connectionId: string, over: Partial<Connection> = {}): Connection {
  return { connectionId, party: "visitor", until: Math.floor(start / 1000) + 150, ...over };
}

export function aLink(ref: ConversationRef, linkId: string, over: Partial<PortalLink> = {}): PortalLink {
  return {
    ...ref,
    linkId,
    role: "agent",
    recipient: "team@example.com",
    createdAt: start,
    expiresAt: start + 86_400_000,
    opened: 0,
    ...over,
  };
}

export function aNotification(
  notificationId: string,
  over: Partial<Notification> = {},
): Omit<Notification, "attempts"> {
  return {
    notificationId,
    channel: "email",
    reason: "escalated",
    recipient: "team@example.com",
    state: "sending",
    at: start,
    claimedAt: start,
    ...over,
  };
}

export function escalated(ref: ConversationRef, seq: number, epoch: number): LifecycleEvent {
  return {
    type: "conversation.escalated.v1",
    detail: {
      ...ref,
      eventId: `${ref.conversationId}:escalated-${epoch}`,
      at: start,
      epoch,
      seq,
      reference: "7KQ4-M2TX",
    },
  };
}

export function unseen(ref: ConversationRef, readMark: number, seq: number, at = start): LifecycleEvent {
  return {
    type: "message.unseen.v1",
    detail: {
      ...ref,
      eventId: `${ref.conversationId}:unseen-${readMark}-${seq}`,
      at,
      recipient: "agent",
      readMark,
      seq,
    },
  };
}
