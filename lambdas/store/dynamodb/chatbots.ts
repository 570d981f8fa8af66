import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { ChatbotSettings } from "../../contracts/settings.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Chatbot, ChatbotStore, KnowledgeEntry } from "../chatbots.ts";
import { chatbotKeys as keys } from "../keys.ts";

interface ConfigItem {
  readonly version: number;
  readonly settings: unknown;
  readonly plan: Plan;
  readonly sealed?: Chatbot["sealed"];
}

/** BatchWriteItem takes 25 items at most. */
const batchSize = 25;

export function createDynamoChatbots(client: DynamoDBDocumentClient, tableName: string): ChatbotStore {
  const TableName = tableName;

  const chatbotOf = (chatbotId: string, item: ConfigItem): Chatbot => ({
    chatbotId,
    version: item.version,
    // Settings of an older version lack what came later: parsing fills in the defaults.
    settings: ChatbotSettings.parse(item.settings),
    plan: item.plan,
    sealed: item.sealed ?? {},
  });

  return {
    async get(chatbotId) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: keys.config(chatbotId), ConsistentRead: true }),
      );
      return Item && chatbotOf(chatbotId, Item as unknown as ConfigItem);
    },

    async put({ chatbotId, ...config }) {
      await client.send(new PutCommand({ TableName, Item: { ...keys.config(chatbotId), ...config } }));
    },

    async update(chatbotId, basedOn, change) {
      try {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName,
            Key: keys.config(chatbotId),
            UpdateExpression: "SET #settings = :settings, #sealed = :sealed, #version = :next",
            ConditionExpression: "#version = :basedOn",
            ExpressionAttributeNames: { "#settings": "settings", "#sealed": "sealed", "#version": "version" },
            ExpressionAttributeValues: {
              ":settings": change.settings,
              ":sealed": change.sealed,
              ":basedOn": basedOn,
              ":next": basedOn + 1,
            },
            ReturnValues: "ALL_NEW",
          }),
        );
        return chatbotOf(chatbotId, Attributes as unknown as ConfigItem);
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },

    async takeMail(chatbotId, month, limit) {
      if (limit <= 0) return false;
      try {
        await client.send(
          new UpdateCommand({
            TableName,
            Key: keys.mailCount(chatbotId, month),
            UpdateExpression: "ADD #count :one",
            ConditionExpression: "attribute_not_exists(#count) OR #count < :limit",
            ExpressionAttributeNames: { "#count": "count" },
            ExpressionAttributeValues: { ":one": 1, ":limit": limit },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    async returnMail(chatbotId, month) {
      try {
        await client.send(
          new UpdateCommand({
            TableName,
            Key: keys.mailCount(chatbotId, month),
            UpdateExpression: "ADD #count :back",
            ConditionExpression: "#count > :zero",
            ExpressionAttributeNames: { "#count": "count" },
            ExpressionAttributeValues: { ":back": -1, ":zero": 0 },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    async mailsUsed(chatbotId, month) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keys.mailCount(chatbotId, month) }));
      return Number(Item?.count ?? 0);
    },

    async knowledge(chatbotId) {
      const entries: KnowledgeEntry[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
            ExpressionAttributeValues: { ":pk": keys.partition(chatbotId), ":prefix": keys.knowledgePrefix },
            ...(from ? { ExclusiveStartKey: from } : {}),
          }),
        );
        entries.push(...Items.map((item) => (item as { entry: KnowledgeEntry }).entry));
        from = LastEvaluatedKey;
      } while (from);
      return entries;
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
    },
  };
}
