import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { limits } from "../../contracts/limits.ts";
import type { Entry } from "../../contracts/protocol.ts";
import type { Connection, ConversationRef } from "../../domain/conversation.ts";
import type { Consequences } from "../conversations.ts";
import { conversationKeys as keys } from "../keys.ts";
import { connectionItem, recentIds } from "./head-item.ts";
import { absent, ignoreConditionFailure, type TableAccess, untilWon } from "./table-access.ts";
import { Update } from "./update.ts";

/**
 * The first of the two writes that add an entry: the head takes the next number and the id, unless the id is among the
 * newest already or the writer's socket is not on the head, whose lease it renews.
 */
export function takeNumber(id: string, connection: Connection | undefined): Update {
  const update = new Update().add("n", "n", 1).set("r0", id).exists("pk");
  for (let i = 1; i < recentIds.length; i++) update.copy(recentIds[i]!, recentIds[i - 1]!);
  const value = update.value(id);
  for (const name of recentIds) update.when(`${update.path(name)} <> ${value}`);
  if (connection) {
    update.exists("co", connection.connectionId).set(["co", connection.connectionId], connectionItem(connection));
  }
  return update;
}

/** The second write: the entry, alone or together with what follows from it. One that is there stays as it is. */
export async function putEntry(
  access: TableAccess,
  ref: ConversationRef,
  entry: Entry,
  consequences: Consequences,
): Promise<void> {
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

/** Looks for an entry that a retry may have stored before, above the last number that its sender had. */
export async function findRetried<Kind extends Entry["kind"]>(
  access: TableAccess,
  ref: ConversationRef,
  kind: Kind,
  id: string,
  after: number,
): Promise<Extract<Entry, { kind: Kind }> | undefined> {
  for (let from = after; ; ) {
    const page = await entriesAfter(access, ref, from, limits.entriesPerSync);
    const found = page.find((entry): entry is Extract<Entry, { kind: Kind }> => entry.id === id && entry.kind === kind);
    if (found) return found;
    const last = page.at(-1);
    if (last === undefined || page.length < limits.entriesPerSync) return undefined;
    from = last.seq;
  }
}

export async function entriesAfter(
  access: TableAccess,
  ref: ConversationRef,
  after: number,
  limit: number,
): Promise<Entry[]> {
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
      // A client that was just told a number must find it.
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => (item as { entry: Entry }).entry);
}
