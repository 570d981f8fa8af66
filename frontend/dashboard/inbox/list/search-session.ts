import type { ReplyOf } from "../../../../lambdas/contracts/http.ts";
import type { InboxRow } from "../../../../lambdas/contracts/protocol.ts";

export type SearchReply = ReplyOf<"searchConversations">;
export type SearchHit = SearchReply["hits"][number];

export type SearchStanding = "searching" | "done" | "cancelled" | "failed";

/** Pages after which we stop, whatever the cursor says: a circle would never end. */
const mostPages = 10_000;

/**
 * One search, going on page by page until the server has looked at everything. What is found is there at once; it can
 * be stopped, and goes on after a failure where it stopped.
 */
export class SearchSession {
  readonly #fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<SearchReply>;
  readonly #changed: () => void;
  readonly #hits: SearchHit[] = [];
  readonly #places = new Map<string, number>();
  #abort = new AbortController();
  #cursor: string | undefined;
  #searched = 0;
  #standing: SearchStanding = "searching";

  constructor(
    fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<SearchReply>,
    changed: () => void,
  ) {
    this.#fetchPage = fetchPage;
    this.#changed = changed;
  }

  /** In the order in which they were found, each conversation once. */
  get hits(): readonly SearchHit[] {
    return this.#hits;
  }

  get standing(): SearchStanding {
    return this.#standing;
  }

  /** Conversations that were looked at so far. */
  get searched(): number {
    return this.#searched;
  }

  /** Begins, or goes on after `cancel` or a failure. */
  async run(): Promise<void> {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#stand("searching");
    try {
      for (let page = 0; page < mostPages; page++) {
        const reply = await this.#fetchPage(this.#cursor, signal);
        if (signal.aborted) return;
        this.#take(reply);
        this.#cursor = reply.cursor;
        if (reply.cursor === undefined) break;
        this.#changed();
      }
      this.#stand("done");
    } catch {
      if (!signal.aborted) this.#stand("failed");
    }
  }

  /** Stops looking; what was found stays. */
  cancel(): void {
    if (this.#standing !== "searching") return;
    this.#abort.abort();
    this.#stand("cancelled");
  }

  /** What is known of a conversation that was found. */
  row(conversationId: string): InboxRow | undefined {
    const place = this.#places.get(conversationId);
    return place === undefined ? undefined : this.#hits[place]?.row;
  }

  #take({ hits, searched }: SearchReply): void {
    this.#searched += searched;
    for (const hit of hits) {
      if (this.#places.has(hit.row.conversationId)) continue;
      this.#places.set(hit.row.conversationId, this.#hits.length);
      this.#hits.push(hit);
    }
  }

  #stand(standing: SearchStanding): void {
    this.#standing = standing;
    this.#changed();
  }
}
