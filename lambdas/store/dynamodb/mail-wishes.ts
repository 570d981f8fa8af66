import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { conversationKeys as keys } from "../keys.ts";
import type { MailWishStore } from "../mail-wishes.ts";
import { outboxItem } from "../outbox.ts";
import { absent, TableAccess, untilWon } from "./table-access.ts";
import { Update } from "./update.ts";

/** One item for each conversation whose customer has wished anything. */
export function createDynamoMailWishes(client: DynamoDBDocumentClient, tableName: string): MailWishStore {
  const TableName = tableName;
  const access = new TableAccess(client, tableName);
  const muted = (recipientHash: string): string => `muted-${recipientHash}`;

  return {
    async mute(ref, recipientHash, at) {
      const update = new Update().set(muted(recipientHash), at);
      await client.send(new UpdateCommand({ TableName, Key: keys.mailWishes(ref), ...update.expression() }));
    },

    async unmute(ref, recipientHash) {
      const update = new Update().remove(muted(recipientHash));
      await client.send(new UpdateCommand({ TableName, Key: keys.mailWishes(ref), ...update.expression() }));
    },

    async isMuted(ref, recipientHash) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: keys.mailWishes(ref), ConsistentRead: true }),
      );
      return Item !== undefined && Object.hasOwn(Item, muted(recipientHash));
    },

    requestTranscript: (ref, detail, limit) => {
      const count = new Update().plus("transcripts", 1);
      const transcripts = count.path("transcripts");
      count.when(`(attribute_not_exists(${transcripts}) OR ${transcripts} < ${count.value(limit)})`);
      return untilWon(async () => {
        const outcome = await access.transact([
          { Update: { TableName, Key: keys.mailWishes(ref), ...count.expression() } },
          { Put: { TableName, Item: outboxItem(ref, { type: "transcript.requested.v1", detail }), ...absent } },
        ]);
        if (outcome === "done") return true;
        const [tooMany, stored] = [outcome.failed.includes(0), outcome.failed.includes(1)];
        return stored || tooMany ? stored : "lost the race";
      });
    },
  };
}
