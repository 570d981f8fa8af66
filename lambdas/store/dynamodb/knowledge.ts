import {
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { chatbotKeys as keys } from "../keys.ts";
import type { KnowledgeEntry, KnowledgeStore } from "../knowledge.ts";
import { TableAccess, type TransactItem, untilWon } from "./table-access.ts";

/** BatchWriteItem takes 25 items at most. */
const batchSize = 25;

/**
 * Every change of an entry is one transaction with the item that counts the entries and numbers the changes: so the limit
 * holds, and whoever keeps the entries learns with one small read whether they still stand.
 */
export function createDynamoKnowledge(client: DynamoDBDocumentClient, TableName: string): KnowledgeStore {
  const access = new TableAccess(client, TableName);

  function putEntry(chatbotId: string, entry: KnowledgeEntry, ConditionExpression: string): TransactItem {
    return { Put: { TableName, Item: { ...keys.knowledge(chatbotId, entry.entryId), entry }, ConditionExpression } };
  }

  /** `limit`: refuses to count one more than that. */
  function countChange(chatbotId: string, entries: -1 | 0 | 1, limit?: number): TransactItem {
    return {
      Update: {
        TableName,
        Key: keys.knowledgeState(chatbotId),
        UpdateExpression: "ADD #version :one, #entries :entries",
        ...(limit === undefined ? {} : { ConditionExpression: "attribute_not_exists(#entries) OR #entries < :limit" }),
        ExpressionAttributeNames: { "#version": "version", "#entries": "entries" },
        ExpressionAttributeValues: {
          ":one": 1,
          ":entries": entries,
          ...(limit === undefined ? {} : { ":limit": limit }),
        },
      },
    };
  }

  async function knowledge(chatbotId: string): Promise<KnowledgeEntry[]> {
    const entries: KnowledgeEntry[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
          ExpressionAttributeValues: { ":pk": keys.partition(chatbotId), ":prefix": keys.knowledgePrefix },
          // Kept under a version that was read before: an older state would stay for as long.
          ConsistentRead: true,
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      );
      entries.push(...Items.map((item) => (item as { entry: KnowledgeEntry }).entry));
      from = LastEvaluatedKey;
    } while (from);
    return entries;
  }

  return {
    knowledge,

    async knowledgeVersion(chatbotId) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: keys.knowledgeState(chatbotId), ConsistentRead: true }),
      );
      return Number(Item?.version ?? 0);
    },

    async knowledgeEntry(chatbotId, entryId) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: keys.knowledge(chatbotId, entryId), ConsistentRead: true }),
      );
      return (Item as { entry: KnowledgeEntry } | undefined)?.entry;
    },

    saveKnowledgeEntry(chatbotId, entry, limit) {
      return untilWon(async () => {
        const added = await access.transact([
          putEntry(chatbotId, entry, "attribute_not_exists(pk)"),
          countChange(chatbotId, 1, limit),
        ]);
        if (added === "done") return true;
        const [first] = added.failed;
        if (first === 1) return false;
        if (first === undefined) return "lost the race";
        const replaced = await access.transact([
          putEntry(chatbotId, entry, "attribute_exists(pk)"),
          countChange(chatbotId, 0),
        ]);
        return replaced === "done" ? true : "lost the race";
      });
    },

    deleteKnowledgeEntry(chatbotId, entryId) {
      return untilWon(async () => {
        const deleted = await access.transact([
          {
            Delete: {
              TableName,
              Key: keys.knowledge(chatbotId, entryId),
              ConditionExpression: "attribute_exists(pk)",
            },
          },
          countChange(chatbotId, -1),
        ]);
        if (deleted === "done") return true;
        return deleted.failed.length > 0 ? false : "lost the race";
      });
    },

    async putKnowledge(chatbotId, entries) {
      const puts = entries.map((entry) => ({
        PutRequest: { Item: { ...keys.knowledge(chatbotId, entry.entryId), entry } as Record<string, unknown> },
      }));
      for (let start = 0; start < puts.length; start += batchSize) {
        let batch: unknown[] = puts.slice(start, start + batchSize);
        while (batch.length > 0) {
          const { UnprocessedItems } = await client.send(
            new BatchWriteCommand({ RequestItems: { [TableName]: batch as typeof puts } }),
          );
          batch = UnprocessedItems?.[TableName] ?? [];
        }
      }
      const { length } = await knowledge(chatbotId);
      await client.send(
        new UpdateCommand({
          TableName,
          Key: keys.knowledgeState(chatbotId),
          UpdateExpression: "SET #entries = :length ADD #version :one",
          ExpressionAttributeNames: { "#version": "version", "#entries": "entries" },
          ExpressionAttributeValues: { ":length": length, ":one": 1 },
        }),
      );
    },
  };
}
