import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { limits } from "../../contracts/limits.ts";
import type { Entry, MessageEntry } from "../../contracts/protocol.ts";
import type { ConversationRef } from "../../domain/conversation.ts";
import type { Append, AppendResult, Consequences, ConversationStore, Refusal } from "../conversations.ts";
import { messageEntry, preview } from "../head.ts";
import { inbox, inboxPosition, conversationKeys as keys } from "../keys.ts";
import { connectionItem, type HeadItem, headOf, recentIds, seqOfRecent } from "./head-item.ts";
import { absent, ignoreConditionFailure, type TableAccess, untilWon } from "./table-access.ts";
import { Update } from "./update.ts";

/** Messages: two writes and no read each. */
export function createAppends(access: TableAccess): Pick<ConversationStore, "append" | "entriesAfter"> {
  /** The second write of an append: the entry, alone or together with what follows from it. */
  async function putEntry(ref: ConversationRef, entry: MessageEntry, consequences: Consequences): Promise<void> {
    const put = { TableName: access.TableName, Item: { ...keys.entry(ref, entry.seq), entry }, ...absent };
    let { events, notified } = consequences;
    await untilWon(async () => {
      if (events.length === 0) {
        await access.client.send(new PutCommand(put)).catch(ignoreConditionFailure);
        return;
      }
      const outcome = await access.transact([
        { Put: put },
        ...access.putOutbox(ref, { events }),
        ...(notified ? [access.markNotified(ref, notified)] : []),
      ]);
      // The entry is there: an earlier attempt stored it, with what follows from it.
      if (outcome === "done" || outcome.failed.includes(0)) return;
      if (outcome.failed.length > 0) {
        // Another message told this away period in the meantime: what is left is the entry and the other events.
        events = events.filter(({ type }) => type !== "message.unseen.v1");
        notified = undefined;
      }
      return "lost the race" as const;
    });
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
    const { Items = [] } = await access.client.send(
      new QueryCommand({
        TableName: access.TableName,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
        ExpressionAttributeValues: {
          ":pk": keys.partition(ref),
          ":from": keys.entriesFrom(after + 1),
          ":to": keys.lastEntry,
        },
        Limit: limit,
        // A access.client that was just told a number must find it.
        ConsistentRead: true,
      }),
    );
    return Items.map((item) => (item as { entry: Entry }).entry);
  }

  return {
    entriesAfter,

    async append(ref, append): Promise<AppendResult> {
      if (append.retryAfter !== undefined) {
        const entry = await findRetried(ref, append.message.id, append.retryAfter);
        const item = entry && (await access.readHead(ref));
        if (entry && item) return { kind: "duplicate", head: headOf(item), entry };
      }
      const { done, item } = await access.updateHead(ref, appendUpdate(ref, append));
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
  };
}

/** The first write: the head takes the next number, under every condition that the message has. */
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
