/** Milliseconds after the last move of the pointer within the list for which nothing moves under it. */
export const aimingMs = 1_500;

/** Pixels from the top within which somebody counts as being there, wanting to see what comes. */
export const atTopPx = 8;

/** Knows whether the rows have to stay where they are: somebody is aiming at one, or reads further down. */
export class PointerHold {
  readonly #now: () => number;
  #movedAt = Number.NEGATIVE_INFINITY;
  #pressed = false;
  #scrollTop = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  moved(): void {
    this.#movedAt = this.#now();
  }

  pressed(): void {
    this.#pressed = true;
  }

  released(): void {
    this.#pressed = false;
    this.#movedAt = this.#now();
  }

  left(): void {
    this.#pressed = false;
    this.#movedAt = Number.NEGATIVE_INFINITY;
  }

  scrolled(scrollTop: number): void {
    this.#scrollTop = scrollTop;
  }

  get holds(): boolean {
    return this.#pressed || this.#scrollTop > atTopPx || this.holdsFor > 0;
  }

  /** Milliseconds for which the pointer alone still holds. */
  get holdsFor(): number {
    return Math.max(0, this.#movedAt + aimingMs - this.#now());
  }
}
