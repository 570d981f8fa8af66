import { type DynamoDBDocumentClient, GetCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { limits } from "../../contracts/limits.ts";
import { table } from "../../contracts/table.ts";
import type { FileRecord, FileStore } from "../files.ts";
import { conversationKeys as keys } from "../keys.ts";
import { absent, ignoreConditionFailure, TableAccess, untilWon } from "./table-access.ts";
import { Update } from "./update.ts";

/** The record of a file that was never sent outlives its content, which the bucket deletes after two days. */
const unsentKeepSeconds = 3 * 24 * 60 * 60;

export function createDynamoFiles(client: DynamoDBDocumentClient, tableName: string): FileStore {
  const access = new TableAccess(client, tableName);
  const TableName = tableName;
  return {
    async announce(file) {
      const count = new Update().plus("files", 1);
      count.when(
        `(attribute_not_exists(${count.path("files")}) OR ${count.path("files")} < ${count.value(limits.filesPerConversation)})`,
      );
      const expiresAt = Math.floor(file.announcedAt / 1000) + unsentKeepSeconds;
      return untilWon(async () => {
        const outcome = await access.transact([
          { ConditionCheck: { TableName, Key: keys.head(file), ConditionExpression: "attribute_exists(pk)" } },
          { Update: { TableName, Key: keys.fileCount(file), ...count.expression() } },
          {
            Put: {
              TableName,
              Item: { ...keys.file(file, file.fileId), file, [table.timeToLive]: expiresAt },
              ...absent,
            },
          },
        ]);
        if (outcome === "done") return "announced";
        if (outcome.failed.includes(0)) return "not_found";
        return outcome.failed.includes(1) ? "full" : "lost the race";
      });
    },

    async get(ref, fileId) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: keys.file(ref, fileId), ConsistentRead: true }),
      );
      return (Item as { file: FileRecord } | undefined)?.file;
    },

    async markSent(ref, fileId, at) {
      const update = new Update().exists("pk").set(["file", "sentAt"], at).remove(table.timeToLive);
      update.when(`attribute_not_exists(${update.path("file", "sentAt")})`);
      await client
        .send(new UpdateCommand({ TableName, Key: keys.file(ref, fileId), ...update.expression() }))
        .catch(ignoreConditionFailure);
    },

    async ofConversation(ref) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
          ExpressionAttributeValues: { ":pk": keys.partition(ref), ":prefix": keys.filePrefix },
          ConsistentRead: true,
        }),
      );
      return Items.map((item) => (item as { file: FileRecord }).file);
    },
  };
}
