import type { InboxRow } from "../../../../lambdas/contracts/protocol.ts";
import type { SortOrder } from "./inbox-query.ts";

type Compare = (one: InboxRow, other: InboxRow) => number;

/**
 * Since when the visitor waits for us, milliseconds since the epoch; `undefined` when it is not our turn. Nobody has
 * answered an unassigned conversation at all, so there the beginning counts: writing again must not move it back.
 */
export function waitingSince(row: InboxRow): number | undefined {
  if (row.status === "unassigned") return row.startedAt;
  return row.status === "open" && row.last?.by === "visitor" ? row.lastAt : undefined;
}

const newest: Compare = (one, other) => other.lastAt - one.lastAt || byId(other, one);
const orders: Readonly<Record<SortOrder, Compare>> = {
  newest,
  oldest: (one, other) => one.lastAt - other.lastAt || byId(one, other),
  waiting(one, other) {
    const [first, second] = [waitingSince(one), waitingSince(other)];
    if (first === undefined && second === undefined) return newest(one, other);
    return (first ?? Number.POSITIVE_INFINITY) - (second ?? Number.POSITIVE_INFINITY) || byId(one, other);
  },
};

/**
 * Rows in order. A change costs a binary search and a splice, so that a push into a list of 100,000 rows is cheaper
 * than a frame.
 */
export class OrderedRows {
  readonly #compare: Compare;
  readonly #rows: InboxRow[] = [];

  constructor(order: SortOrder) {
    this.#compare = orders[order];
  }

  /** Changes in place. */
  get rows(): readonly InboxRow[] {
    return this.#rows;
  }

  add(row: InboxRow): void {
    const last = this.#rows.at(-1);
    if (last === undefined || this.#compare(last, row) < 0) this.#rows.push(row);
    else this.#rows.splice(this.#placeOf(row), 0, row);
  }

  /** Takes out the very row that was added before. */
  remove(row: InboxRow): void {
    const place = this.#placeOf(row);
    if (this.#rows[place] === row) this.#rows.splice(place, 1);
  }

  /** Index of the first row that does not come before this one. */
  #placeOf(row: InboxRow): number {
    let [from, to] = [0, this.#rows.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      const other = this.#rows[middle];
      if (other !== undefined && this.#compare(other, row) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

function byId(one: InboxRow, other: InboxRow): number {
  if (one.conversationId === other.conversationId) return 0;
  return one.conversationId < other.conversationId ? -1 : 1;
}
