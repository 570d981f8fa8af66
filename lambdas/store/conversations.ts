import type { LifecycleEvent } from "../contracts/events.ts";
import type { Lead, LinkView, NotificationView, VisitorFacts } from "../contracts/http.ts";
import type { Entry, MessageEntry } from "../contracts/protocol.ts";
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
}

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
}

export interface OpenedConversation {
  readonly head: ConversationHead;
  readonly entries: readonly Entry[];
  readonly more: boolean;
  readonly facts: VisitorFacts;
  readonly lead: Lead;
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
}

/** One conversation each call, but for `list`. Times are milliseconds since the epoch. */
export interface ConversationStore {
  /** Writes the head and the visitor's facts. An existing id answers `conflict`. */
  start(conversation: NewConversation): Promise<ConversationHead>;
  /** Consistent read of the head: one read unit. */
  head(ref: ConversationRef): Promise<ConversationHead | undefined>;
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

  visitor(ref: ConversationRef): Promise<{ readonly facts: VisitorFacts; readonly lead: Lead } | undefined>;
  /** Merges into the lead and shows its name in the list. */
  saveLead(ref: ConversationRef, lead: Lead): Promise<Lead>;

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

  /** Conversations by last activity, newest first, merged over the statuses. */
  list(query: ListQuery): Promise<{ readonly heads: readonly ConversationHead[]; readonly after?: ListPosition }>;
}
