import { randomUUID } from "node:crypto";
import { keptFile } from "../cloud/kept-file.ts";
import type { CloudContext } from "../cloud/service.ts";

/** A message that the push service took for a browser. */
export interface Push {
  /** The end of its `Location`. */
  readonly id: string;
  /** The end of the subscription's endpoint. */
  readonly subscription: string;
  /** Local time, milliseconds since the epoch. */
  readonly at: number;
  /** Seconds that it may wait for the browser. */
  readonly ttl: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The encrypted message, base64. */
  readonly body: string;
  /** What the sender signed: `aud`, `exp`, `sub`. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** The sender's public key, base64url: the browser subscribed with the same. */
  readonly applicationServerKey: string;
}

interface Kept {
  readonly pushes: readonly Push[];
  readonly gone: readonly string[];
}

/** Every push, and the subscriptions that have ended, kept in the directory. */
export class PushStore {
  readonly #kept;
  #pushes: Push[];
  readonly #gone: Set<string>;

  constructor({ directory }: CloudContext) {
    this.#kept = keptFile(directory, "pushes.json", (): Kept => ({ pushes: this.#pushes, gone: [...this.#gone] }));
    const { pushes = [], gone = [] } = (this.#kept.read() ?? {}) as Partial<Kept>;
    this.#pushes = [...pushes];
    this.#gone = new Set(gone);
  }

  /** Oldest first. */
  list(): readonly Push[] {
    return this.#pushes;
  }

  keep(push: Omit<Push, "id">): Push {
    const kept = { id: randomUUID(), ...push };
    this.#pushes.push(kept);
    this.#kept.changed();
    return kept;
  }

  isGone(subscription: string): boolean {
    return this.#gone.has(subscription);
  }

  end(subscription: string): void {
    this.#gone.add(subscription);
    this.#kept.changed();
  }

  /** Forgets the pushes, and that subscriptions have ended. */
  clear(): void {
    this.#pushes = [];
    this.#gone.clear();
    this.#kept.changed();
  }

  close(): void {
    this.#kept.close();
  }
}
