import type { LifecycleEvent } from "../../contracts/events.ts";
import type { Lead, VisitorFacts } from "../../contracts/http.ts";
import { limits } from "../../contracts/limits.ts";
import type { Entry, MessageEntry } from "../../contracts/protocol.ts";
import type { Connection, ConversationHead, ConversationRef } from "../../domain/conversation.ts";
import { DomainError } from "../../domain/errors.ts";
import { decide } from "../../domain/status.ts";
import type {
  Append,
  AppendResult,
  Consequences,
  ConversationStore,
  EarlierConversation,
  Erasure,
  ListPosition,
  Move,
  MoveResult,
  NewMessage,
  Notification,
  PortalLink,
  RemarkEntry,
  RemarkResult,
  Verified,
  VisitorRecord,
} from "../conversations.ts";
import {
  afterMessage,
  afterMove,
  afterRemark,
  displayNameOf,
  firstHead,
  isHeldBy,
  messageEntry,
  objectionTo,
  oldestLease,
  remarkEntry,
  stateRank,
  statusEntry,
  withConnection,
} from "../head.ts";
import { conversationKeys, inboxPosition } from "../keys.ts";

interface Record {
  head: ConversationHead;
  /** Last activity as the list knows it, by the minute. */
  position: string;
  readonly facts: VisitorFacts;
  lead: Lead;
  readonly earlier: readonly EarlierConversation[];
  verified?: Verified;
  readonly entries: Entry[];
  readonly links: Map<string, PortalLink>;
  readonly notifications: Map<string, Notification>;
}

export interface MemoryConversations extends ConversationStore {
  /** What has left through the outbox so far, oldest first. */
  readonly outbox: LifecycleEvent[];
}

function isRemark(entry: Entry): entry is RemarkEntry {
  return entry.kind === "note" || entry.kind === "assignment" || entry.kind === "rating";
}

function visitorOf({ facts, lead, earlier, verified }: Record): VisitorRecord {
  return { facts, lead, earlier, ...(verified === undefined ? {} : { verified }) };
}

/** The same behaviour as the DynamoDB store, for tests of use cases. Passes the same suite. */
export function createMemoryConversations(): MemoryConversations {
  const records = new Map<string, Record>();
  const erased = new Map<string, Erasure>();
  const outbox: LifecycleEvent[] = [];
  const find = (ref: ConversationRef): Record | undefined => records.get(conversationKeys.partition(ref));
  const joined = (head: ConversationHead, connectionId: string): boolean =>
    head.connections.some((each) => each.connectionId === connectionId);

  const isTold = (head: ConversationHead, { party, period }: NonNullable<Consequences["notified"]>): boolean => {
    const told = head.notified[party];
    return told?.readMark === period.readMark && told.at >= period.at;
  };

  function publish(record: Record, consequences: Consequences): void {
    const { notified } = consequences;
    let { events } = consequences;
    if (notified !== undefined && isTold(record.head, notified)) {
      events = events.filter(({ type }) => type !== "message.unseen.v1");
    } else if (notified !== undefined) {
      record.head = { ...record.head, notified: { ...record.head.notified, [notified.party]: notified.period } };
    }
    raiseOnce(events);
  }

  function raiseOnce(events: readonly LifecycleEvent[]): void {
    for (const event of events) {
      if (!outbox.some((each) => each.detail.eventId === event.detail.eventId)) outbox.push(structuredClone(event));
    }
  }

  function put(record: Record, message: NewMessage, connection?: Connection): MessageEntry {
    record.head = afterMessage(record.head, message, connection);
    const entry = messageEntry(record.head.seq, message);
    record.entries.push(entry);
    return entry;
  }

  const touch = (record: Record): void => {
    record.position = inboxPosition(record.head.lastAt, record.head.conversationId);
  };

  const store: MemoryConversations = {
    outbox,

    async start(conversation) {
      if (find(conversation)) throw new DomainError("conflict", "This conversation exists already.");
      const head = firstHead(conversation);
      const { facts, lead = {}, earlier = [] } = conversation;
      records.set(conversationKeys.partition(conversation), {
        head,
        position: inboxPosition(head.lastAt, head.conversationId),
        facts,
        lead,
        earlier,
        entries: [],
        links: new Map(),
        notifications: new Map(),
      });
      return head;
    },

    async head(ref) {
      return find(ref)?.head;
    },

    async glance(ref) {
      return find(ref)?.head;
    },

    async open(ref, { limit, before }) {
      const record = find(ref);
      if (record === undefined) return undefined;
      const older = record.entries.filter((entry) => before === undefined || entry.seq < before);
      return {
        head: record.head,
        entries: older.slice(-limit),
        more: older.length > limit,
        ...visitorOf(record),
        links: [...record.links.values()],
        notifications: [...record.notifications.values()],
      };
    },

    async entriesAfter(ref, after, limit) {
      return (find(ref)?.entries ?? []).filter((entry) => entry.seq > after).slice(0, limit);
    },

    async append(ref, append: Append): Promise<AppendResult> {
      const record = find(ref);
      if (record === undefined) return { kind: "refused", reason: "not_found" };
      const known = record.entries.find((entry) => entry.id === append.message.id);
      if (known?.kind === "message") return { kind: "duplicate", head: record.head, entry: known };
      const refused = (reason: "not_joined" | "epoch" | "status"): AppendResult => ({
        kind: "refused",
        reason,
        head: record.head,
      });
      if (append.connection && !joined(record.head, append.connection.connectionId)) return refused("not_joined");
      if (append.epoch !== undefined && append.epoch !== record.head.epoch) return refused("epoch");
      if (!append.whileStatus.includes(record.head.status)) return refused("status");
      const entry = put(record, append.message, append.connection);
      if (append.connection === undefined) touch(record);
      publish(record, append.follow(record.head, [entry]));
      return { kind: "appended", head: record.head, entry };
    },

    async move(ref, move: Move): Promise<MoveResult> {
      const record = find(ref);
      if (record === undefined) return { kind: "refused", reason: "not_found" };
      const { head } = record;
      if (move.connection && !joined(head, move.connection.connectionId)) {
        return { kind: "refused", reason: "not_joined", head };
      }
      const decision = decide(move.command, move.by, head.status);
      if (decision.kind === "refused") return { kind: "refused", reason: decision.reason, head };
      if (decision.kind === "settled") return { kind: "settled", head };
      record.head = afterMove(head, move, decision.to);
      const entries: Entry[] = [statusEntry(record.head.seq, move, decision.to)];
      record.entries.push(...entries);
      if (move.message) entries.push(put(record, move.message, move.connection));
      touch(record);
      publish(record, move.follow(record.head, entries));
      return { kind: "moved", head: record.head, entries };
    },

    async remark(ref, remark): Promise<RemarkResult> {
      const record = find(ref);
      if (record === undefined) return { kind: "refused", reason: "not_found" };
      const known = record.entries.find((entry) => entry.id === remark.id);
      if (known !== undefined && isRemark(known)) return { kind: "duplicate", head: record.head, entry: known };
      const objection = objectionTo(record.head, remark);
      if (objection !== undefined) return objection;
      record.head = afterRemark(record.head, remark);
      const entry = remarkEntry(record.head.seq, remark);
      record.entries.push(entry);
      publish(record, remark.follow(record.head, [entry]));
      return { kind: "added", head: record.head, entry };
    },

    async join(ref, connection) {
      const record = find(ref);
      if (record === undefined) return undefined;
      let { connections } = record.head;
      if (!joined(record.head, connection.connectionId) && connections.length >= limits.connectionsPerConversation) {
        const leaving = oldestLease(connections);
        connections = connections.filter((each) => each !== leaving);
      }
      record.head = { ...record.head, connections: withConnection(connections, connection) };
      touch(record);
      return record.head;
    },

    async renew(ref, connectionId, until) {
      const record = find(ref);
      if (record === undefined || !joined(record.head, connectionId)) return undefined;
      const connections = record.head.connections.map((each) =>
        each.connectionId === connectionId ? { ...each, until } : each,
      );
      record.head = { ...record.head, connections };
      touch(record);
      return record.head;
    },

    async leave(ref, connectionIds) {
      const record = find(ref);
      if (record === undefined) return undefined;
      const connections = record.head.connections.filter((each) => !connectionIds.includes(each.connectionId));
      record.head = { ...record.head, connections };
      touch(record);
      return record.head;
    },

    async markRead(ref, { party, seq, connectionId }) {
      const record = find(ref);
      if (record === undefined) return undefined;
      if (connectionId !== undefined && !joined(record.head, connectionId)) return undefined;
      const { head } = record;
      const mark = Math.min(seq, head.seq);
      if (mark <= head.read[party]) return { head, changed: false };
      const other = party === "visitor" ? "agent" : "visitor";
      const lastOfOthers = party === "visitor" ? head.seq : head.spoke[other];
      record.head = {
        ...head,
        read: { ...head.read, [party]: mark },
        unread: { ...head.unread, [party]: mark >= lastOfOthers ? 0 : head.unread[party] },
      };
      touch(record);
      return { head: record.head, changed: true };
    },

    async raise(ref, consequences) {
      const record = find(ref);
      if (record === undefined) return false;
      if (isTold(record.head, consequences.notified)) return false;
      publish(record, consequences);
      return true;
    },

    async visitor(ref) {
      const record = find(ref);
      return record && visitorOf(record);
    },

    async saveLead(ref, lead) {
      const record = find(ref);
      if (record === undefined) throw new DomainError("not_found", "There is no such conversation.");
      record.lead = { ...record.lead, ...lead };
      const displayName = displayNameOf(record.lead);
      if (displayName !== undefined) record.head = { ...record.head, displayName };
      return record.lead;
    },

    async identify(ref, verified, lead) {
      const record = find(ref);
      if (record === undefined) return { kind: "not_found" };
      if (record.verified !== undefined && record.verified.subject !== verified.subject) return { kind: "another" };
      record.verified = verified;
      return { kind: "identified", lead: await store.saveLead(ref, lead) };
    },

    async publish(_ref, events) {
      raiseOnce(events);
    },

    async erase(ref, erasure, events) {
      const record = find(ref);
      const key = conversationKeys.partition(ref);
      if (record === undefined) return { kind: erased.has(key) ? "settled" : "not_found" };
      records.delete(key);
      erased.set(key, erasure);
      raiseOnce(events);
      return { kind: "erased", head: record.head };
    },

    async erasure(ref) {
      return erased.get(conversationKeys.partition(ref));
    },

    async sweep(ref) {
      return erased.has(conversationKeys.partition(ref)) ? "swept" : "not_erased";
    },

    async createLink(link) {
      const record = find(link);
      if (record === undefined) throw new DomainError("not_found", "There is no such conversation.");
      if (!record.links.has(link.linkId)) record.links.set(link.linkId, link);
    },

    async link(ref, linkId) {
      return find(ref)?.links.get(linkId);
    },

    async revokeLink(ref, linkId, at) {
      const record = find(ref);
      const known = record?.links.get(linkId);
      if (record === undefined || known === undefined) return undefined;
      const link: PortalLink = { ...known, revokedAt: known.revokedAt ?? at };
      record.links.set(linkId, link);
      const connections = record.head.connections.filter((each) => each.linkId === linkId);
      record.head = { ...record.head, connections: record.head.connections.filter((each) => each.linkId !== linkId) };
      return { link, connections };
    },

    async recordLinkOpened(ref, linkId, at) {
      const record = find(ref);
      const link = record?.links.get(linkId);
      if (link) record?.links.set(linkId, { ...link, opened: link.opened + 1, lastOpenedAt: at });
    },

    async claim(ref, notification, staleAfterMs) {
      const record = find(ref);
      if (record === undefined) throw new DomainError("not_found", "There is no such conversation.");
      const known = record.notifications.get(notification.notificationId);
      const free =
        known === undefined ||
        known.state === "queued" ||
        known.state === "failed" ||
        (known.state === "sending" &&
          staleAfterMs !== undefined &&
          known.claimedAt + staleAfterMs <= notification.claimedAt);
      if (known !== undefined && !free) return { claimed: false, notification: known };
      const claimed: Notification = { ...notification, attempts: (known?.attempts ?? 0) + 1 };
      record.notifications.set(notification.notificationId, claimed);
      return { claimed: true, notification: claimed };
    },

    async settle(ref, notificationId, result) {
      const record = find(ref);
      const known = record?.notifications.get(notificationId);
      if (record === undefined || known === undefined) return;
      if (stateRank[known.state] > stateRank[result.state]) return;
      record.notifications.set(notificationId, { ...known, ...result });
    },

    async notification(ref, notificationId) {
      return find(ref)?.notifications.get(notificationId);
    },

    async list({ chatbotId, statuses, from, to, limit, after, assignee }) {
      const upTo: string | undefined = after?.all;
      const low = inboxPosition(from, "");
      const high = `${inboxPosition(to, "").slice(0, -1)}~`;
      const found = [...records.values()]
        .filter(({ head, position }) => {
          const inRange = position >= low && position <= high && (upTo === undefined || position < upTo);
          const isTheirs = assignee === undefined || isHeldBy(head, assignee);
          return head.chatbotId === chatbotId && statuses.includes(head.status) && inRange && isTheirs;
        })
        .sort((a, b) => (a.position < b.position ? 1 : -1));
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const next: ListPosition | undefined = found.length > limit && last ? { all: last.position } : undefined;
      return { heads: page.map(({ head }) => head), ...(next ? { after: next } : {}) };
    },
  };
  return store;
}
