import type { Assignee, AwayPeriod, Connection, ConversationHead } from "../../domain/conversation.ts";
import type { Role, Status } from "../../domain/status.ts";
import type { NewConversation } from "../conversations.ts";
import { firstHead } from "../head.ts";
import { conversationKeys, inbox, inboxPartition, inboxPosition, refOf } from "../keys.ts";

/**
 * The head as it is stored. Attribute names are short because they are billed: every message rewrites this item, and it
 * has to stay under 1 kB. Attributes that a later version added are optional, so that older items stay readable.
 */
export interface HeadItem {
  readonly pk: string;
  readonly sk: string;
  /** Visitor's id. */
  readonly vi: string;
  /** Status. */
  readonly st: Status;
  /** Epoch. */
  readonly ep: number;
  /** Sequence number of the newest entry. */
  readonly n: number;
  /** Read marks, newest own message and unread count of visitor (`v`) and agent (`a`). */
  readonly rv: number;
  readonly ra: number;
  readonly sv: number;
  readonly sa: number;
  readonly uv: number;
  readonly ua: number;
  /** The bot's answers. */
  readonly ba: number;
  /** Connections by id. */
  readonly co: Readonly<Record<string, ConnectionItem>>;
  /** Newest message. */
  readonly l?: { readonly b: Role; readonly p: string };
  readonly la: number;
  readonly t0: number;
  readonly es?: number;
  readonly rf?: string;
  /** Assignee: id, name, since when. */
  readonly as?: { readonly i: string; readonly n: string; readonly a?: number };
  /** The visitor's verdict, and the one before it; 0 when there was none. */
  readonly rg?: number;
  readonly rp?: number;
  readonly dn?: string;
  readonly cc?: string;
  /** Away periods that have been told. */
  readonly nv?: AwayItem;
  readonly na?: AwayItem;
  /** Position that the index takes with the next write that is not a message. */
  readonly ib: string;
  /** Ids of the entries `n`, `n - 1`, … `n - 7`: a shift register that finds a retried message again. */
  readonly r0: string;
  readonly r1: string;
  readonly r2: string;
  readonly r3: string;
  readonly r4: string;
  readonly r5: string;
  readonly r6: string;
  readonly r7: string;
}

interface ConnectionItem {
  /** Party. */
  readonly p: "v" | "a";
  /** Lease until, seconds. */
  readonly u: number;
  /** Link id. */
  readonly k?: string;
  /** Agent's id. */
  readonly g?: string;
}

interface AwayItem {
  /** Read mark. */
  readonly m: number;
  /** Told at, milliseconds. */
  readonly a: number;
}

/** How many retried messages the head itself can recognise. */
export const recentIds = ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"] as const;

export function headItemOf(conversation: NewConversation): Record<string, unknown> {
  const head = firstHead(conversation);
  return {
    ...conversationKeys.head(conversation),
    vi: head.visitorId,
    st: head.status,
    ep: head.epoch,
    n: 0,
    rv: 0,
    ra: 0,
    sv: 0,
    sa: 0,
    uv: 0,
    ua: 0,
    ba: 0,
    co: {},
    la: head.lastAt,
    t0: head.startedAt,
    dn: head.displayName,
    cc: head.country,
    ...Object.fromEntries(recentIds.map((name) => [name, "-"])),
    ib: inboxPosition(head.lastAt, head.conversationId),
    [inbox.partitionKey]: inboxPartition(head.chatbotId, head.status, head.lastAt),
    [inbox.sortKey]: inboxPosition(head.lastAt, head.conversationId),
  };
}

export function headOf(item: HeadItem): ConversationHead {
  return {
    ...refOf(item.pk),
    visitorId: item.vi,
    status: item.st,
    epoch: item.ep,
    seq: item.n,
    read: { visitor: item.rv, agent: item.ra },
    spoke: { visitor: item.sv, agent: item.sa },
    unread: { visitor: item.uv, agent: item.ua },
    botAnswers: item.ba,
    connections: Object.entries(item.co ?? {}).map(([connectionId, value]) => connectionOf(connectionId, value)),
    ...(item.l === undefined ? {} : { last: { by: item.l.b, preview: item.l.p } }),
    lastAt: item.la,
    startedAt: item.t0,
    ...(item.es === undefined ? {} : { escalatedAt: item.es }),
    ...(item.rf === undefined ? {} : { reference: item.rf }),
    ...(item.as === undefined ? {} : { assignee: assigneeOf(item.as) }),
    ...(item.rg === undefined ? {} : { rating: item.rg }),
    ...(item.rp ? { replacedRating: item.rp } : {}),
    ...(item.dn === undefined ? {} : { displayName: item.dn }),
    ...(item.cc === undefined ? {} : { country: item.cc }),
    notified: {
      ...(item.nv === undefined ? {} : { visitor: awayOf(item.nv) }),
      ...(item.na === undefined ? {} : { agent: awayOf(item.na) }),
    },
  };
}

/** The number under which an entry with this id is stored, if it is among the newest. */
export function seqOfRecent(item: HeadItem, id: string): number | undefined {
  const position = recentIds.findIndex((name) => item[name] === id);
  return position === -1 ? undefined : item.n - position;
}

export function connectionItem(connection: Connection): ConnectionItem {
  return {
    p: connection.party === "visitor" ? "v" : "a",
    u: connection.until,
    ...(connection.linkId === undefined ? {} : { k: connection.linkId }),
    ...(connection.agentId === undefined ? {} : { g: connection.agentId }),
  };
}

function connectionOf(connectionId: string, item: ConnectionItem): Connection {
  return {
    connectionId,
    party: item.p === "v" ? "visitor" : "agent",
    until: item.u,
    ...(item.k === undefined ? {} : { linkId: item.k }),
    ...(item.g === undefined ? {} : { agentId: item.g }),
  };
}

function assigneeOf({ i, n, a }: NonNullable<HeadItem["as"]>): Assignee {
  return { agentId: i, name: n, ...(a === undefined ? {} : { at: a }) };
}

export function assigneeItem({ agentId, name, at }: Assignee): NonNullable<HeadItem["as"]> {
  return { i: agentId, n: name, ...(at === undefined ? {} : { a: at }) };
}

const awayOf = (item: AwayItem): AwayPeriod => ({ readMark: item.m, at: item.a });
export const awayItem = (period: AwayPeriod): AwayItem => ({ m: period.readMark, a: period.at });
