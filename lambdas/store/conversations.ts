import type { EventDetail, LifecycleEvent } from "../contracts/events.ts";
import type { Lead, LinkView, VisitorFacts } from "../contracts/http.ts";
import type { NotificationView } from "../contracts/notifications.ts";
import type {
  AssignmentEntry,
  Attachment,
  Entry,
  MessageEntry,
  NoteEntry,
  RatingEntry,
} from "../contracts/protocol.ts";
import type { AwayPeriod, Connection, ConversationHead, ConversationRef } from "../domain/conversation.ts";
import type { Command, Party, Status } from "../domain/status.ts";

/** Who wrote an entry, with what only our side may know. */
export interface Author {
  readonly role: "visitor" | "agent" | "bot" | "system";
  readonly name?: string;
  readonly agentId?: string;
}

export interface NewConversation extends ConversationRef {
  readonly visitorId: string;
  readonly at: number;
  readonly facts: VisitorFacts;
  /** What the visitor left in an earlier conversation. */
  readonly lead?: Lead;
  /** Conversations that the visitor had before, newest first. */
  readonly earlier?: readonly EarlierConversation[];
}

/** A conversation that the same visitor had before. It may have been erased since. */
export interface EarlierConversation {
  readonly conversationId: string;
  readonly startedAt: number;
}

/** What is known of the visitor apart from the head: one item. */
export interface VisitorRecord {
  readonly facts: VisitorFacts;
  readonly lead: Lead;
  readonly earlier: readonly EarlierConversation[];
  readonly verified?: Verified;
}

/** Who the visitor is, as the owner's server has proved it. */
export interface Verified {
  /** The owner's own id of the person. */
  readonly subject: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Fields of the lead that the proof named: the visitor can't change them. */
  readonly fields: readonly (keyof Lead)[];
}

/** All that remains of an erased conversation, and for `erasureKeepSeconds` only: nothing of a person. */
export interface Erasure {
  readonly by: EventDetail<"conversation.erased.v1">["by"];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Longer than any session or link lives that could still ask for it: 40 days. */
export const erasureKeepSeconds = 40 * 24 * 60 * 60;

/** What follows from a write and is stored with it, or not at all. Pure; may be called more than once. */
export interface Consequences {
  readonly events: readonly LifecycleEvent[];
  /** Marks an away period as told, together with the `message.unseen.v1` among the events. */
  readonly notified?: { readonly party: Party; readonly period: AwayPeriod };
}
export type Follow = (head: ConversationHead, entries: readonly Entry[]) => Consequences;

export interface NewMessage {
  /** The client's id; the same id again is answered as a duplicate. */
  readonly id: string;
  readonly author: Author;
  readonly text: string;
  readonly at: number;
  readonly sources?: readonly string[];
  readonly offersHuman?: boolean;
  readonly attachments?: readonly Attachment[];
}

export interface Append {
  readonly message: NewMessage;
  /** Statuses in which this message may be added as it is. */
  readonly whileStatus: readonly Status[];
  /** The bot's fence: refused when the conversation's epoch is another. */
  readonly epoch?: number;
  /** The sender's socket: it must be on the head, and its lease is renewed by the same write. */
  readonly connection?: Connection;
  /** Set on a retry: the sender's last number when it first sent; older entries can't hold the message. */
  readonly retryAfter?: number;
  readonly follow: Follow;
}

export type Refusal = "not_found" | "not_joined" | "status" | "epoch";

export type AppendResult =
  | { readonly kind: "appended"; readonly head: ConversationHead; readonly entry: MessageEntry }
  /** It had been stored before: nothing is written but what a crash may have left undone. */
  | { readonly kind: "duplicate"; readonly head: ConversationHead; readonly entry: MessageEntry }
  | { readonly kind: "refused"; readonly reason: Refusal; readonly head?: ConversationHead };

export interface Move {
  readonly command: Command;
  readonly by: Party;
  readonly author: Author;
  readonly at: number;
  /** Id of the status entry. */
  readonly id: string;
  /** The waiting message. */
  readonly text?: string;
  readonly reference?: string;
  /** A message that comes with the change, written right after it in the same transaction. */
  readonly message?: NewMessage;
  readonly connection?: Connection;
  readonly follow: Follow;
}

export type MoveResult =
  | { readonly kind: "moved"; readonly head: ConversationHead; readonly entries: readonly Entry[] }
  /** The goal had been reached before; nothing is written. */
  | { readonly kind: "settled"; readonly head: ConversationHead }
  | {
      readonly kind: "refused";
      readonly reason: "not_found" | "not_joined" | "illegal_transition" | "forbidden";
      readonly head?: ConversationHead;
    };

/**
 * A line that is neither a message nor a change of status. It takes a number, and that is all: newest message, activity,
 * read marks and unread counts stay as they are.
 */
export type Remark = {
  /** The client's id; the same id again is answered as a duplicate. */
  readonly id: string;
  readonly author: Author;
  readonly at: number;
  readonly connection?: Connection;
  readonly follow: Follow;
} & (
  | {
      readonly kind: "note";
      readonly text: string;
      /** As in `Append`. */
      readonly retryAfter?: number;
    }
  | {
      readonly kind: "assignment";
      /** Absent: nobody. */
      readonly to?: { readonly agentId: string; readonly name: string };
      /** Id of the agent who has it, as the caller saw it; `null` for nobody. */
      readonly expected: string | null;
    }
  /** Ended conversations only; the head carries the newest score. */
  | { readonly kind: "rating"; readonly score: number; readonly comment?: string }
);
export type RemarkEntry = NoteEntry | AssignmentEntry | RatingEntry;

export type RemarkResult =
  | { readonly kind: "added" | "duplicate"; readonly head: ConversationHead; readonly entry: RemarkEntry }
  /** The conversation has been assigned like that before; nothing is written. */
  | { readonly kind: "settled"; readonly head: ConversationHead }
  | {
      readonly kind: "refused";
      /** `assignee`: it is neither the expected one nor the wanted one. */
      readonly reason: "not_found" | "not_joined" | "status" | "assignee";
      readonly head?: ConversationHead;
    };

/** A portal link's record: what allows revoking, rotating and logging. */
export interface PortalLink extends LinkView {
  readonly conversationId: string;
  readonly chatbotId: string;
}

/** A line of the notification ledger. Its id names the effect, so that a repeated event finds it. */
export interface Notification extends NotificationView {
  /** When the claim was taken, milliseconds; a claim of a consumer that died can be told by its age. */
  readonly claimedAt: number;
  readonly attempts: number;
  /** Of a mail: what its thread is called. Not for agents' pages. */
  readonly subject?: string;
}

export interface OpenedConversation extends VisitorRecord {
  readonly head: ConversationHead;
  readonly entries: readonly Entry[];
  readonly more: boolean;
  readonly links: readonly PortalLink[];
  readonly notifications: readonly Notification[];
}

/** Where a list stopped, per partition of the index. Opaque to callers, who only seal it. */
export type ListPosition = Readonly<Record<string, string>>;

export interface ListQuery {
  readonly chatbotId: string;
  readonly statuses: readonly Status[];
  /** Milliseconds since the epoch, inclusive. */
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  readonly after?: ListPosition;
  /** Only conversations of this agent; `null`: of nobody. */
  readonly assignee?: string | null;
}

/** One conversation each call, but for `list`. Times are milliseconds since the epoch. */
export interface ConversationStore {
  /** Writes the head and the visitor's facts. An existing id answers `conflict`. */
  start(conversation: NewConversation): Promise<ConversationHead>;
  /** Consistent read of the head: one read unit. */
  head(ref: ConversationRef): Promise<ConversationHead | undefined>;
  /** The head as it was a moment ago: half a read unit, for what may be wrong once in a while. */
  glance(ref: ConversationRef): Promise<ConversationHead | undefined>;
  /** Everything of a conversation with its newest entries (or those before `before`), in one Query. */
  open(
    ref: ConversationRef,
    page: { readonly limit: number; readonly before?: number },
  ): Promise<OpenedConversation | undefined>;
  /** Entries with a greater number, oldest first. */
  entriesAfter(ref: ConversationRef, after: number, limit: number): Promise<readonly Entry[]>;
  /** Two writes and no read: the head takes the next number under a condition, then the entry is put. */
  append(ref: ConversationRef, append: Append): Promise<AppendResult>;
  /** A change of status in one transaction with its entry, its message and its outbox records. */
  move(ref: ConversationRef, move: Move): Promise<MoveResult>;
  /** Adds a note, an assignment or a rating: two writes and no read, like a message. */
  remark(ref: ConversationRef, remark: Remark): Promise<RemarkResult>;
  /** Puts a socket on the head. The oldest lease gives way when there are too many. */
  join(ref: ConversationRef, connection: Connection): Promise<ConversationHead | undefined>;
  /** Renews a lease; `undefined` when the socket is not on the head. */
  renew(ref: ConversationRef, connectionId: string, until: number): Promise<ConversationHead | undefined>;
  /** Takes sockets off the head. */
  leave(ref: ConversationRef, connectionIds: readonly string[]): Promise<ConversationHead | undefined>;
  /** Raises a read mark; a lower one changes nothing. `connection` must be on the head when given. */
  markRead(
    ref: ConversationRef,
    read: { readonly party: Party; readonly seq: number; readonly connectionId?: string },
  ): Promise<{ readonly head: ConversationHead; readonly changed: boolean } | undefined>;
  /** Stores events without an entry, for what time rather than a message brought about. False: the period had been told. */
  raise(
    ref: ConversationRef,
    consequences: Consequences & { readonly notified: NonNullable<Consequences["notified"]> },
  ): Promise<boolean>;

  visitor(ref: ConversationRef): Promise<VisitorRecord | undefined>;
  /** Merges into the lead and shows its name in the list. */
  saveLead(ref: ConversationRef, lead: Lead): Promise<Lead>;
  /** Records the proof and merges into the lead; `another` when it was somebody else who was proved before. */
  identify(
    ref: ConversationRef,
    verified: Verified,
    lead: Lead,
  ): Promise<
    { readonly kind: "identified"; readonly lead: Lead } | { readonly kind: "not_found" } | { readonly kind: "another" }
  >;
  /** Raises events of a fact that is stored already; the same event again changes nothing. */
  publish(ref: ConversationRef, events: readonly LifecycleEvent[]): Promise<void>;

  /**
   * Takes a conversation away from everybody at once: the head gives way to a tombstone, with the events. Whoever acts
   * afterwards is answered as if it did not exist. `settled`: it had been erased before.
   */
  erase(
    ref: ConversationRef,
    erasure: Erasure,
    events: readonly LifecycleEvent[],
  ): Promise<{ readonly kind: "erased"; readonly head: ConversationHead } | { readonly kind: "settled" | "not_found" }>;
  /** Set for a conversation that was erased. */
  erasure(ref: ConversationRef): Promise<Erasure | undefined>;
  /** Deletes about `limit` items of what an erased conversation has left; `more`: call again. Safe to repeat. */
  sweep(ref: ConversationRef, limit: number): Promise<"swept" | "more" | "not_erased">;

  createLink(link: PortalLink): Promise<void>;
  link(ref: ConversationRef, linkId: string): Promise<PortalLink | undefined>;
  /** Revokes and takes the link's sockets off the head; returns them so that they can be closed. */
  revokeLink(
    ref: ConversationRef,
    linkId: string,
    at: number,
  ): Promise<{ readonly link: PortalLink; readonly connections: readonly Connection[] } | undefined>;
  /** Adds to the access log's sum. */
  recordLinkOpened(ref: ConversationRef, linkId: string, at: number): Promise<void>;

  /**
   * Claims an effect before it happens. `claimed: false` returns who has it. A claim in `failed` may be taken again;
   * one in `sending` may be taken again when it is older than `staleAfterMs` (absent: never).
   */
  claim(
    ref: ConversationRef,
    notification: Omit<Notification, "attempts">,
    staleAfterMs?: number,
  ): Promise<{ readonly claimed: boolean; readonly notification: Notification }>;
  /** Records what became of it. A later state never falls back: `delivered` stays when `sent` arrives late. */
  settle(
    ref: ConversationRef,
    notificationId: string,
    result: Pick<Notification, "state" | "at"> & Partial<Pick<Notification, "detail" | "externalId">>,
  ): Promise<void>;
  notification(ref: ConversationRef, notificationId: string): Promise<Notification | undefined>;

  /**
   * Conversations by last activity, newest first, merged over the statuses. With `assignee` a page may be short, or
   * empty, although there are more: one call looks at 200 conversations at most.
   */
  list(query: ListQuery): Promise<{ readonly heads: readonly ConversationHead[]; readonly after?: ListPosition }>;
}
