import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Stores } from "../stores.ts";
import { createDynamoChatbots } from "./chatbots.ts";
import { createDynamoConversations } from "./conversations.ts";
import { createDynamoMembers, createDynamoTeam, createDynamoTickets } from "./members.ts";

/** All stores over the one table. */
export function createDynamoStores({ client, tableName }: { client: DynamoDBClient; tableName: string }): Stores {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return {
    conversations: createDynamoConversations(documents, tableName),
    chatbots: createDynamoChatbots(documents, tableName),
    members: createDynamoMembers(documents, tableName),
    team: createDynamoTeam(documents, tableName),
    tickets: createDynamoTickets(documents, tableName),
  };
}
