/** Bounds of a walk through the keys; an absent bound is open. */
export interface KeyRange {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
}

/** Keys per block before it is split: small enough to shift on an insert, large enough to keep the list of blocks short. */
const blockLimit = 512;

/**
 * A map that is walked in the order of its keys. Keys live in sorted blocks, so that an insert into a table of a
 * million items moves a few hundred references and not all of them.
 */
export class OrderedMap<Value> {
  readonly #values = new Map<string, Value>();
  readonly #blocks: string[][] = [];

  get size(): number {
    return this.#values.size;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    if (!this.#values.has(key)) this.#insert(key);
    this.#values.set(key, value);
  }

  delete(key: string): boolean {
    if (!this.#values.delete(key)) return false;
    const at = this.#blockOf(key);
    const block = this.#blocks[at]!;
    block.splice(lowerBound(block, key), 1);
    if (block.length === 0) this.#blocks.splice(at, 1);
    return true;
  }

  firstKey(): string | undefined {
    return this.#blocks[0]?.[0];
  }

  lastKey(): string | undefined {
    return this.#blocks.at(-1)?.at(-1);
  }

  /** Walks lazily; the map must not change meanwhile. */
  *range(bounds: KeyRange = {}): Generator<readonly [key: string, value: Value]> {
    const keys = bounds.reverse ? this.#downFrom(bounds.lte ?? bounds.lt) : this.#upFrom(bounds.gte ?? bounds.gt);
    for (const key of keys) {
      if (isBelow(key, bounds)) {
        if (bounds.reverse) return;
        continue;
      }
      if (isAbove(key, bounds)) {
        if (!bounds.reverse) return;
        continue;
      }
      yield [key, this.#values.get(key)!];
    }
  }

  *#upFrom(start: string | undefined): Generator<string> {
    let block = start === undefined ? 0 : Math.max(0, this.#blockOf(start));
    let at = start === undefined ? 0 : lowerBound(this.#blocks[block] ?? [], start);
    for (; block < this.#blocks.length; block++, at = 0) {
      const keys = this.#blocks[block]!;
      for (; at < keys.length; at++) yield keys[at]!;
    }
  }

  *#downFrom(start: string | undefined): Generator<string> {
    let block = start === undefined ? this.#blocks.length - 1 : this.#blockOf(start);
    let at = start === undefined ? Number.POSITIVE_INFINITY : lowerBound(this.#blocks[block] ?? [], start);
    for (; block >= 0; block--, at = Number.POSITIVE_INFINITY) {
      const keys = this.#blocks[block]!;
      for (at = Math.min(at, keys.length - 1); at >= 0; at--) yield keys[at]!;
    }
  }

  #insert(key: string): void {
    const at = Math.max(0, this.#blockOf(key));
    const block = this.#blocks[at];
    if (!block) {
      this.#blocks.push([key]);
      return;
    }
    block.splice(lowerBound(block, key), 0, key);
    // Keys that arrive in order fill the last block to the brim; splitting it in halves would leave every block half empty.
    if (block.length > blockLimit) {
      const half = at === this.#blocks.length - 1 && block.at(-1) === key ? blockLimit : blockLimit / 2;
      this.#blocks.splice(at + 1, 0, block.splice(half));
    }
  }

  /** Index of the last block that begins at or before the key; -1 when the key precedes them all. */
  #blockOf(key: string): number {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#blocks[middle]![0]! <= key) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

const isBelow = (key: string, { gt, gte }: KeyRange): boolean =>
  (gte !== undefined && key < gte) || (gt !== undefined && key <= gt);

const isAbove = (key: string, { lt, lte }: KeyRange): boolean =>
  (lte !== undefined && key > lte) || (lt !== undefined && key >= lt);
