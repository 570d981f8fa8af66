import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import type { Plan } from "../../domain/plan.ts";
import type { Chatbot, ChatbotStore } from "../chatbots.ts";
import { inbox, chatbotKeys as keys, retentionPartition } from "../keys.ts";
import { storedSettings } from "../stored-settings.ts";
import { createDynamoKnowledge } from "./knowledge.ts";
import { Update } from "./update.ts";

interface ConfigItem {
  readonly version: number;
  readonly settings: unknown;
  readonly plan: Plan;
  readonly sealed?: Chatbot["sealed"];
}

export function createDynamoChatbots(client: DynamoDBDocumentClient, tableName: string): ChatbotStore {
  const TableName = tableName;

  const chatbotOf = (chatbotId: string, item: ConfigItem): Chatbot => ({
    chatbotId,
    version: item.version,
    settings: storedSettings(item.settings),
    plan: item.plan,
    sealed: item.sealed ?? {},
  });

  return {
    ...createDynamoKnowledge(client, tableName),

    async get(chatbotId) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: keys.config(chatbotId), ConsistentRead: true }),
      );
      return Item && chatbotOf(chatbotId, Item as unknown as ConfigItem);
    },

    async put({ chatbotId, ...config }) {
      const Item = { ...keys.config(chatbotId), ...config, ...listing(chatbotId, config.settings) };
      await client.send(new PutCommand({ TableName, Item }));
    },

    async update(chatbotId, basedOn, change) {
      try {
        const update = new Update().is("version", basedOn).set("version", basedOn + 1);
        update.set("settings", change.settings).set("sealed", change.sealed);
        const listed = Object.entries(listing(chatbotId, change.settings));
        for (const [name, value] of listed) update.set(name, value);
        if (listed.length === 0) update.remove(inbox.partitionKey).remove(inbox.sortKey);
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName,
            Key: keys.config(chatbotId),
            ...update.expression(),
            ReturnValues: "ALL_NEW",
          }),
        );
        return chatbotOf(chatbotId, Attributes as unknown as ConfigItem);
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },

    async withRetention() {
      const ids: string[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName,
            IndexName: inbox.name,
            KeyConditionExpression: "#p = :p",
            ExpressionAttributeNames: { "#p": inbox.partitionKey },
            ExpressionAttributeValues: { ":p": retentionPartition },
            ...(from ? { ExclusiveStartKey: from } : {}),
          }),
        );
        ids.push(...Items.map((item) => String(item[inbox.sortKey])));
        from = LastEvaluatedKey;
      } while (from);
      return ids;
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
  };
}

/** A chatbot that erases its conversations is listed in the index, so that the daily round need not read the table. */
function listing(chatbotId: string, { retention }: Pick<Chatbot["settings"], "retention">): Record<string, string> {
  return retention.days > 0 ? { [inbox.partitionKey]: retentionPartition, [inbox.sortKey]: chatbotId } : {};
}
