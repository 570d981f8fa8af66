import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { AgentNotifications } from "../../contracts/http.ts";
import {
  type AgentAlerts,
  type AgentNotificationStore,
  firstAlerts,
  type PushDevice,
  withDevice,
  withoutDevice,
} from "../agent-notifications.ts";
import { chatbotKeys, deploymentKeys } from "../keys.ts";
import type { PushKeyStore, StoredPushKeys } from "../push-keys.ts";
import { absent, ignoreConditionFailure, untilWon } from "./table-access.ts";

interface AlertsItem {
  readonly sk: string;
  readonly preferences: unknown;
  readonly devices: readonly PushDevice[];
  /** Grows with every write; a write says which one it is based on. */
  readonly version: number;
}

/** A test's counter is of no use after its minute; an hour is for whoever looks. Seconds. */
const keepTestSeconds = 60 * 60;

/** Preferences and devices are one item: telling a chatbot's agents is one Query, and a limit of devices can't be passed by two. */
export function createDynamoAgentNotifications(
  client: DynamoDBDocumentClient,
  TableName: string,
): AgentNotificationStore {
  async function item(chatbotId: string, agentId: string): Promise<AlertsItem | undefined> {
    const { Item } = await client.send(
      new GetCommand({ TableName, Key: chatbotKeys.alerts(chatbotId, agentId), ConsistentRead: true }),
    );
    return Item as AlertsItem | undefined;
  }

  /** Writes what `change` makes of the stored; `undefined` leaves it as it is. */
  function change(
    chatbotId: string,
    agentId: string,
    next: (alerts: AgentAlerts) => AgentAlerts | undefined,
  ): Promise<"done" | "unchanged"> {
    return untilWon(async () => {
      const known = await item(chatbotId, agentId);
      const changed = next(known === undefined ? firstAlerts(agentId) : alertsOf(known));
      if (changed === undefined) return "unchanged";
      const { preferences, devices } = changed;
      const Item = {
        ...chatbotKeys.alerts(chatbotId, agentId),
        preferences,
        devices,
        version: (known?.version ?? 0) + 1,
      };
      const condition =
        known === undefined
          ? absent
          : {
              ConditionExpression: "#version = :known",
              ExpressionAttributeNames: { "#version": "version" },
              ExpressionAttributeValues: { ":known": known.version },
            };
      try {
        await client.send(new PutCommand({ TableName, Item, ...condition }));
        return "done";
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return "lost the race";
        throw error;
      }
    });
  }

  return {
    async get(chatbotId, agentId) {
      const known = await item(chatbotId, agentId);
      return known === undefined ? firstAlerts(agentId) : alertsOf(known);
    },
    async ofChatbot(chatbotId) {
      const found: AgentAlerts[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: "pk = :pk",
            ExpressionAttributeValues: { ":pk": chatbotKeys.alertsPartition(chatbotId) },
            ...(from ? { ExclusiveStartKey: from } : {}),
          }),
        );
        found.push(...Items.map((each) => alertsOf(each as unknown as AlertsItem)));
        from = LastEvaluatedKey;
      } while (from);
      return found;
    },
    async writePreferences(chatbotId, agentId, preferences) {
      await change(chatbotId, agentId, (alerts) => ({ ...alerts, preferences }));
    },
    async putDevice(chatbotId, agentId, device) {
      return (await change(chatbotId, agentId, (alerts) => withDevice(alerts, device))) === "done";
    },
    async removeDevice(chatbotId, agentId, deviceId, endpoint) {
      await change(chatbotId, agentId, (alerts) => {
        const changed = withoutDevice(alerts, deviceId, endpoint);
        return changed.devices.length === alerts.devices.length ? undefined : changed;
      });
    },
    async remove(chatbotId, agentId) {
      await client.send(new DeleteCommand({ TableName, Key: chatbotKeys.alerts(chatbotId, agentId) }));
    },
    async takeTest(chatbotId, minute, limit) {
      try {
        await client.send(
          new UpdateCommand({
            TableName,
            Key: chatbotKeys.testCount(chatbotId, minute),
            UpdateExpression: "ADD #count :one SET expiresAt = :expiresAt",
            ConditionExpression: "attribute_not_exists(#count) OR #count < :limit",
            ExpressionAttributeNames: { "#count": "count" },
            ExpressionAttributeValues: { ":one": 1, ":limit": limit, ":expiresAt": minute * 60 + keepTestSeconds },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}

export function createDynamoPushKeys(client: DynamoDBDocumentClient, TableName: string): PushKeyStore {
  async function get(): Promise<StoredPushKeys | undefined> {
    const { Item } = await client.send(
      new GetCommand({ TableName, Key: deploymentKeys.pushKeys(), ConsistentRead: true }),
    );
    return (Item as { keys: StoredPushKeys } | undefined)?.keys;
  }
  return {
    get,
    async keepFirst(keys) {
      await client
        .send(new PutCommand({ TableName, Item: { ...deploymentKeys.pushKeys(), keys }, ...absent }))
        .catch(ignoreConditionFailure);
      return (await get()) ?? keys;
    },
  };
}

/** What came later than the item is filled in by parsing. */
function alertsOf({ sk, preferences, devices }: AlertsItem): AgentAlerts {
  return { agentId: sk, preferences: AgentNotifications.parse(preferences), devices };
}
