import {
  type AttributeValue,
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Lead, VisitorFacts } from "../../contracts/http.ts";
import { limits } from "../../contracts/limits.ts";
import type { Entry, MessageEntry } from "../../contracts/protocol.ts";
import type { ConversationHead, ConversationRef } from "../../domain/conversation.ts";
import { DomainError } from "../../domain/errors.ts";
import { decide } from "../../domain/status.ts";
import type {
  Append,
  AppendResult,
  Consequences,
  ConversationStore,
  ListPosition,
  Move,
  MoveResult,
  Notification,
  PortalLink,
  Refusal,
} from "../conversations.ts";
import {
  afterMessage,
  afterMove,
  displayNameOf,
  messageEntry,
  oldestLease,
  preview,
  stateRank,
  statusEntry,
} from "../head.ts";
import {
  inbox,
  inboxPartition,
  inboxPartitions,
  inboxPosition,
  inboxRange,
  conversationKeys as keys,
  kindOf,
  refOf,
} from "../keys.ts";
import { outboxItem } from "../outbox.ts";
import { awayItem, connectionItem, type HeadItem, headItemOf, headOf, recentIds, seqOfRecent } from "./head-item.ts";
import { Update } from "./update.ts";

type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** How often a transaction that lost a race is tried again before the caller hears `conflict`. */
const moveAttempts = 6;
const pauseBetweenMovesMs = 15;

export function createDynamoConversations(client: DynamoDBDocumentClient, tableName: string): ConversationStore {
  const TableName = tableName;
  const absent = { ConditionExpression: "attribute_not_exists(pk)" };

  async function readHead(ref: ConversationRef): Promise<HeadItem | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName, Key: keys.head(ref), ConsistentRead: true }));
    return Item as HeadItem | undefined;
  }

  /** Applies an update to the head. A failed condition returns the head as it stands instead. */
  async function updateHead(
    ref: ConversationRef,
    update: Update,
  ): Promise<{ done: true; item: HeadItem } | { done: false; item: HeadItem | undefined }> {
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName,
          Key: keys.head(ref),
          ...update.expression(),
          ReturnValues: "ALL_NEW",
          // Spares the read that would tell why ("Working with items: conditional writes").
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return { done: true, item: Attributes as HeadItem };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { done: false, item: oldItem(error.Item) };
    }
  }

  function notifiedUpdate(ref: ConversationRef, notified: NonNullable<Consequences["notified"]>): TransactItem {
    const name = notified.party === "visitor" ? "nv" : "na";
    const update = new Update().set(name, awayItem(notified.period)).exists("pk");
    const at = update.path(name, "a");
    const mark = update.path(name, "m");
    update.when(
      `(attribute_not_exists(${update.path(name)}) OR ${mark} <> ${update.value(notified.period.readMark)} OR ${at} < ${update.value(notified.period.at)})`,
    );
    return { Update: { TableName, Key: keys.head(ref), ...update.expression() } };
  }

  const putOutbox = (ref: ConversationRef, { events }: Consequences): TransactItem[] =>
    events.map((event) => ({ Put: { TableName, Item: outboxItem(ref, event) } }));

  /** The second write of an append: the entry, alone or together with what follows from it. */
  async function putEntry(ref: ConversationRef, entry: MessageEntry, consequences: Consequences): Promise<void> {
    const put = { TableName, Item: { ...keys.entry(ref, entry.seq), entry }, ...absent };
    if (consequences.events.length === 0) {
      await client.send(new PutCommand(put)).catch(ignoreConditionFailure);
      return;
    }
    const { notified } = consequences;
    const outcome = await transact(client, [
      { Put: put },
      ...putOutbox(ref, consequences),
      ...(notified ? [notifiedUpdate(ref, notified)] : []),
    ]);
    if (outcome === "done" || outcome.failed.includes(0)) return;
    // Another message told this away period in the meantime: what is left is the entry and the other events.
    const events = consequences.events.filter(({ type }) => type !== "message.unseen.v1");
    await putEntry(ref, entry, { events });
  }

  async function findRetried(ref: ConversationRef, id: string, after: number): Promise<MessageEntry | undefined> {
    for (let from = after; ; ) {
      const page = await entriesAfter(ref, from, limits.entriesPerSync);
      const found = page.find((entry) => entry.id === id);
      if (found?.kind === "message") return found;
      const last = page.at(-1);
      if (last === undefined || page.length < limits.entriesPerSync) return undefined;
      from = last.seq;
    }
  }

  async function entriesAfter(ref: ConversationRef, after: number, limit: number): Promise<Entry[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
        ExpressionAttributeValues: {
          ":pk": keys.partition(ref),
          ":from": keys.entriesFrom(after + 1),
          ":to": keys.lastEntry,
        },
        Limit: limit,
        // A client that was just told a number must find it.
        ConsistentRead: true,
      }),
    );
    return Items.map((item) => (item as { entry: Entry }).entry);
  }

  function appendUpdate(ref: ConversationRef, { message, whileStatus, epoch, connection }: Append): Update {
    const update = new Update();
    const { role } = message.author;
    update.add("n", "n", 1).set("r0", message.id);
    for (let i = 1; i < recentIds.length; i++) update.copy(recentIds[i]!, recentIds[i - 1]!);
    update.set("l", { b: role, p: preview(message.text) }).set("la", message.at);
    if (role === "visitor") update.add("sv", "n", 1).add("rv", "n", 1).set("uv", 0).add("ua", "ua", 1);
    else if (role === "agent") update.add("sa", "n", 1).add("ra", "n", 1).set("ua", 0).add("uv", "uv", 1);
    else update.add("uv", "uv", 1);
    if (role === "bot") update.add("ba", "ba", 1);

    const position = inboxPosition(message.at, ref.conversationId);
    update.set("ib", position);
    if (connection) {
      update.exists("co", connection.connectionId).set(["co", connection.connectionId], connectionItem(connection));
    } else {
      // A sender with a socket moves the index with its next heartbeat or read mark: a moved key costs two write units.
      update.set(inbox.sortKey, position);
    }
    update.exists("pk");
    update.when(`${update.path("st")} IN (${whileStatus.map((status) => update.value(status)).join(", ")})`);
    if (epoch !== undefined) update.is("ep", epoch);
    const id = update.value(message.id);
    for (const name of recentIds) update.when(`${update.path(name)} <> ${id}`);
    return update;
  }

  function refusal(item: HeadItem | undefined, append: Append): Refusal {
    if (item === undefined) return "not_found";
    if (append.connection && !Object.hasOwn(item.co, append.connection.connectionId)) return "not_joined";
    if (append.epoch !== undefined && item.ep !== append.epoch) return "epoch";
    return "status";
  }

  async function tryMove(ref: ConversationRef, move: Move): Promise<MoveResult | "lost the race"> {
    const item = await readHead(ref);
    if (item === undefined) return { kind: "refused", reason: "not_found" };
    const head = headOf(item);
    if (move.connection && !Object.hasOwn(item.co, move.connection.connectionId)) {
      return { kind: "refused", reason: "not_joined", head };
    }
    const decision = decide(move.command, move.by, head.status);
    if (decision.kind === "refused") return { kind: "refused", reason: decision.reason, head };
    if (decision.kind === "settled") return { kind: "settled", head };

    let next = afterMove(head, move, decision.to);
    const entries: Entry[] = [statusEntry(next.seq, move, decision.to)];
    if (move.message) {
      next = afterMessage(next, move.message, move.connection);
      entries.push(messageEntry(next.seq, move.message));
    }
    const consequences = move.follow(next, entries);
    const { notified } = consequences;
    if (notified) next = { ...next, notified: { ...next.notified, [notified.party]: notified.period } };
    const outcome = await transact(client, [
      { Update: { TableName, Key: keys.head(ref), ...moveUpdate(item, next, entries, move).expression() } },
      ...entries.map((entry) => ({ Put: { TableName, Item: { ...keys.entry(ref, entry.seq), entry }, ...absent } })),
      ...putOutbox(ref, consequences),
    ]);
    return outcome === "done" ? { kind: "moved", head: next, entries } : "lost the race";
  }

  const store: ConversationStore = {
    async start(conversation) {
      const outcome = await transact(client, [
        { Put: { TableName, Item: headItemOf(conversation), ...absent } },
        { Put: { TableName, Item: { ...keys.visitor(conversation), facts: conversation.facts, lead: {} }, ...absent } },
      ]);
      if (outcome !== "done") throw new DomainError("conflict", "This conversation exists already.");
      return headOf(headItemOf(conversation) as unknown as HeadItem);
    },

    async head(ref) {
      const item = await readHead(ref);
      return item && headOf(item);
    },

    async open(ref, { limit, before }) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
          ExpressionAttributeValues: {
            ":pk": keys.partition(ref),
            ":from": keys.firstEntry,
            ":to": before === undefined ? keys.beyondAll : keys.entriesFrom(before - 1),
          },
          ScanIndexForward: false,
          // Links and ledger come first; a conversation has a handful of each.
          Limit: limit + 60,
          ConsistentRead: true,
        }),
      );
      const of = (kind: ReturnType<typeof kindOf>) => Items.filter((item) => kindOf(String(item.sk)) === kind);
      const entries = of("entry").map((item) => (item as { entry: Entry }).entry);
      const headItem = before === undefined ? (of("head")[0] as HeadItem | undefined) : await readHead(ref);
      if (headItem === undefined) return undefined;
      const visitor = of("visitor")[0] as { facts?: VisitorFacts; lead?: Lead } | undefined;
      return {
        head: headOf(headItem),
        entries: entries.slice(0, limit).reverse(),
        more: entries.length > limit || LastEvaluatedKey !== undefined,
        facts: visitor?.facts ?? {},
        lead: visitor?.lead ?? {},
        links: of("link").map((item) => linkOf(item)),
        notifications: of("notification").map((item) => (item as { notification: Notification }).notification),
      };
    },

    entriesAfter,

    async append(ref, append): Promise<AppendResult> {
      if (append.retryAfter !== undefined) {
        const entry = await findRetried(ref, append.message.id, append.retryAfter);
        const item = entry && (await readHead(ref));
        if (entry && item) return { kind: "duplicate", head: headOf(item), entry };
      }
      const { done, item } = await updateHead(ref, appendUpdate(ref, append));
      if (done) {
        const head = headOf(item);
        const entry = messageEntry(head.seq, append.message);
        await putEntry(ref, entry, append.follow(head, [entry]));
        return { kind: "appended", head, entry };
      }
      const seq = item && seqOfRecent(item, append.message.id);
      if (item === undefined || seq === undefined) {
        const reason = refusal(item, append);
        return { kind: "refused", reason, ...(item ? { head: headOf(item) } : {}) };
      }
      // Its number was taken before. The put is repeated in case that the first attempt died between the two writes.
      const entry = messageEntry(seq, append.message);
      const head = headOf(item);
      await putEntry(ref, entry, append.follow(head, [entry]));
      return { kind: "duplicate", head, entry };
    },

    async move(ref, move) {
      for (let attempt = 1; ; attempt++) {
        const result = await tryMove(ref, move);
        if (result !== "lost the race") return result;
        if (attempt === moveAttempts)
          throw new DomainError("conflict", "Somebody changed this at the same moment. Try again.");
        await new Promise((resolve) => setTimeout(resolve, pauseBetweenMovesMs * attempt * (0.5 + Math.random())));
      }
    },

    async join(ref, connection) {
      const update = new Update()
        .set(["co", connection.connectionId], connectionItem(connection))
        .copy(inbox.sortKey, "ib");
      const known = `attribute_exists(${update.path("co", connection.connectionId)})`;
      const room = `size(${update.path("co")}) < ${update.value(limits.connectionsPerConversation)}`;
      const { done, item } = await updateHead(ref, update.exists("pk").when(`(${known} OR ${room})`));
      if (item === undefined) return undefined;
      if (done) return headOf(item);
      const leaving = oldestLease(headOf(item).connections);
      if (leaving) await store.leave(ref, [leaving.connectionId]);
      return store.join(ref, connection);
    },

    async renew(ref, connectionId, until) {
      const update = new Update().set(["co", connectionId, "u"], until).exists("co", connectionId);
      const { done, item } = await updateHead(ref, update.copy(inbox.sortKey, "ib"));
      return done ? headOf(item) : undefined;
    },

    async leave(ref, connectionIds) {
      const update = new Update().exists("pk").copy(inbox.sortKey, "ib");
      for (const connectionId of connectionIds) update.remove("co", connectionId);
      const { done, item } = await updateHead(ref, update);
      return done ? headOf(item) : undefined;
    },

    async markRead(ref, { party, seq, connectionId }) {
      const [read, spoke, unread] = party === "visitor" ? (["rv", "n", "uv"] as const) : (["ra", "sv", "ua"] as const);
      const raise = (mark: number, clears: boolean): Update => {
        const update = new Update().set(read, mark).copy(inbox.sortKey, "ib").exists("pk");
        update
          .when(`${update.path(read)} < ${update.value(mark)}`)
          .when(`${update.path("n")} >= ${update.value(mark)}`);
        if (clears) update.set(unread, 0).when(`${update.path(spoke)} <= ${update.value(mark)}`);
        if (connectionId !== undefined) update.exists("co", connectionId);
        return update;
      };
      const first = await updateHead(ref, raise(seq, true));
      if (first.item === undefined) return undefined;
      if (first.done) return { head: headOf(first.item), changed: true };
      if (connectionId !== undefined && !Object.hasOwn(first.item.co, connectionId)) return undefined;
      const mark = Math.min(seq, first.item.n);
      if (mark <= first.item[read]) return { head: headOf(first.item), changed: false };
      // Newer messages are still unread, or the caller named a number that does not exist yet.
      const second = await updateHead(ref, raise(mark, mark >= first.item[spoke]));
      return second.item && { head: headOf(second.item), changed: second.done };
    },

    async raise(ref, consequences) {
      const items = [notifiedUpdate(ref, consequences.notified), ...putOutbox(ref, consequences)];
      return (await transact(client, items)) === "done";
    },

    async visitor(ref) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keys.visitor(ref) }));
      const item = Item as { facts?: VisitorFacts; lead?: Lead } | undefined;
      return item && { facts: item.facts ?? {}, lead: item.lead ?? {} };
    },

    async saveLead(ref, lead) {
      const update = new Update().exists("pk");
      for (const [field, value] of Object.entries(lead)) if (value !== undefined) update.set(["lead", field], value);
      const result = await client
        .send(
          new UpdateCommand({
            TableName,
            Key: keys.visitor(ref),
            ...(Object.keys(lead).length === 0 ? new Update().set("seen", true).exists("pk") : update).expression(),
            ReturnValues: "ALL_NEW",
          }),
        )
        .catch(ignoreConditionFailure);
      if (result === undefined) throw new DomainError("not_found", "There is no such conversation.");
      const saved = (result.Attributes?.lead ?? {}) as Lead;
      const displayName = displayNameOf(saved);
      if (displayName !== undefined) await updateHead(ref, new Update().set("dn", displayName).exists("pk"));
      return saved;
    },

    async createLink(link) {
      await client
        .send(
          new PutCommand({
            TableName,
            Item: {
              ...keys.link(link, link.linkId),
              link,
              expiresAt: Math.floor(link.expiresAt / 1000) + linkKeepSeconds,
            },
            ...absent,
          }),
        )
        .catch(ignoreConditionFailure);
    },

    async link(ref, linkId) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: keys.link(ref, linkId), ConsistentRead: true }),
      );
      return Item && linkOf(Item);
    },

    async revokeLink(ref, linkId, at) {
      const update = new Update().exists("pk");
      update.when(`attribute_not_exists(${update.path("link", "revokedAt")})`).set(["link", "revokedAt"], at);
      await client
        .send(new UpdateCommand({ TableName, Key: keys.link(ref, linkId), ...update.expression() }))
        .catch(ignoreConditionFailure);
      const link = await store.link(ref, linkId);
      if (link === undefined) return undefined;
      // The record is marked before the head is read: whoever joins in between sees the mark when it checks.
      const head = await store.head(ref);
      const connections = head?.connections.filter((each) => each.linkId === linkId) ?? [];
      if (connections.length > 0)
        await store.leave(
          ref,
          connections.map((each) => each.connectionId),
        );
      return { link, connections };
    },

    async recordLinkOpened(ref, linkId, at) {
      const update = new Update().exists("pk").set(["link", "lastOpenedAt"], at);
      const opened = update.path("link", "opened");
      const { UpdateExpression, ...rest } = update.expression();
      await client
        .send(
          new UpdateCommand({
            TableName,
            Key: keys.link(ref, linkId),
            ...rest,
            UpdateExpression: `${UpdateExpression}, ${opened} = ${opened} + :one`,
            ExpressionAttributeNames: { ...rest.ExpressionAttributeNames },
            ExpressionAttributeValues: { ...rest.ExpressionAttributeValues, ":one": 1 },
          }),
        )
        .catch(ignoreConditionFailure);
    },

    async claim(ref, notification, staleAfterMs) {
      const known = await store.notification(ref, notification.notificationId);
      const claimed: Notification = { ...notification, attempts: (known?.attempts ?? 0) + 1 };
      if (known !== undefined && !isFree(known, notification.claimedAt, staleAfterMs)) {
        return { claimed: false, notification: known };
      }
      const condition =
        known === undefined
          ? absent
          : {
              ConditionExpression: "#n.attempts = :attempts AND #n.#s = :state",
              ExpressionAttributeNames: { "#n": "notification", "#s": "state" },
              ExpressionAttributeValues: { ":attempts": known.attempts, ":state": known.state },
            };
      try {
        await client.send(
          new PutCommand({
            TableName,
            Item: {
              ...keys.notification(ref, notification.notificationId),
              notification: claimed,
              rank: stateRank[claimed.state],
            },
            ...condition,
          }),
        );
        return { claimed: true, notification: claimed };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return {
          claimed: false,
          notification: (await store.notification(ref, notification.notificationId)) ?? claimed,
        };
      }
    },

    async settle(ref, notificationId, result) {
      const update = new Update().exists("pk").set("rank", stateRank[result.state]);
      update.when(`${update.path("rank")} <= ${update.value(stateRank[result.state])}`);
      for (const [name, value] of Object.entries(result)) {
        if (value !== undefined) update.set(["notification", name], value);
      }
      await client
        .send(new UpdateCommand({ TableName, Key: keys.notification(ref, notificationId), ...update.expression() }))
        .catch(ignoreConditionFailure);
    },

    async notification(ref, notificationId) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: keys.notification(ref, notificationId), ConsistentRead: true }),
      );
      return (Item as { notification: Notification } | undefined)?.notification;
    },

    async list({ chatbotId, statuses, from, to, limit, after = {} }) {
      const found = await Promise.all(
        inboxPartitions(chatbotId, statuses, from, to).map((partition) => positionsIn(partition, after[partition])),
      );
      async function positionsIn(partition: string, upTo: string | undefined) {
        const [low, high] = inboxRange(from, to);
        const { Items = [] } = await client.send(
          new QueryCommand({
            TableName,
            IndexName: inbox.name,
            KeyConditionExpression: "#p = :p AND #s BETWEEN :low AND :high",
            ExpressionAttributeNames: { "#p": inbox.partitionKey, "#s": inbox.sortKey },
            ExpressionAttributeValues: { ":p": partition, ":low": low, ":high": upTo ?? high },
            ScanIndexForward: false,
            // One more than the page tells whether there is a next one; another for the position itself, which is excluded.
            Limit: limit + 2,
          }),
        );
        return Items.map((item) => ({
          partition,
          position: String(item[inbox.sortKey]),
          ref: refOf(String(item.pk)),
        })).filter(({ position }) => position !== upTo);
      }
      const sorted = found.flat().sort((a, b) => (a.position < b.position ? 1 : -1));
      const page = sorted.slice(0, limit);
      const heads = await readHeads(page.map(({ ref }) => ref));
      const wanted = heads.filter((head) => statuses.includes(head.status));
      if (sorted.length <= limit) return { heads: wanted };
      const next: Record<string, string> = { ...after };
      for (const { partition, position } of page) next[partition] = position;
      return { heads: wanted, after: next satisfies ListPosition };
    },
  };

  /** Heads in the order of the refs; one that is listed twice while the index catches up appears once. */
  async function readHeads(refs: readonly ConversationRef[]): Promise<ConversationHead[]> {
    const unique = new Map(refs.map((ref) => [ref.conversationId, ref]));
    let wanted = [...unique.values()].map((ref) => keys.head(ref) as unknown as Record<string, unknown>);
    const heads = new Map<string, ConversationHead>();
    while (wanted.length > 0) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({ RequestItems: { [TableName]: { Keys: wanted } } }),
      );
      for (const item of Responses?.[TableName] ?? []) {
        const head = headOf(item as HeadItem);
        heads.set(head.conversationId, head);
      }
      wanted = UnprocessedKeys?.[TableName]?.Keys ?? [];
    }
    return [...unique.keys()].flatMap((conversationId) => heads.get(conversationId) ?? []);
  }

  return store;
}

/** Rows of expired links stay readable for the access log: 30 days. */
const linkKeepSeconds = 30 * 24 * 60 * 60;

function moveUpdate(item: HeadItem, next: ConversationHead, entries: readonly Entry[], move: Move): Update {
  const recent = [...entries.map((entry) => entry.id).reverse(), ...recentIds.map((name) => item[name])];
  const position = inboxPosition(next.lastAt, next.conversationId);
  const update = new Update()
    .is("n", item.n)
    .is("st", item.st)
    .is("ep", item.ep)
    .set("st", next.status)
    .set("ep", next.epoch)
    .set("n", next.seq)
    .set("rv", next.read.visitor)
    .set("ra", next.read.agent)
    .set("sv", next.spoke.visitor)
    .set("sa", next.spoke.agent)
    .set("uv", next.unread.visitor)
    .set("ua", next.unread.agent)
    .set("la", next.lastAt)
    .set("ib", position)
    .set(inbox.partitionKey, inboxPartition(next.chatbotId, next.status, next.lastAt))
    .set(inbox.sortKey, position);
  // Read marks and counts may rise between our read and this write without a new number: those races are retried.
  update.is("rv", item.rv).is("ra", item.ra);
  recentIds.forEach((name, i) => {
    update.set(name, recent[i]);
  });
  if (next.last) update.set("l", { b: next.last.by, p: next.last.preview });
  if (next.escalatedAt !== undefined) update.set("es", next.escalatedAt);
  if (next.reference !== undefined) update.set("rf", next.reference);
  if (next.assignee) update.set("as", { i: next.assignee.agentId, n: next.assignee.name });
  if (next.notified.visitor) update.set("nv", awayItem(next.notified.visitor));
  if (next.notified.agent) update.set("na", awayItem(next.notified.agent));
  if (move.connection) {
    const { connectionId } = move.connection;
    update.exists("co", connectionId).set(["co", connectionId], connectionItem(move.connection));
  }
  return update;
}

function linkOf(item: Record<string, unknown>): PortalLink {
  return (item as { link: PortalLink }).link;
}

function isFree(known: Notification, now: number, staleAfterMs: number | undefined): boolean {
  if (known.state === "queued" || known.state === "failed") return true;
  return known.state === "sending" && staleAfterMs !== undefined && known.claimedAt + staleAfterMs <= now;
}

/** The document client leaves an exception's item in wire format. */
function oldItem(item: Record<string, AttributeValue> | undefined): HeadItem | undefined {
  return item === undefined ? undefined : (unmarshall(item) as HeadItem);
}

function ignoreConditionFailure(error: unknown): undefined {
  if (error instanceof ConditionalCheckFailedException) return undefined;
  throw error;
}

/** Runs a transaction. Failed conditions and conflicts are an answer, with the positions that failed; all else throws. */
async function transact(
  client: DynamoDBDocumentClient,
  items: readonly TransactItem[],
): Promise<"done" | { readonly failed: readonly number[] }> {
  try {
    await client.send(new TransactWriteCommand({ TransactItems: [...items] }));
    return "done";
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = error.CancellationReasons ?? [];
    const lost = ["ConditionalCheckFailed", "TransactionConflict"];
    if (!reasons.every(({ Code }) => Code === undefined || Code === "None" || lost.includes(Code))) throw error;
    return { failed: reasons.flatMap(({ Code }, i) => (Code === "ConditionalCheckFailed" ? [i] : [])) };
  }
}
