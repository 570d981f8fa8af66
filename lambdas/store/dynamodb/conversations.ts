import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import type { Lead } from "../../contracts/http.ts";
import type { Entry } from "../../contracts/protocol.ts";
import { DomainError } from "../../domain/errors.ts";
import type { ConversationStore, Notification, VisitorRecord } from "../conversations.ts";
import { displayNameOf } from "../head.ts";
import { conversationKeys as keys, kindOf } from "../keys.ts";
import { createAppends } from "./append.ts";
import { createErasure } from "./erasure.ts";
import { type HeadItem, headItemOf, headOf } from "./head-item.ts";
import { createIdentity } from "./identity.ts";
import { createInboxList } from "./inbox-list.ts";
import { createLedger } from "./ledger.ts";
import { createMoves } from "./move.ts";
import { createPortalLinks, linkOf } from "./portal-links.ts";
import { createPresence } from "./presence.ts";
import { createRemarks } from "./remark.ts";
import { absent, ignoreConditionFailure, TableAccess } from "./table-access.ts";
import { Update } from "./update.ts";

/** Conversations in the one table; `docs/access-patterns.md` says what each call is billed. */
export function createDynamoConversations(client: DynamoDBDocumentClient, tableName: string): ConversationStore {
  const access = new TableAccess(client, tableName);
  const presence = createPresence(access);
  return {
    ...createAppends(access),
    ...createMoves(access),
    ...createRemarks(access),
    ...createIdentity(access),
    ...createErasure(access),
    ...presence,
    ...createPortalLinks(access, presence),
    ...createLedger(access),
    ...createInboxList(access),

    async start(conversation) {
      const outcome = await access.transact([
        { Put: { TableName: access.TableName, Item: headItemOf(conversation), ...absent } },
        {
          Put: {
            TableName: access.TableName,
            Item: {
              ...keys.visitor(conversation),
              facts: conversation.facts,
              lead: conversation.lead ?? {},
              ...(conversation.earlier?.length ? { earlier: conversation.earlier } : {}),
            },
            ...absent,
          },
        },
      ]);
      if (outcome !== "done") throw new DomainError("conflict", "This conversation exists already.");
      return headOf(headItemOf(conversation) as unknown as HeadItem);
    },

    async head(ref) {
      const item = await access.readHead(ref);
      return item && headOf(item);
    },

    async glance(ref) {
      const { Item } = await access.client.send(new GetCommand({ TableName: access.TableName, Key: keys.head(ref) }));
      return Item && headOf(Item as HeadItem);
    },

    async open(ref, { limit, before }) {
      const { Items = [], LastEvaluatedKey } = await access.client.send(
        new QueryCommand({
          TableName: access.TableName,
          KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
          ExpressionAttributeValues: {
            ":pk": keys.partition(ref),
            ":from": keys.firstEntry,
            ":to": before === undefined ? keys.beyondAll : keys.entriesFrom(before - 1),
          },
          ScanIndexForward: false,
          // Links and ledger come first; a conversation has a handful of each.
          Limit: limit + 60,
          ConsistentRead: true,
        }),
      );
      const of = (kind: ReturnType<typeof kindOf>) => Items.filter((item) => kindOf(String(item.sk)) === kind);
      const entries = of("entry").map((item) => (item as { entry: Entry }).entry);
      const headItem = before === undefined ? (of("head")[0] as HeadItem | undefined) : await access.readHead(ref);
      if (headItem === undefined) return undefined;
      return {
        head: headOf(headItem),
        entries: entries.slice(0, limit).reverse(),
        more: entries.length > limit || LastEvaluatedKey !== undefined,
        ...visitorOf(of("visitor")[0]),
        links: of("link").map((item) => linkOf(item)),
        notifications: of("notification").map((item) => (item as { notification: Notification }).notification),
      };
    },

    async raise(ref, consequences) {
      const items = [access.markNotified(ref, consequences.notified), ...access.putOutbox(ref, consequences)];
      return (await access.transact(items)) === "done";
    },

    async publish(ref, events) {
      for (const { Put } of access.putOutbox(ref, { events })) {
        if (Put) await access.client.send(new PutCommand({ ...Put, ...absent })).catch(ignoreConditionFailure);
      }
    },

    async visitor(ref) {
      const { Item } = await access.client.send(
        new GetCommand({ TableName: access.TableName, Key: keys.visitor(ref) }),
      );
      return Item && visitorOf(Item);
    },

    async saveLead(ref, lead) {
      const update = new Update().exists("pk");
      for (const [field, value] of Object.entries(lead)) if (value !== undefined) update.set(["lead", field], value);
      const result = await access.client
        .send(
          new UpdateCommand({
            TableName: access.TableName,
            Key: keys.visitor(ref),
            ...(Object.keys(lead).length === 0 ? new Update().set("seen", true).exists("pk") : update).expression(),
            ReturnValues: "ALL_NEW",
          }),
        )
        .catch(ignoreConditionFailure);
      if (result === undefined) throw new DomainError("not_found", "There is no such conversation.");
      const saved = (result.Attributes?.lead ?? {}) as Lead;
      const displayName = displayNameOf(saved);
      if (displayName !== undefined) await access.updateHead(ref, new Update().set("dn", displayName).exists("pk"));
      return saved;
    },
  };
}

function visitorOf(item: Readonly<Record<string, unknown>> = {}): VisitorRecord {
  const { facts = {}, lead = {}, earlier = [], verified } = item as Partial<VisitorRecord>;
  return { facts, lead, earlier, ...(verified === undefined ? {} : { verified }) };
}
