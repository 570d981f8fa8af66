import type { ConversationRef } from "../../domain/conversation.ts";
import type { Append, AppendResult, ConversationStore, Refusal } from "../conversations.ts";
import { messageEntry, preview } from "../head.ts";
import { inbox, inboxPosition } from "../keys.ts";
import { entriesAfter, findRetried, putEntry, takeNumber } from "./entries.ts";
import { type HeadItem, headOf, seqOfRecent } from "./head-item.ts";
import type { TableAccess } from "./table-access.ts";
import type { Update } from "./update.ts";

/** Messages: two writes and no read each. */
export function createAppends(access: TableAccess): Pick<ConversationStore, "append" | "entriesAfter"> {
  return {
    entriesAfter: (ref, after, limit) => entriesAfter(access, ref, after, limit),

    async append(ref, append): Promise<AppendResult> {
      if (append.retryAfter !== undefined) {
        const entry = await findRetried(access, ref, "message", append.message.id, append.retryAfter);
        const item = entry && (await access.readHead(ref));
        if (entry && item) return { kind: "duplicate", head: headOf(item), entry };
      }
      const { done, item } = await access.updateHead(ref, appendUpdate(ref, append));
      if (done) {
        const head = headOf(item);
        const entry = messageEntry(head.seq, append.message);
        await putEntry(access, ref, entry, append.follow(head, [entry]));
        return { kind: "appended", head, entry };
      }
      const seq = item && seqOfRecent(item, append.message.id);
      if (item === undefined || seq === undefined) {
        const reason = refusal(item, append);
        return { kind: "refused", reason, ...(item ? { head: headOf(item) } : {}) };
      }
      // Its number was taken before. The put is repeated in case that the first attempt died between the two writes.
      const entry = messageEntry(seq, append.message);
      const head = headOf(item);
      await putEntry(access, ref, entry, append.follow(head, [entry]));
      return { kind: "duplicate", head, entry };
    },
  };
}

/** The first write: the head takes the next number, under every condition that the message has. */
function appendUpdate(ref: ConversationRef, { message, whileStatus, epoch, connection }: Append): Update {
  const update = takeNumber(message.id, connection);
  const { role } = message.author;
  update.set("l", { b: role, p: preview(message) }).set("la", message.at);
  if (role === "visitor") update.add("sv", "n", 1).add("rv", "n", 1).set("uv", 0).add("ua", "ua", 1);
  else if (role === "agent") update.add("sa", "n", 1).add("ra", "n", 1).set("ua", 0).add("uv", "uv", 1);
  else update.add("uv", "uv", 1);
  if (role === "bot") update.add("ba", "ba", 1);

  const position = inboxPosition(message.at, ref.conversationId);
  update.set("ib", position);
  // A sender with a socket moves the index with its next heartbeat or read mark: a moved key costs two write units.
  if (connection === undefined) update.set(inbox.sortKey, position);
  update.when(`${update.path("st")} IN (${whileStatus.map((status) => update.value(status)).join(", ")})`);
  if (epoch !== undefined) update.is("ep", epoch);
  return update;
}

function refusal(item: HeadItem | undefined, append: Append): Refusal {
  if (item === undefined) return "not_found";
  if (append.connection && !Object.hasOwn(item.co, append.connection.connectionId)) return "not_joined";
  if (append.epoch !== undefined && item.ep !== append.epoch) return "epoch";
  return "status";
}
