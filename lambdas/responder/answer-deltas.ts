import type { FrameOf } from "../contracts/protocol.ts";

/** A delta goes out when it has this many UTF-16 code units … */
export const pieceLength = 40;
/** … or when something has waited this long, milliseconds. */
export const pieceMs = 100;

/**
 * Gathers an answer into deltas. Every push is billed: 1.00 $ a million for each socket that looks on. With these numbers
 * an answer of 400 characters is at most 10 pushes a viewer (0.001 cent), the longest possible one 100 (0.01 cent).
 */
export class AnswerDeltas {
  readonly #frame: Pick<FrameOf<"delta">, "conversationId" | "epoch" | "answerId">;
  readonly #now: () => number;
  #text = "";
  #pushed = 0;
  #pushedAt: number;

  constructor(frame: Pick<FrameOf<"delta">, "conversationId" | "epoch" | "answerId">, now: () => number) {
    this.#frame = frame;
    this.#now = now;
    this.#pushedAt = now();
  }

  /** The whole answer so far. */
  get text(): string {
    return this.#text;
  }

  /** Adds to the answer; returns a frame when it is time for one. */
  add(text: string): FrameOf<"delta"> | undefined {
    this.#text += text;
    const waiting = this.#text.length - this.#pushed;
    const waited = this.#now() - this.#pushedAt;
    if (waiting === 0 || (waiting < pieceLength && waited < pieceMs)) return undefined;
    const frame: FrameOf<"delta"> = {
      type: "delta",
      ...this.#frame,
      offset: this.#pushed,
      text: this.#text.slice(this.#pushed),
    };
    this.#pushed = this.#text.length;
    this.#pushedAt = this.#now();
    return frame;
  }
}
