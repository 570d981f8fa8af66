import { BatchGetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { ConversationHead, ConversationRef } from "../../domain/conversation.ts";
import type { ConversationStore, ListPosition, ListQuery } from "../conversations.ts";
import { inbox, inboxPartitions, inboxRange, conversationKeys as keys, refOf } from "../keys.ts";
import { type HeadItem, headOf } from "./head-item.ts";
import type { TableAccess } from "./table-access.ts";

interface Listed {
  readonly partition: string;
  readonly position: string;
  readonly ref: ConversationRef;
}

/** The list by last activity: one query per wanted partition of the index, then the heads of the page in one batch. */
export function createInboxList(access: TableAccess): Pick<ConversationStore, "list"> {
  /** A page of one partition, newest first; `upTo` is where the last page stopped and is left out. */
  async function positionsIn(partition: string, { from, to, limit }: ListQuery, upTo?: string): Promise<Listed[]> {
    const [low, high] = inboxRange(from, to);
    const { Items = [] } = await access.client.send(
      new QueryCommand({
        TableName: access.TableName,
        IndexName: inbox.name,
        KeyConditionExpression: "#p = :p AND #s BETWEEN :low AND :high",
        ExpressionAttributeNames: { "#p": inbox.partitionKey, "#s": inbox.sortKey },
        ExpressionAttributeValues: { ":p": partition, ":low": low, ":high": upTo ?? high },
        ScanIndexForward: false,
        // One more than the page tells whether there is a next one; another for the position that is left out.
        Limit: limit + 2,
      }),
    );
    return Items.map((item) => ({
      partition,
      position: String(item[inbox.sortKey]),
      ref: refOf(String(item.pk)),
    })).filter(({ position }) => position !== upTo);
  }

  /** Heads in the order of the refs; one that is listed twice while the index catches up appears once. */
  async function readHeads(refs: readonly ConversationRef[]): Promise<ConversationHead[]> {
    const unique = new Map(refs.map((ref) => [ref.conversationId, ref]));
    let wanted = [...unique.values()].map((ref) => keys.head(ref) as unknown as Record<string, unknown>);
    const heads = new Map<string, ConversationHead>();
    while (wanted.length > 0) {
      const { Responses, UnprocessedKeys } = await access.client.send(
        new BatchGetCommand({ RequestItems: { [access.TableName]: { Keys: wanted } } }),
      );
      for (const item of Responses?.[access.TableName] ?? []) {
        const head = headOf(item as HeadItem);
        heads.set(head.conversationId, head);
      }
      wanted = UnprocessedKeys?.[access.TableName]?.Keys ?? [];
    }
    return [...unique.keys()].flatMap((conversationId) => heads.get(conversationId) ?? []);
  }

  return {
    async list(query) {
      const { chatbotId, statuses, from, to, limit, after = {} } = query;
      const partitions = inboxPartitions(chatbotId, statuses, from, to);
      const found = await Promise.all(partitions.map((name) => positionsIn(name, query, after[name])));
      const sorted = found.flat().sort((a, b) => (a.position < b.position ? 1 : -1));
      const page = sorted.slice(0, limit);
      const heads = await readHeads(page.map(({ ref }) => ref));
      const wanted = heads.filter((head) => statuses.includes(head.status));
      if (sorted.length <= limit) return { heads: wanted };
      const next: Record<string, string> = { ...after };
      for (const { partition, position } of page) next[partition] = position;
      return { heads: wanted, after: next satisfies ListPosition };
    },
  };
}
