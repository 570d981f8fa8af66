import { BatchGetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { ConversationHead, ConversationRef } from "../../domain/conversation.ts";
import type { ConversationStore, ListPosition, ListQuery } from "../conversations.ts";
import { isHeldBy } from "../head.ts";
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

  /** The next positions over all wanted partitions, newest first. */
  async function positionsAfter(query: ListQuery, after: ListPosition): Promise<{ listed: Listed[]; more: boolean }> {
    const { chatbotId, statuses, from, to, limit } = query;
    const partitions = inboxPartitions(chatbotId, statuses, from, to);
    const found = await Promise.all(partitions.map((name) => positionsIn(name, query, after[name])));
    const sorted = found.flat().sort((a, b) => (a.position < b.position ? 1 : -1));
    return { listed: sorted.slice(0, limit), more: sorted.length > limit };
  }

  /** Heads by conversation. */
  async function readHeads(refs: readonly ConversationRef[]): Promise<Map<string, ConversationHead>> {
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
    return heads;
  }

  return {
    async list(query) {
      const { statuses, assignee, limit } = query;
      const perRead = assignee === undefined ? limit : filtered.perRead;
      const mostReads = assignee === undefined ? 1 : filtered.reads;
      const heads: ConversationHead[] = [];
      let after = query.after ?? {};
      for (let reads = 1; ; reads++) {
        const { listed, more } = await positionsAfter({ ...query, limit: perRead }, after);
        const known = await readHeads(listed.map(({ ref }) => ref));
        const passed: Record<string, string> = { ...after };
        for (const [i, { partition, position, ref }] of listed.entries()) {
          passed[partition] = position;
          const head = known.get(ref.conversationId);
          if (head === undefined || !statuses.includes(head.status)) continue;
          if (assignee !== undefined && !isHeldBy(head, assignee)) continue;
          heads.push(head);
          // One that is listed twice while the index catches up appears once.
          known.delete(ref.conversationId);
          if (heads.length < limit) continue;
          return more || i + 1 < listed.length ? { heads, after: passed } : { heads };
        }
        if (!more) return { heads };
        after = passed;
        if (reads === mostReads) return { heads, after };
      }
    },
  };
}

/** How far one call looks for the conversations of an agent, who is not in the index. */
const filtered = { reads: 4, perRead: 50 } as const;
