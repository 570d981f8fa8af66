import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { isLive } from "../../domain/presence.ts";
import { chatbotKeys as keys, ticketKey } from "../keys.ts";
import {
  type MemberStore,
  type Membership,
  ownersWithout,
  type TeamSocket,
  type TeamStore,
  type TicketStore,
} from "../members.ts";
import { TableAccess, type TransactItem, untilWon } from "./table-access.ts";

/**
 * Both directions are written together, so that neither list can miss a member that the other has. Whoever stops being
 * an owner does so in a transaction that names another one who stays.
 */
export function createDynamoMembers(client: DynamoDBDocumentClient, TableName: string): MemberStore {
  const access = new TableAccess(client, TableName);

  async function membersWith(pk: string, prefix: string): Promise<Membership[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: { ":pk": pk, ":prefix": prefix },
        ConsistentRead: true,
      }),
    );
    return Items.map((item) => (item as { membership: Membership }).membership);
  }

  const ofChatbot = (chatbotId: string) => membersWith(keys.partition(chatbotId), keys.memberPrefix);

  /** Writes if the member still has this role, or is still none, and if `staying` is still an owner. */
  async function replace(
    { agentId, chatbotId }: Pick<Membership, "agentId" | "chatbotId">,
    known: Membership | undefined,
    next: Membership | undefined,
    staying: Membership | undefined,
  ): Promise<"done" | "lost the race"> {
    const unchanged = roleIs(known?.role);
    const [first, second] = [keys.membership(agentId, chatbotId), keys.member(chatbotId, agentId)];
    const items: TransactItem[] =
      next === undefined
        ? [{ Delete: { TableName, Key: first, ...unchanged } }, { Delete: { TableName, Key: second } }]
        : [
            { Put: { TableName, Item: { ...first, membership: next }, ...unchanged } },
            { Put: { TableName, Item: { ...second, membership: next } } },
          ];
    if (staying !== undefined) {
      const Key = keys.membership(staying.agentId, chatbotId);
      items.push({ ConditionCheck: { TableName, Key, ...roleIs("owner") } });
    }
    return (await access.transact(items)) === "done" ? "done" : "lost the race";
  }

  return {
    async get(agentId, chatbotId) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keys.membership(agentId, chatbotId) }));
      return (Item as { membership: Membership } | undefined)?.membership;
    },
    ofAgent: (agentId) => membersWith(keys.agentPartition(agentId), "B#"),
    ofChatbot,
    put(membership) {
      return untilWon(async () => {
        const all = await ofChatbot(membership.chatbotId);
        const { known, staying, isLastOwner } = ownersWithout(all, membership.agentId);
        if (membership.role === "owner") return replace(membership, known, membership, undefined);
        return isLastOwner ? "last_owner" : replace(membership, known, membership, staying);
      });
    },
    remove(agentId, chatbotId) {
      return untilWon(async () => {
        const all = await ofChatbot(chatbotId);
        const { known, staying, isLastOwner } = ownersWithout(all, agentId);
        if (known === undefined) return "unknown";
        return isLastOwner ? "last_owner" : replace(known, known, undefined, staying);
      });
    },
  };
}

function roleIs(role: Membership["role"] | undefined) {
  if (role === undefined) return { ConditionExpression: "attribute_not_exists(pk)" };
  return {
    ConditionExpression: "#membership.#role = :role",
    ExpressionAttributeNames: { "#membership": "membership", "#role": "role" },
    ExpressionAttributeValues: { ":role": role },
  };
}

export function createDynamoTeam(client: DynamoDBDocumentClient, tableName: string): TeamStore {
  const TableName = tableName;
  return {
    async join(socket) {
      // An update, not a put: the same socket may have entered a conversation a moment before.
      await client.send(
        new UpdateCommand({
          TableName,
          Key: keys.teamSocket(socket.chatbotId, socket.connectionId),
          UpdateExpression: "SET #socket = :socket, expiresAt = :until",
          ExpressionAttributeNames: { "#socket": "socket" },
          ExpressionAttributeValues: { ":socket": socket, ":until": socket.until },
        }),
      );
    },
    async renew(chatbotId, connectionId, until) {
      try {
        await client.send(
          new UpdateCommand({
            TableName,
            Key: keys.teamSocket(chatbotId, connectionId),
            UpdateExpression: "SET #socket.#until = :until, expiresAt = :until",
            ConditionExpression: "attribute_exists(#socket)",
            ExpressionAttributeNames: { "#socket": "socket", "#until": "until" },
            ExpressionAttributeValues: { ":until": until },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    async watch(chatbotId, connectionId, conversationId) {
      await client.send(
        new UpdateCommand({
          TableName,
          Key: keys.teamSocket(chatbotId, connectionId),
          UpdateExpression: "ADD watching :conversation SET expiresAt = if_not_exists(expiresAt, :day)",
          ExpressionAttributeValues: {
            ":conversation": new Set([conversationId]),
            ":day": secondsFromNow(24 * 60 * 60),
          },
        }),
      );
    },
    async leave(chatbotId, connectionId) {
      const { Attributes } = await client.send(
        new DeleteCommand({ TableName, Key: keys.teamSocket(chatbotId, connectionId), ReturnValues: "ALL_OLD" }),
      );
      return [...((Attributes?.watching as Set<string> | undefined) ?? [])];
    },
    async present(chatbotId, now) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": keys.teamPartition(chatbotId) },
        }),
      );
      return Items.flatMap((item) => (item as { socket?: TeamSocket }).socket ?? []).filter((each) =>
        isLive(each.until, now),
      );
    },
  };
}

export function createDynamoTickets(client: DynamoDBDocumentClient, tableName: string): TicketStore {
  return {
    async useOnce(ticketId, expiresAt) {
      try {
        await client.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...ticketKey(ticketId), expiresAt },
            ConditionExpression: "attribute_not_exists(pk)",
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

/** A socket lives for two hours at most ("Quotas for configuring and running a WebSocket API"): a day is long enough. */
const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
