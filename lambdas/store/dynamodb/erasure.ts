import { BatchWriteCommand, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { table } from "../../contracts/table.ts";
import type { ConversationRef } from "../../domain/conversation.ts";
import type { ConversationStore, Erasure } from "../conversations.ts";
import { erasureKeepSeconds } from "../conversations.ts";
import { conversationKeys as keys } from "../keys.ts";
import { headOf } from "./head-item.ts";
import { absent, type TableAccess, untilWon } from "./table-access.ts";

/** BatchWriteItem takes 25 items at most. */
const batchSize = 25;

/** Erasing in two steps: the head gives way to a tombstone, and then everything else is deleted in portions. */
export function createErasure(access: TableAccess): Pick<ConversationStore, "erase" | "erasure" | "sweep"> {
  const { TableName, client } = access;

  async function erasure(ref: ConversationRef): Promise<Erasure | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName, Key: keys.erased(ref), ConsistentRead: true }));
    return (Item as { erasure: Erasure } | undefined)?.erasure;
  }

  return {
    erasure,

    erase: (ref, given, events) =>
      untilWon(async () => {
        const item = await access.readHead(ref);
        if (item === undefined) {
          return (await erasure(ref)) === undefined ? { kind: "not_found" as const } : { kind: "settled" as const };
        }
        const expiresAt = Math.floor(given.at / 1000) + erasureKeepSeconds;
        const outcome = await access.transact([
          { Delete: { TableName, Key: keys.head(ref), ConditionExpression: "attribute_exists(pk)" } },
          {
            Put: { TableName, Item: { ...keys.erased(ref), erasure: given, [table.timeToLive]: expiresAt }, ...absent },
          },
          ...access.putOutbox(ref, { events }),
        ]);
        return outcome === "done" ? { kind: "erased" as const, head: headOf(item) } : "lost the race";
      }),

    async sweep(ref, limit) {
      // What is alive is never swept, whoever asks.
      if ((await erasure(ref)) === undefined) return "not_erased";
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": keys.partition(ref) },
          ProjectionExpression: "pk, sk",
          // Backwards: the lead, the ledger and the links go before the messages.
          ScanIndexForward: false,
          Limit: limit + 1,
          ConsistentRead: true,
        }),
      );
      const doomed = Items.filter(({ sk }) => sk !== keys.erased(ref).sk);
      for (let start = 0; start < doomed.length; start += batchSize) {
        let requests = doomed.slice(start, start + batchSize).map((Key) => ({ DeleteRequest: { Key } }));
        while (requests.length > 0) {
          const { UnprocessedItems } = await client.send(
            new BatchWriteCommand({ RequestItems: { [TableName]: requests } }),
          );
          requests = (UnprocessedItems?.[TableName] ?? []) as typeof requests;
        }
      }
      return LastEvaluatedKey === undefined ? "swept" : "more";
    },
  };
}
