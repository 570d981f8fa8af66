import type { InboxRow } from "../../../../lambdas/contracts/protocol.ts";

/**
 * The order in which rows stand on the screen. While somebody aims at a row or reads further down, rows change where
 * they are and nothing moves: what would have come above is counted, what has left stays, and only further pages are
 * put at the end. `follow` lets the list's own order through again.
 */
export class SteadyOrder {
  #shown: readonly string[] = [];
  #isShown = new Set<string>();
  #arrived: ReadonlySet<string> = new Set();
  #waiting = 0;
  #followed = false;

  /** Conversations from top to bottom. The same array until something moves. */
  get shown(): readonly string[] {
    return this.#shown;
  }

  /** Those that came with the last `follow`, to be shown gently. */
  get arrived(): ReadonlySet<string> {
    return this.#arrived;
  }

  /** How many rows stand further up than they are shown, or are not shown yet. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Shows the rows as they are. */
  follow(rows: readonly InboxRow[]): void {
    this.#waiting = 0;
    if (isSame(rows, this.#shown)) return;
    const before = this.#isShown;
    this.#shown = rows.map((row) => row.conversationId);
    this.#isShown = new Set(this.#shown);
    this.#arrived = new Set(
      this.#followed && before.size > 0 ? this.#shown.filter((each) => !before.has(each)).slice(0, mostArrivals) : [],
    );
    this.#followed = true;
  }

  /**
   * Keeps the rows where they are, and puts what comes after the last of them behind it.
   * @param isListed whether a conversation is among `rows`
   */
  hold(rows: readonly InboxRow[], isListed: (conversationId: string) => boolean): void {
    const tail: string[] = [];
    for (let index = rows.length - 1; index >= 0; index--) {
      const id = rows[index]?.conversationId;
      if (id === undefined || this.#isShown.has(id)) break;
      tail.unshift(id);
    }
    if (tail.length > 0) {
      this.#shown = [...this.#shown, ...tail];
      for (const id of tail) this.#isShown.add(id);
    }
    // The order of those further down is not worth a count.
    const first = this.#shown.find(isListed);
    this.#waiting = first === undefined ? rows.length : rows.findIndex((row) => row.conversationId === first);
  }
}

/** More than a screen of rows at once is a page, not news. */
const mostArrivals = 20;

function isSame(rows: readonly InboxRow[], shown: readonly string[]): boolean {
  return rows.length === shown.length && rows.every((row, index) => row.conversationId === shown[index]);
}
