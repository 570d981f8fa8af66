import { table } from "../contracts/table.ts";
import type { ConversationRef } from "../domain/conversation.ts";
import type { Status } from "../domain/status.ts";

/**
 * The only file that spells keys; `docs/access-patterns.md` explains them. Every partition begins with its tenant or is
 * reached through one. In a conversation's partition the sort keys are chosen so that reading backwards yields the
 * visitor, the ledger, the links and the head first, and then the entries from the newest on: one Query opens it. What
 * that Query does not need, the outbox and the files, sorts before the entries.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const paddedSeq = (seq: number): string => String(seq).padStart(10, "0");

const partitionOf = (ref: ConversationRef): string => `C#${ref.chatbotId}#${ref.conversationId}`;

export const conversationKeys = {
  partition: partitionOf,
  outbox: (ref: ConversationRef, eventId: string): Key => ({ pk: partitionOf(ref), sk: `A#${eventId}` }),
  /** How many files were announced. */
  fileCount: (ref: ConversationRef): Key => ({ pk: partitionOf(ref), sk: "D" }),
  /** A document that was handed over. */
  file: (ref: ConversationRef, fileId: string): Key => ({ pk: partitionOf(ref), sk: `D#${fileId}` }),
  filePrefix: "D#",
  entry: (ref: ConversationRef, seq: number): Key => ({ pk: partitionOf(ref), sk: `E#${paddedSeq(seq)}` }),
  head: (ref: ConversationRef): Key => ({ pk: partitionOf(ref), sk: "H" }),
  link: (ref: ConversationRef, linkId: string): Key => ({ pk: partitionOf(ref), sk: `L#${linkId}` }),
  notification: (ref: ConversationRef, notificationId: string): Key => ({
    pk: partitionOf(ref),
    sk: `N#${notificationId}`,
  }),
  /** Muted addresses and requested transcripts. */
  mailWishes: (ref: ConversationRef): Key => ({ pk: partitionOf(ref), sk: "B" }),
  visitor: (ref: ConversationRef): Key => ({ pk: partitionOf(ref), sk: "V" }),
  /** What remains of an erased conversation. */
  erased: (ref: ConversationRef): Key => ({ pk: partitionOf(ref), sk: "X" }),
  /** Bounds of the entries after a number, and of everything that opens a conversation. */
  entriesFrom: (seq: number): string => `E#${paddedSeq(seq)}`,
  lastEntry: "E#~",
  firstEntry: "E#",
  beyondAll: "~",
} as const;

/** Which kind of item a sort key names. */
export function kindOf(sk: string): "outbox" | "entry" | "head" | "link" | "notification" | "visitor" | undefined {
  if (sk === "H") return "head";
  if (sk === "V") return "visitor";
  return ({ A: "outbox", E: "entry", L: "link", N: "notification" } as const)[sk.slice(0, sk.indexOf("#"))];
}

export function refOf(pk: string): ConversationRef {
  const [, chatbotId, conversationId] = pk.split("#");
  if (chatbotId === undefined || conversationId === undefined) throw new Error("not a conversation's partition");
  return { chatbotId, conversationId };
}

export const chatbotKeys = {
  partition: (chatbotId: string): string => `B#${chatbotId}`,
  config: (chatbotId: string): Key => ({ pk: `B#${chatbotId}`, sk: "CONFIG" }),
  mailCount: (chatbotId: string, month: string): Key => ({ pk: `B#${chatbotId}`, sk: `MAIL#${month}` }),
  knowledge: (chatbotId: string, entryId: string): Key => ({ pk: `B#${chatbotId}`, sk: `K#${entryId}` }),
  knowledgePrefix: "K#",
  /** How many entries there are, and a number that grows with every change. */
  knowledgeState: (chatbotId: string): Key => ({ pk: `B#${chatbotId}`, sk: "KNOWLEDGE" }),
  /** `folded`: the shortcut in the form that makes it unique. */
  reply: (chatbotId: string, folded: string): Key => ({ pk: `B#${chatbotId}`, sk: `R#${folded}` }),
  replyPrefix: "R#",
  member: (chatbotId: string, agentId: string): Key => ({ pk: `B#${chatbotId}`, sk: `M#${agentId}` }),
  memberPrefix: "M#",
  agentPartition: (agentId: string): string => `U#${agentId}`,
  membership: (agentId: string, chatbotId: string): Key => ({ pk: `U#${agentId}`, sk: `B#${chatbotId}` }),
  teamPartition: (chatbotId: string): string => `B#${chatbotId}#TEAM`,
  teamSocket: (chatbotId: string, connectionId: string): Key => ({ pk: `B#${chatbotId}#TEAM`, sk: connectionId }),
  /** How the agents want to be told: a partition of their own, so that one Query reads no more than that. */
  alertsPartition: (chatbotId: string): string => `B#${chatbotId}#ALERTS`,
  alerts: (chatbotId: string, agentId: string): Key => ({ pk: `B#${chatbotId}#ALERTS`, sk: agentId }),
  /** `minute`: since the epoch. */
  testCount: (chatbotId: string, minute: number): Key => ({ pk: `B#${chatbotId}`, sk: `TEST#${minute}` }),
} as const;

/** What belongs to no tenant. */
export const deploymentKeys = {
  pushKeys: (): Key => ({ pk: "D", sk: "PUSH-KEYS" }),
} as const;

export const statisticsKeys = {
  partition: (chatbotId: string): string => `B#${chatbotId}#STATS`,
  hour: (chatbotId: string, at: number): Key => ({
    pk: `B#${chatbotId}#STATS`,
    sk: new Date(at).toISOString().slice(0, 13),
  }),
  /** Milliseconds since the epoch. */
  hourStart: (sk: string): number => Date.parse(`${sk}:00:00Z`),
  fact: (chatbotId: string, factId: string): Key => ({ pk: `B#${chatbotId}#FACT#${factId}`, sk: "FACT" }),
} as const;

export const ticketKey = (ticketId: string): Key => ({ pk: `T#${ticketId}`, sk: "USED" });

/** Names of the index's attributes, for the store's expressions. */
export const inbox = table.inboxIndex;

/** Where the index lists the chatbots whose conversations are erased after some time: one Query finds them all. */
export const retentionPartition = "R#RETENTION";

const minute = (at: number): string => new Date(at).toISOString().slice(0, 16);

/**
 * Ended conversations are kept by month, so that no partition grows for ever; the others by status. One index partition
 * takes 1,000 writes a second: the last part is a shard, which is 0 until a chatbot needs more.
 */
export function inboxPartition(chatbotId: string, status: Status, at: number): string {
  return status === "ended"
    ? `I#${chatbotId}#ended#${new Date(at).toISOString().slice(0, 7)}`
    : `I#${chatbotId}#${status}#0`;
}

/** Activity by the minute: within one minute the key stays the same, and an unchanged key costs nothing. */
export function inboxPosition(at: number, conversationId: string): string {
  return `${minute(at)}#${conversationId}`;
}

/** Partitions that hold conversations of these statuses with activity in the range, newest month first. */
export function inboxPartitions(chatbotId: string, statuses: readonly Status[], from: number, to: number): string[] {
  return statuses.flatMap((status) => {
    if (status !== "ended") return [inboxPartition(chatbotId, status, to)];
    const months: string[] = [];
    const last = new Date(to);
    const first = new Date(from).toISOString().slice(0, 7);
    for (let back = 0; ; back++) {
      const month = Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - back, 1);
      if (new Date(month).toISOString().slice(0, 7) < first) return months;
      months.push(inboxPartition(chatbotId, status, month));
    }
  });
}

export const inboxRange = (from: number, to: number): readonly [string, string] => [minute(from), `${minute(to)}~`];
