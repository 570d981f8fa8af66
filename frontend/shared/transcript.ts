import type { Entry } from "../../lambdas/contracts/protocol.ts";

/**
 * The entries of a conversation, each once and in the order of their numbers, however they arrive. A number may be
 * missing for a while (its push was lost or is late) or for good (its writer died before it was stored).
 */
export class Transcript {
  readonly #bySeq = new Map<number, Entry>();
  readonly #tolerated = new Set<number>();
  #sorted: readonly Entry[] | undefined;
  #contiguous = 0;

  /** Oldest first. */
  get entries(): readonly Entry[] {
    this.#sorted ??= [...this.#bySeq.values()].sort((a, b) => a.seq - b.seq);
    return this.#sorted;
  }

  /** Nothing is missing up to here: what a sync has to start after. */
  get contiguousUpTo(): number {
    while (this.has(this.#contiguous + 1) || this.#tolerated.has(this.#contiguous + 1)) this.#contiguous++;
    return this.#contiguous;
  }

  has(seq: number): boolean {
    return this.#bySeq.has(seq);
  }

  add(entries: readonly Entry[]): void {
    for (const entry of entries) if (!this.has(entry.seq)) this.#bySeq.set(entry.seq, entry);
    this.#sorted = undefined;
  }

  /** Stops waiting for the number; should it come after all, it takes its place. */
  tolerate(seq: number): void {
    this.#tolerated.add(seq);
  }

  /** Leaves everything up to the number out of the sync. */
  skipTo(seq: number): void {
    this.#contiguous = Math.max(this.#contiguous, seq);
  }
}
