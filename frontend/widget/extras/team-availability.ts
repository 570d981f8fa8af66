import type { Availability } from "./availability-text.ts";

/** Milliseconds that a lease of presence lasts at most, by `domain/presence.ts`. */
const leaseMs = 150_000;

/** Milliseconds after which what we know is asked for again, when somebody looks. */
const freshMs = 60_000;

/**
 * What is known of the team without a conversation. The end of a presence is told by the server's clock, which nobody
 * tells a page that has no conversation: that somebody was there when we asked holds for a lease.
 */
export class TeamAvailability {
  readonly #read: () => Promise<Availability>;
  readonly #now: () => number;
  #known: Availability;
  #knownAt: number;

  constructor(known: Availability, read: () => Promise<Availability>, now: () => number = Date.now) {
    this.#known = known;
    this.#knownAt = now();
    this.#read = read;
    this.#now = now;
  }

  get known(): Availability {
    return this.#known;
  }

  get isTeamPresent(): boolean {
    return this.#known.teamUntil > 0 && this.#now() - this.#knownAt < leaseMs;
  }

  /** Asks again, unless that was done just now. Failing leaves what is known. */
  async refresh(): Promise<void> {
    if (this.#now() - this.#knownAt < freshMs) return;
    const before = this.#knownAt;
    this.#knownAt = this.#now();
    try {
      this.#known = await this.#read();
    } catch {
      this.#knownAt = before;
    }
  }
}
