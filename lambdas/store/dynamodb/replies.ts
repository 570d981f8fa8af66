import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { CannedReply } from "../../contracts/http.ts";
import { chatbotKeys as keys } from "../keys.ts";
import { foldedShortcut, type ReplyStore } from "../replies.ts";

/** One item each, so that two people who edit different replies never meet. */
export function createDynamoReplies(client: DynamoDBDocumentClient, TableName: string): ReplyStore {
  const keyOf = (chatbotId: string, shortcut: string) => keys.reply(chatbotId, foldedShortcut(shortcut));
  return {
    async list(chatbotId) {
      const replies: CannedReply[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
            ExpressionAttributeValues: { ":pk": keys.partition(chatbotId), ":prefix": keys.replyPrefix },
            // Who has just written one wants to see it in the list.
            ConsistentRead: true,
            ...(from ? { ExclusiveStartKey: from } : {}),
          }),
        );
        replies.push(...Items.map((item) => (item as { reply: CannedReply }).reply));
        from = LastEvaluatedKey;
      } while (from);
      return replies;
    },
    async put(chatbotId, reply) {
      await client.send(new PutCommand({ TableName, Item: { ...keyOf(chatbotId, reply.shortcut), reply } }));
    },
    async remove(chatbotId, shortcut) {
      const { Attributes } = await client.send(
        new DeleteCommand({ TableName, Key: keyOf(chatbotId, shortcut), ReturnValues: "ALL_OLD" }),
      );
      return Attributes !== undefined;
    },
  };
}
