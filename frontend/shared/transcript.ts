import type { Entry } from "../../lambdas/contracts/protocol.ts";

/**
 * The entries of a conversation, each once and in the order of their numbers, however they arrive. A number may be
 * missing for a while (its push was lost or is late) or for good (its writer died before it was stored).
 */
export class Transcript {
  readonly #bySeq = new Map<number, Entry>();
  readonly #tolerated = new Set<number>();
  #sorted: readonly Entry[] | undefined;
  /** Entries up to this number have not been loaded; they are older pages. */
  #start: number | undefined;
  #contiguous = 0;

  /** Oldest first. */
  get entries(): readonly Entry[] {
    this.#sorted ??= [...this.#bySeq.values()].sort((a, b) => a.seq - b.seq);
    return this.#sorted;
  }

  /** Nothing is missing up to here: what a sync has to start after. */
  get contiguousUpTo(): number {
    while (this.#bySeq.has(this.#contiguous + 1) || this.#tolerated.has(this.#contiguous + 1)) this.#contiguous++;
    return this.#contiguous;
  }

  /** Whether there are older pages that have not been loaded. */
  get hasOlder(): boolean {
    return (this.#start ?? 0) > 0;
  }

  /** True when something was new. */
  add(entries: readonly Entry[]): boolean {
    const before = this.#bySeq.size;
    for (const entry of entries) if (!this.#bySeq.has(entry.seq)) this.#bySeq.set(entry.seq, entry);
    if (this.#bySeq.size === before) return false;
    this.#sorted = undefined;
    return true;
  }

  /** Adds a page as the store returned it: what is missing inside it does not exist. */
  addPage(entries: readonly Entry[], more: boolean): void {
    const first = entries[0]?.seq ?? 1;
    const last = entries.at(-1)?.seq ?? 0;
    this.add(entries);
    if (this.#start === undefined) this.#contiguous = Math.max(this.#contiguous, more ? first - 1 : 0);
    for (let seq = more ? first : 1; seq < last; seq++) if (!this.#bySeq.has(seq)) this.#tolerated.add(seq);
    this.#start = more ? Math.min(this.#start ?? first - 1, first - 1) : 0;
  }

  /** Lowest number up to `top` that is missing. */
  missingUpTo(top: number): number | undefined {
    const next = this.contiguousUpTo + 1;
    return next <= top ? next : undefined;
  }

  /** Stops waiting for the number; should it come after all, it takes its place. */
  tolerate(seq: number): void {
    this.#tolerated.add(seq);
  }
}
