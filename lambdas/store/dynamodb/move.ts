import type { Entry } from "../../contracts/protocol.ts";
import type { ConversationHead, ConversationRef } from "../../domain/conversation.ts";
import { decide } from "../../domain/status.ts";
import type { ConversationStore, Move, MoveResult } from "../conversations.ts";
import { afterMessage, afterMove, messageEntry, statusEntry } from "../head.ts";
import { inbox, inboxPartition, inboxPosition, conversationKeys as keys } from "../keys.ts";
import { assigneeItem, awayItem, connectionItem, type HeadItem, headOf, recentIds } from "./head-item.ts";
import { absent, type TableAccess, untilWon } from "./table-access.ts";
import { Update } from "./update.ts";

/** Changes of status: one transaction each, with everything that belongs to it. */
export function createMoves(access: TableAccess): Pick<ConversationStore, "move"> {
  async function tryMove(ref: ConversationRef, move: Move): Promise<MoveResult | "lost the race"> {
    const item = await access.readHead(ref);
    if (item === undefined) return { kind: "refused", reason: "not_found" };
    const head = headOf(item);
    if (move.connection && !Object.hasOwn(item.co, move.connection.connectionId)) {
      return { kind: "refused", reason: "not_joined", head };
    }
    const decision = decide(move.command, move.by, head.status);
    if (decision.kind === "refused") return { kind: "refused", reason: decision.reason, head };
    if (decision.kind === "settled") return { kind: "settled", head };

    let next = afterMove(head, move, decision.to);
    const entries: Entry[] = [statusEntry(next.seq, move, decision.to)];
    if (move.message) {
      next = afterMessage(next, move.message, move.connection);
      entries.push(messageEntry(next.seq, move.message));
    }
    const consequences = move.follow(next, entries);
    const { notified } = consequences;
    if (notified) next = { ...next, notified: { ...next.notified, [notified.party]: notified.period } };
    const outcome = await access.transact([
      {
        Update: {
          TableName: access.TableName,
          Key: keys.head(ref),
          ...moveUpdate(item, next, entries, move).expression(),
        },
      },
      ...entries.map((entry) => ({
        Put: { TableName: access.TableName, Item: { ...keys.entry(ref, entry.seq), entry }, ...absent },
      })),
      ...access.putOutbox(ref, consequences),
    ]);
    return outcome === "done" ? { kind: "moved", head: next, entries } : "lost the race";
  }

  return {
    move: (ref, move) => untilWon(() => tryMove(ref, move)),
  };
}

function moveUpdate(item: HeadItem, next: ConversationHead, entries: readonly Entry[], move: Move): Update {
  const recent = [...entries.map((entry) => entry.id).reverse(), ...recentIds.map((name) => item[name])];
  const position = inboxPosition(next.lastAt, next.conversationId);
  const update = new Update()
    .is("n", item.n)
    .is("st", item.st)
    .is("ep", item.ep)
    .set("st", next.status)
    .set("ep", next.epoch)
    .set("n", next.seq)
    .set("rv", next.read.visitor)
    .set("ra", next.read.agent)
    .set("sv", next.spoke.visitor)
    .set("sa", next.spoke.agent)
    .set("uv", next.unread.visitor)
    .set("ua", next.unread.agent)
    .set("la", next.lastAt)
    .set("ib", position)
    .set(inbox.partitionKey, inboxPartition(next.chatbotId, next.status, next.lastAt))
    .set(inbox.sortKey, position);
  // Read marks and counts may rise between our read and this write without a new number: those races are retried.
  update.is("rv", item.rv).is("ra", item.ra);
  recentIds.forEach((name, i) => {
    update.set(name, recent[i]);
  });
  if (next.last) update.set("l", { b: next.last.by, p: next.last.preview });
  update.setOrRemove("es", next.escalatedAt).setOrRemove("rf", next.reference);
  update.setOrRemove("as", next.assignee && assigneeItem(next.assignee));
  if (next.notified.visitor) update.set("nv", awayItem(next.notified.visitor));
  if (next.notified.agent) update.set("na", awayItem(next.notified.agent));
  if (move.connection) {
    const { connectionId } = move.connection;
    update.exists("co", connectionId).set(["co", connectionId], connectionItem(move.connection));
  }
  return update;
}
