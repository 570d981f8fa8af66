import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { ConversationStore, Notification } from "../conversations.ts";
import { stateRank } from "../head.ts";
import { conversationKeys as keys } from "../keys.ts";
import { absent, ignoreConditionFailure, type TableAccess } from "./table-access.ts";
import { Update } from "./update.ts";

/** The notification ledger: one item per effect outside. */
export function createLedger(access: TableAccess): Pick<ConversationStore, "claim" | "settle" | "notification"> {
  const parts: Pick<ConversationStore, "claim" | "settle" | "notification"> = {
    async claim(ref, notification, staleAfterMs) {
      const known = await parts.notification(ref, notification.notificationId);
      const claimed: Notification = { ...notification, attempts: (known?.attempts ?? 0) + 1 };
      if (known !== undefined && !isFree(known, notification.claimedAt, staleAfterMs)) {
        return { claimed: false, notification: known };
      }
      const condition =
        known === undefined
          ? absent
          : {
              ConditionExpression: "#n.attempts = :attempts AND #n.#s = :state",
              ExpressionAttributeNames: { "#n": "notification", "#s": "state" },
              ExpressionAttributeValues: { ":attempts": known.attempts, ":state": known.state },
            };
      try {
        await access.client.send(
          new PutCommand({
            TableName: access.TableName,
            Item: {
              ...keys.notification(ref, notification.notificationId),
              notification: claimed,
              rank: stateRank[claimed.state],
            },
            ...condition,
          }),
        );
        return { claimed: true, notification: claimed };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return {
          claimed: false,
          notification: (await parts.notification(ref, notification.notificationId)) ?? claimed,
        };
      }
    },

    async settle(ref, notificationId, result) {
      const update = new Update().exists("pk").set("rank", stateRank[result.state]);
      update.when(`${update.path("rank")} <= ${update.value(stateRank[result.state])}`);
      for (const [name, value] of Object.entries(result)) {
        if (value !== undefined) update.set(["notification", name], value);
      }
      await access.client
        .send(
          new UpdateCommand({
            TableName: access.TableName,
            Key: keys.notification(ref, notificationId),
            ...update.expression(),
          }),
        )
        .catch(ignoreConditionFailure);
    },

    async notification(ref, notificationId) {
      const { Item } = await access.client.send(
        new GetCommand({
          TableName: access.TableName,
          Key: keys.notification(ref, notificationId),
          ConsistentRead: true,
        }),
      );
      return (Item as { notification: Notification } | undefined)?.notification;
    },
  };
  return parts;
}

function isFree(known: Notification, now: number, staleAfterMs: number | undefined): boolean {
  if (known.state === "queued" || known.state === "failed") return true;
  return known.state === "sending" && staleAfterMs !== undefined && known.claimedAt + staleAfterMs <= now;
}
