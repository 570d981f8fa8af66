import type { FrameOf, ServerFrame } from "../../lambdas/contracts/protocol.ts";

/** Milliseconds between two notices that we are writing; the protocol's limit. */
export const typingEveryMs = 3_000;

/** Tells the other side that we write, no more often than it may be told. */
export class TypingNotice {
  readonly #send: () => void;
  readonly #now: () => number;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(send: () => void, now: () => number = Date.now) {
    this.#send = send;
    this.#now = now;
  }

  /** Something was typed. */
  typed(): void {
    if (this.#now() - this.#sentAt < typingEveryMs) return;
    this.#sentAt = this.#now();
    this.#send();
  }

  /** The message is out: what is typed next is news again. */
  sent(): void {
    this.#sentAt = Number.NEGATIVE_INFINITY;
  }
}

export interface Writer {
  readonly by: "visitor" | "agent";
  readonly name?: string | undefined;
}

interface KnownWriter extends Writer {
  /** By our clock, milliseconds. */
  readonly until: number;
}

/** Who is writing in a conversation, as long as they said so lately and have not sent it yet. */
export class Writers {
  readonly #conversationId: string;
  readonly #now: () => number;
  readonly #changed: () => void;
  #writers: readonly KnownWriter[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(conversationId: string, changed: () => void, now: () => number = Date.now) {
    this.#conversationId = conversationId;
    this.#changed = changed;
    this.#now = now;
  }

  get all(): readonly Writer[] {
    return this.#writers.filter(({ until }) => until > this.#now());
  }

  take(frame: ServerFrame): void {
    if (frame.type === "typing" && frame.conversationId === this.#conversationId) this.#heard(frame);
    else if (frame.type === "entries" && frame.state.conversationId === this.#conversationId) {
      const sent = new Set(frame.entries.filter(({ kind }) => kind === "message").map(authorOf));
      if (sent.size > 0) this.#set(this.#writers.filter((writer) => !sent.has(`${writer.by} ${writer.name ?? ""}`)));
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #heard({ by, name, until, now }: FrameOf<"typing">): void {
    const others = this.#writers.filter((writer) => writer.by !== by || writer.name !== name);
    // The span counts, not the moment: the server's clock is not ours.
    this.#set([...others, { by, name, until: this.#now() + Math.max(0, until - now) }]);
  }

  #set(writers: readonly KnownWriter[]): void {
    this.#writers = writers.filter(({ until }) => until > this.#now());
    clearTimeout(this.#timer);
    const next = Math.min(...this.#writers.map(({ until }) => until));
    if (Number.isFinite(next)) this.#timer = setTimeout(() => this.#set(this.#writers), next - this.#now() + 10);
    this.#changed();
  }
}

function authorOf(entry: FrameOf<"entries">["entries"][number]): string {
  return "author" in entry ? `${entry.author.role} ${entry.author.name ?? ""}` : "";
}
