import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { ConversationStore, PortalLink } from "../conversations.ts";
import { conversationKeys as keys } from "../keys.ts";
import { headOf } from "./head-item.ts";
import { absent, ignoreConditionFailure, type TableAccess } from "./table-access.ts";
import { Update } from "./update.ts";

/** Rows of expired links stay readable for the access log: 30 days. */
const linkKeepSeconds = 30 * 24 * 60 * 60;

/** Records of portal links. `leave` takes the sockets of a revoked link off the head. */
export function createPortalLinks(
  access: TableAccess,
  { leave }: Pick<ConversationStore, "leave">,
): Pick<ConversationStore, "createLink" | "link" | "revokeLink" | "recordLinkOpened"> {
  const parts: Pick<ConversationStore, "createLink" | "link" | "revokeLink" | "recordLinkOpened"> = {
    async createLink(link) {
      await access.client
        .send(
          new PutCommand({
            TableName: access.TableName,
            Item: {
              ...keys.link(link, link.linkId),
              link,
              expiresAt: Math.floor(link.expiresAt / 1000) + linkKeepSeconds,
            },
            ...absent,
          }),
        )
        .catch(ignoreConditionFailure);
    },

    async link(ref, linkId) {
      const { Item } = await access.client.send(
        new GetCommand({ TableName: access.TableName, Key: keys.link(ref, linkId), ConsistentRead: true }),
      );
      return Item && linkOf(Item);
    },

    async revokeLink(ref, linkId, at) {
      const update = new Update().exists("pk");
      update.when(`attribute_not_exists(${update.path("link", "revokedAt")})`).set(["link", "revokedAt"], at);
      await access.client
        .send(new UpdateCommand({ TableName: access.TableName, Key: keys.link(ref, linkId), ...update.expression() }))
        .catch(ignoreConditionFailure);
      const link = await parts.link(ref, linkId);
      if (link === undefined) return undefined;
      // The record is marked before the head is read: whoever joins in between sees the mark when it checks.
      const item = await access.readHead(ref);
      const connections = item ? headOf(item).connections.filter((each) => each.linkId === linkId) : [];
      if (connections.length > 0)
        await leave(
          ref,
          connections.map((each) => each.connectionId),
        );
      return { link, connections };
    },

    async recordLinkOpened(ref, linkId, at) {
      const update = new Update().exists("pk").set(["link", "lastOpenedAt"], at);
      const opened = update.path("link", "opened");
      const { UpdateExpression, ...rest } = update.expression();
      await access.client
        .send(
          new UpdateCommand({
            TableName: access.TableName,
            Key: keys.link(ref, linkId),
            ...rest,
            UpdateExpression: `${UpdateExpression}, ${opened} = ${opened} + :one`,
            ExpressionAttributeNames: { ...rest.ExpressionAttributeNames },
            ExpressionAttributeValues: { ...rest.ExpressionAttributeValues, ":one": 1 },
          }),
        )
        .catch(ignoreConditionFailure);
    },
  };
  return parts;
}

export function linkOf(item: Record<string, unknown>): PortalLink {
  return (item as { link: PortalLink }).link;
}
