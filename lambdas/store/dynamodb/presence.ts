import { limits } from "../../contracts/limits.ts";
import type { ConversationStore } from "../conversations.ts";
import { oldestLease } from "../head.ts";
import { inbox } from "../keys.ts";
import { connectionItem, headOf } from "./head-item.ts";
import type { TableAccess } from "./table-access.ts";
import { Update } from "./update.ts";

/**
 * Who is here and what they have read: one update of the head each. Every one of them also moves the conversation in
 * the list, if a message has made that due.
 */
export function createPresence(access: TableAccess): Pick<ConversationStore, "join" | "renew" | "leave" | "markRead"> {
  const parts: Pick<ConversationStore, "join" | "renew" | "leave" | "markRead"> = {
    async join(ref, connection) {
      const update = new Update()
        .set(["co", connection.connectionId], connectionItem(connection))
        .copy(inbox.sortKey, "ib");
      const known = `attribute_exists(${update.path("co", connection.connectionId)})`;
      const room = `size(${update.path("co")}) < ${update.value(limits.connectionsPerConversation)}`;
      const { done, item } = await access.updateHead(ref, update.exists("pk").when(`(${known} OR ${room})`));
      if (item === undefined) return undefined;
      if (done) return headOf(item);
      const leaving = oldestLease(headOf(item).connections);
      if (leaving) await parts.leave(ref, [leaving.connectionId]);
      return parts.join(ref, connection);
    },

    async renew(ref, connectionId, until) {
      const update = new Update().set(["co", connectionId, "u"], until).exists("co", connectionId);
      const { done, item } = await access.updateHead(ref, update.copy(inbox.sortKey, "ib"));
      return done ? headOf(item) : undefined;
    },

    async leave(ref, connectionIds) {
      const update = new Update().exists("pk").copy(inbox.sortKey, "ib");
      for (const connectionId of connectionIds) update.remove("co", connectionId);
      const { done, item } = await access.updateHead(ref, update);
      return done ? headOf(item) : undefined;
    },

    async markRead(ref, { party, seq, connectionId }) {
      const [read, spoke, unread] = party === "visitor" ? (["rv", "n", "uv"] as const) : (["ra", "sv", "ua"] as const);
      const raise = (mark: number, clears: boolean): Update => {
        const update = new Update().set(read, mark).copy(inbox.sortKey, "ib").exists("pk");
        update
          .when(`${update.path(read)} < ${update.value(mark)}`)
          .when(`${update.path("n")} >= ${update.value(mark)}`);
        if (clears) update.set(unread, 0).when(`${update.path(spoke)} <= ${update.value(mark)}`);
        if (connectionId !== undefined) update.exists("co", connectionId);
        return update;
      };
      const first = await access.updateHead(ref, raise(seq, true));
      if (first.item === undefined) return undefined;
      if (first.done) return { head: headOf(first.item), changed: true };
      if (connectionId !== undefined && !Object.hasOwn(first.item.co, connectionId)) return undefined;
      const mark = Math.min(seq, first.item.n);
      if (mark <= first.item[read]) return { head: headOf(first.item), changed: false };
      // Newer messages are still unread, or the caller named a number that does not exist yet.
      const second = await access.updateHead(ref, raise(mark, mark >= first.item[spoke]));
      return second.item && { head: headOf(second.item), changed: second.done };
    },
  };
  return parts;
}
