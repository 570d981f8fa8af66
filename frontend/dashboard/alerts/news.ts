import type { InboxRow, ServerFrame } from "../../../lambdas/contracts/protocol.ts";

/** Something that an agent wants to hear of. */
export type News =
  | { readonly kind: "escalated"; readonly row: InboxRow }
  | { readonly kind: "message"; readonly conversationId: string };

/** Picks from what comes through the socket what is worth a sound: a new escalation, and a visitor's message. */
export class NewsWatch {
  readonly #waiting = new Set<string>();
  readonly #seen = new Map<string, number>();

  take(frame: ServerFrame): News | undefined {
    if (frame.type === "row") {
      const { row } = frame;
      const before = this.#waiting.has(row.conversationId);
      if (row.status === "unassigned") this.#waiting.add(row.conversationId);
      else this.#waiting.delete(row.conversationId);
      if (row.status === "unassigned" && !before) return { kind: "escalated", row };
      return row.last?.by === "visitor" && row.unread.agent > 0
        ? this.#message(row.conversationId, row.seq)
        : undefined;
    }
    if (frame.type !== "entries") return undefined;
    const message = frame.entries.findLast((entry) => entry.kind === "message");
    if (message?.author.role !== "visitor" || frame.state.status === "unrequested") return undefined;
    return this.#message(frame.state.conversationId, message.seq);
  }

  /** The same message may come with its row and with its entries. */
  #message(conversationId: string, seq: number): News | undefined {
    if (seq <= (this.#seen.get(conversationId) ?? 0)) return undefined;
    this.#seen.set(conversationId, seq);
    return { kind: "message", conversationId };
  }
}
