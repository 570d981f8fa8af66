import type { ServerFrame } from "../../../../lambdas/contracts/protocol.ts";
import { mayPass } from "../../../shared/api.ts";
import type { Channel } from "../../../shared/conversation-session.ts";

/** A private note that the server has not confirmed. */
export interface PendingNote {
  readonly id: string;
  readonly text: string;
  /** By our clock, milliseconds since the epoch. */
  readonly at: number;
  readonly state: "sending" | "failed";
  readonly reason?: string;
}

/** Milliseconds before a note that could not be taken just now goes out again. */
const resendDelaysMs: readonly number[] = [1_000, 3_000, 9_000];

export interface NoteOutboxOptions {
  readonly channel: Pick<Channel, "send" | "onFrame" | "onStatus">;
  readonly conversationId: string;
  readonly changed: () => void;
  readonly createId?: () => string;
  readonly now?: () => number;
}

/**
 * Private notes on their way, one by one and in their order. A note keeps its id until it stands in the conversation:
 * repeating it after a lost connection writes it once.
 */
export class NoteOutbox {
  readonly #options: NoteOutboxOptions;
  readonly #ends: (() => void)[];
  #pending: readonly PendingNote[] = [];
  #underWay: string | undefined;
  #resends = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: NoteOutboxOptions) {
    this.#options = options;
    this.#ends = [
      options.channel.onFrame((frame) => this.#received(frame)),
      options.channel.onStatus((status) => {
        if (status !== "live" && status !== "polling") this.#underWay = undefined;
      }),
    ];
  }

  get pending(): readonly PendingNote[] {
    return this.#pending;
  }

  write(text: string): void {
    const { createId = () => crypto.randomUUID(), now = Date.now } = this.#options;
    if (text.trim() === "") return;
    this.#set([...this.#pending, { id: createId(), text, at: now(), state: "sending" }]);
    this.#flush();
  }

  retry(id: string): void {
    this.#resends = 0;
    this.#set(this.#pending.map((note) => (note.id === id ? { ...note, state: "sending" } : note)));
    this.#flush();
  }

  stop(): void {
    clearTimeout(this.#timer);
    for (const end of this.#ends) end();
  }

  #flush(): void {
    const note = this.#pending.find(({ state }) => state === "sending");
    if (note === undefined || this.#underWay !== undefined) return;
    const { channel, conversationId } = this.#options;
    if (channel.send({ action: "note", id: note.id, text: note.text, conversationId })) this.#underWay = note.id;
  }

  #received(frame: ServerFrame): void {
    if (frame.type === "error") {
      if (frame.id !== undefined && frame.id === this.#underWay) this.#refused(frame);
    } else if ((frame.type === "state" || frame.type === "entries") && this.#isOurs(frame.state.conversationId)) {
      const written = new Set(frame.entries.map(({ id }) => id));
      if (this.#underWay !== undefined && written.has(this.#underWay)) {
        this.#underWay = undefined;
        this.#resends = 0;
      }
      if (this.#pending.some(({ id }) => written.has(id)))
        this.#set(this.#pending.filter(({ id }) => !written.has(id)));
      // A state is what a `hello` is answered with: from now on we are taken again.
      this.#flush();
    }
  }

  #refused({ code, message, id }: Extract<ServerFrame, { type: "error" }>): void {
    this.#underWay = undefined;
    // The session says hello again; the state that follows sends us on.
    if (code === "hello_required") return;
    const delay = code === "conflict" || mayPass(code) ? resendDelaysMs[this.#resends++] : undefined;
    if (delay !== undefined) {
      this.#timer = setTimeout(() => this.#flush(), delay);
      return;
    }
    this.#resends = 0;
    this.#set(this.#pending.map((note) => (note.id === id ? { ...note, state: "failed", reason: message } : note)));
    this.#flush();
  }

  #isOurs(conversationId: string): boolean {
    return conversationId === this.#options.conversationId;
  }

  #set(pending: readonly PendingNote[]): void {
    this.#pending = pending;
    this.#options.changed();
  }
}
