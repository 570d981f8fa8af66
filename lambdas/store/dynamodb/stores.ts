import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Stores } from "../stores.ts";
import { createDynamoAgentNotifications, createDynamoPushKeys } from "./agent-notifications.ts";
import { createDynamoChatbots } from "./chatbots.ts";
import { createDynamoConversations } from "./conversations.ts";
import { createDynamoFiles } from "./files.ts";
import { createDynamoMailWishes } from "./mail-wishes.ts";
import { createDynamoMembers, createDynamoTeam, createDynamoTickets } from "./members.ts";
import { createDynamoReplies } from "./replies.ts";
import { createDynamoStatistics } from "./statistics.ts";

/** All stores over the one table. */
export function createDynamoStores({ client, tableName }: { client: DynamoDBClient; tableName: string }): Stores {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return {
    conversations: createDynamoConversations(documents, tableName),
    chatbots: createDynamoChatbots(documents, tableName),
    mailWishes: createDynamoMailWishes(documents, tableName),
    members: createDynamoMembers(documents, tableName),
    team: createDynamoTeam(documents, tableName),
    tickets: createDynamoTickets(documents, tableName),
    files: createDynamoFiles(documents, tableName),
    replies: createDynamoReplies(documents, tableName),
    statistics: createDynamoStatistics(documents, tableName),
    agentNotifications: createDynamoAgentNotifications(documents, tableName),
    pushKeys: createDynamoPushKeys(documents, tableName),
  };
}
