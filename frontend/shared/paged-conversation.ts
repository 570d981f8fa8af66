import type { ConversationState, Entry } from "../../lambdas/contracts/protocol.ts";
import { ConversationModel } from "./conversation-model.ts";

/** A conversation that is read from its end: the newest page first, older ones when somebody wants to see them. */
export class PagedConversation extends ConversationModel {
  #hasOlder = false;
  #loaded = false;

  /** Whether there are older pages that have not been loaded. */
  get hasOlder(): boolean {
    return this.#hasOlder;
  }

  /**
   * Adds a page of `viewConversation`. What is missing inside it does not exist.
   *
   * @param more whether there are older entries
   * @param said the state that came with it; the newest page has one
   */
  loadPage(
    entries: readonly Entry[],
    more: boolean,
    said?: { readonly now: number; readonly row: ConversationState },
  ): void {
    const first = entries[0]?.seq ?? 1;
    const last = entries.at(-1)?.seq ?? 0;
    const numbers = new Set(entries.map(({ seq }) => seq));
    if (!this.#loaded) this.transcript.skipTo(first - 1);
    for (let seq = first; seq < last; seq++) if (!numbers.has(seq)) this.transcript.tolerate(seq);
    this.#loaded = true;
    this.#hasOlder = more;
    const state = said?.row ?? this.state;
    if (state === undefined) throw new Error("The newest page comes first, with the state.");
    this.apply({ type: "state", now: said?.now ?? 0, state, entries: [...entries], complete: true });
  }
}
