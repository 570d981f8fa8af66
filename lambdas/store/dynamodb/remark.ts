import type { ConversationStore, Remark, RemarkResult } from "../conversations.ts";
import { objectionTo, remarkEntry, wantedAssignee } from "../head.ts";
import { findRetried, putEntry, takeNumber } from "./entries.ts";
import { assigneeItem, headOf, seqOfRecent } from "./head-item.ts";
import type { TableAccess } from "./table-access.ts";
import type { Update } from "./update.ts";

/** Notes, assignments and ratings: two writes and no read each. */
export function createRemarks(access: TableAccess): Pick<ConversationStore, "remark"> {
  return {
    async remark(ref, remark): Promise<RemarkResult> {
      if (remark.kind === "note" && remark.retryAfter !== undefined) {
        const entry = await findRetried(access, ref, "note", remark.id, remark.retryAfter);
        const item = entry && (await access.readHead(ref));
        if (entry && item) return { kind: "duplicate", head: headOf(item), entry };
      }
      const { done, item } = await access.updateHead(ref, remarkUpdate(remark));
      if (item === undefined) return { kind: "refused", reason: "not_found" };
      const head = headOf(item);
      const seq = done ? head.seq : seqOfRecent(item, remark.id);
      if (seq === undefined) {
        const objection = objectionTo(head, remark);
        if (objection === undefined) throw new Error("The table refused a remark for no reason that is known.");
        return objection;
      }
      // When the number was taken before, the put is repeated: the first attempt may have died between the two writes.
      const entry = remarkEntry(seq, remark);
      await putEntry(access, ref, entry, remark.follow(head, [entry]));
      return { kind: done ? "added" : "duplicate", head, entry };
    },
  };
}

function remarkUpdate(remark: Remark): Update {
  const update = takeNumber(remark.id, remark.connection);
  switch (remark.kind) {
    case "note":
      return update;
    case "rating":
      return update.copyOr("rp", "rg", 0).set("rg", remark.score).is("st", "ended");
    case "assignment": {
      update.setOrRemove("as", remark.to && assigneeItem({ ...remark.to, at: remark.at }));
      // Who has it already is not given it again.
      return update
        .when(assignedTo(update, remark.expected))
        .when(`NOT (${assignedTo(update, wantedAssignee(remark))})`);
    }
  }
}

function assignedTo(update: Update, agentId: string | null): string {
  return agentId === null
    ? `attribute_not_exists(${update.path("as")})`
    : `${update.path("as", "i")} = ${update.value(agentId)}`;
}
