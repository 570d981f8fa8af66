import type {
  ConversationState,
  Entry,
  FrameOf,
  InboxRow,
  MessageEntry,
  ServerFrame,
} from "../../lambdas/contracts/protocol.ts";
import type { Command, Party } from "../../lambdas/domain/status.ts";
import { mergeStates, type StatedAt } from "./merge-state.ts";
import { Transcript } from "./transcript.ts";

/** A message of ours that the server has not confirmed. */
export interface PendingMessage {
  readonly id: string;
  readonly text: string;
  /** By our clock, milliseconds since the epoch. */
  readonly at: number;
  /** The last number we had when it was written: a retry tells the server where to look for it. */
  readonly after: number;
  readonly state: "sending" | "failed";
  /** Whether it may have reached the server: then it goes out as a retry. */
  readonly tried: boolean;
  /** What the server said against it. */
  readonly reason?: string;
}

/** An AI answer that is being written. */
export interface StreamedAnswer {
  readonly answerId: string;
  readonly epoch: number;
  readonly text: string;
}

/** A command that we gave and that has not shown its effect. */
export interface PendingCommand {
  readonly command: Command;
  readonly id: string;
}

export interface ModelOptions {
  /** Whose eyes and hands these are. */
  readonly party: Party;
  /** Absent until the conversation exists; see `identify`. */
  readonly conversationId?: string;
  /** Our clock, milliseconds since the epoch. */
  readonly now: () => number;
  /** Makes an id of 8 to 36 characters. */
  readonly createId: () => string;
}

/** How long a question may go unanswered before we stop showing that the AI thinks. */
const thinkingMs = 45_000;

/**
 * One conversation as one client knows it. Pure: it applies frames and keeps our own unconfirmed messages; it sends
 * nothing. Frames may be lost, repeated or swapped; after a sync the transcript is the same.
 */
export class ConversationModel {
  readonly party: Party;
  readonly #now: () => number;
  readonly #createId: () => string;
  readonly #transcript = new Transcript();
  readonly #listeners = new Set<() => void>();
  readonly #finishedAnswers = new Set<string>();
  #conversationId: string | undefined;
  #stated: StatedAt | undefined;
  /** The server's clock minus ours. */
  #clockAhead = 0;
  #pending: readonly PendingMessage[] = [];
  #answers: readonly StreamedAnswer[] = [];
  #command: PendingCommand | undefined;
  #refusal: string | undefined;
  #closed: { readonly code: string; readonly message: string } | undefined;
  #highest = 0;
  #synced = false;

  constructor(options: ModelOptions) {
    this.party = options.party;
    this.#now = options.now;
    this.#createId = options.createId;
    this.#conversationId = options.conversationId;
  }

  get conversationId(): string | undefined {
    return this.#conversationId;
  }

  /** Undefined until the server has said something. */
  get state(): ConversationState | undefined {
    return this.#stated?.state;
  }

  /** Oldest first, each once. */
  get entries(): readonly Entry[] {
    return this.#transcript.entries;
  }

  get pending(): readonly PendingMessage[] {
    return this.#pending;
  }

  /** The AI's answers in the making, for the epoch that holds. */
  get answers(): readonly StreamedAnswer[] {
    return this.#answers;
  }

  get command(): PendingCommand | undefined {
    return this.#command;
  }

  /** Why the last command was refused; until the next one. */
  get refusal(): string | undefined {
    return this.#refusal;
  }

  /** Set when we may no longer take part, for instance because the link was revoked. */
  get closed(): { readonly code: string; readonly message: string } | undefined {
    return this.#closed;
  }

  /** True once the server has told all that it had. */
  get synced(): boolean {
    return this.#synced;
  }

  get hasOlder(): boolean {
    return this.#transcript.hasOlder;
  }

  /** Number that the next `hello` continues after. */
  get syncAfter(): number {
    return this.#transcript.contiguousUpTo;
  }

  /** Lowest number that should be here and is not. */
  get missing(): number | undefined {
    return this.#transcript.missingUpTo(Math.max(this.#stated?.state.seq ?? 0, this.#highest));
  }

  /** How many messages we have not read. */
  get unread(): number {
    return this.#stated?.state.unread[this.party] ?? 0;
  }

  /** The server's clock, as far as we know it. */
  get serverNow(): number {
    return this.#now() + this.#clockAhead;
  }

  /** Presence is a lease, compared with the server's clock: a wrong clock here changes nothing. */
  isPresent(who: Party | "team"): boolean {
    const until = this.#stated?.state.presentUntil;
    if (until === undefined) return false;
    const end = who === "team" ? Math.max(until.team ?? 0, until.agent) : until[who];
    return end > this.serverNow;
  }

  /** When the next lease of those that run ends, by our clock; the view draws again then. */
  get presenceChangesAt(): number | undefined {
    const until = this.#stated?.state.presentUntil;
    const ends = [until?.visitor ?? 0, until?.agent ?? 0, until?.team ?? 0].filter((end) => end > this.serverNow);
    return ends.length === 0 ? undefined : Math.min(...ends) - this.#clockAhead;
  }

  /** Whether an answer of the AI is due: the visitor spoke last, and nobody has begun to answer. */
  get botIsThinking(): boolean {
    if (this.#stated !== undefined && this.#stated.state.status !== "unrequested") return false;
    if (this.#answers.length > 0) return false;
    if (this.#pending.some((message) => message.state === "sending")) return this.party === "visitor";
    const last = this.entries.findLast((entry) => entry.kind === "message");
    return last?.author.role === "visitor" && last.at + thinkingMs > this.serverNow;
  }

  /** The other side has seen everything up to here. */
  get seenByOther(): number {
    return this.#stated?.state.read[this.party === "visitor" ? "agent" : "visitor"] ?? 0;
  }

  /** Called after every change. Returns what ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Names the conversation once it exists. */
  identify(conversationId: string): void {
    this.#conversationId = conversationId;
    this.#changed();
  }

  /** Adds a page of `viewConversation`: the newest entries first, then older ones. */
  loadPage(entries: readonly Entry[], more: boolean, row?: { readonly now: number; readonly row: InboxRow }): void {
    this.#transcript.addPage(entries, more);
    this.#added(entries);
    if (row !== undefined) this.#merge(row.row, row.now);
    this.#synced = true;
    this.#changed();
  }

  /** Applies what the server said. Frames of other conversations are ignored. */
  apply(frame: ServerFrame): void {
    if (frame.type === "closed") this.#closed = { code: frame.code, message: frame.message };
    else if (frame.type === "present") this.#present(frame);
    else if (frame.type === "inbox") return;
    else if (frame.type === "error") {
      if (frame.conversationId !== undefined && frame.conversationId !== this.#conversationId) return;
      if (frame.id === undefined || frame.id !== this.#command?.id) return;
      this.#command = undefined;
      this.#refusal = frame.message;
    } else {
      const id = conversationOf(frame);
      this.#conversationId ??= id;
      if (id !== this.#conversationId) return;
      this.#applyOurs(frame);
    }
    this.#changed();
  }

  /** Writes a message at once; it is shown as being sent. */
  say(text: string): PendingMessage {
    const message: PendingMessage = {
      id: this.#createId(),
      text,
      at: this.#now(),
      after: this.syncAfter,
      state: "sending",
      tried: false,
    };
    this.#pending = [...this.#pending, message];
    this.#changed();
    return message;
  }

  /** Takes messages up again that a page before this one could not send. */
  restore(messages: readonly PendingMessage[]): void {
    const known = new Set([...this.#pending.map((each) => each.id), ...this.entries.map((each) => each.id)]);
    this.#pending = [...messages.filter((message) => !known.has(message.id)), ...this.#pending];
    this.#changed();
  }

  /** The oldest message that should go out. Only one is under way at a time: that keeps the order. */
  get nextToSend(): PendingMessage | undefined {
    return this.#pending.find((message) => message.state === "sending");
  }

  markTried(id: string): void {
    this.#change(id, (message) => ({ ...message, tried: true }));
  }

  /** The server said no; the person decides what next. */
  fail(id: string, reason: string): void {
    this.#change(id, (message) => ({ ...message, state: "failed", reason }));
  }

  /** Sends a failed message again, under its old id: the server may have it after all. */
  retry(id: string): void {
    this.#change(id, ({ reason: _, ...message }) => ({ ...message, state: "sending" }));
  }

  discard(id: string): void {
    this.#pending = this.#pending.filter((message) => message.id !== id);
    this.#changed();
  }

  begin(command: Command): PendingCommand {
    this.#command = { command, id: this.#createId() };
    this.#refusal = undefined;
    this.#changed();
    return this.#command;
  }

  tolerateMissing(seq: number): void {
    this.#transcript.tolerate(seq);
    this.#changed();
  }

  #applyOurs(frame: FrameOf<"state" | "sent" | "entries" | "row" | "delta">): void {
    switch (frame.type) {
      case "delta":
        this.#stream(frame);
        return;
      case "row":
        this.#merge(frame.row, frame.now);
        return;
      case "sent":
        this.#merge(frame.state, frame.now);
        this.#transcript.add([frame.entry]);
        this.#pending = this.#pending.filter((message) => message.id !== frame.id);
        this.#added([frame.entry]);
        return;
      case "state":
      case "entries":
        this.#merge(frame.state, frame.now);
        this.#transcript.add(frame.entries);
        this.#added(frame.entries);
        if (frame.type === "state") this.#synced ||= frame.complete;
    }
  }

  #merge(state: ConversationState, now: number): void {
    if (this.#stated === undefined || now >= this.#stated.now) this.#clockAhead = now - this.#now();
    const said = { state, now };
    this.#stated = this.#stated === undefined ? said : mergeStates(this.#stated, said);
    const { epoch, status } = this.#stated.state;
    this.#answers = this.#answers.filter((answer) => answer.epoch === epoch && status === "unrequested");
    if (this.#command !== undefined && isReached(this.#command.command, status)) this.#command = undefined;
  }

  #added(entries: readonly Entry[]): void {
    const ids = new Set(entries.map((entry) => entry.id));
    this.#highest = Math.max(this.#highest, ...entries.map((entry) => entry.seq));
    this.#pending = this.#pending.filter((message) => !ids.has(message.id));
    for (const entry of entries) if (entry.kind === "message" && entry.author.role === "bot") this.#finish(entry);
  }

  /** A stored answer takes the place of its draft, which is known by its id or, failing that, by how it begins. */
  #finish(entry: MessageEntry): void {
    this.#finishedAnswers.add(entry.id);
    this.#answers = this.#answers.filter((answer) => {
      if (answer.answerId !== entry.id && !entry.text.startsWith(answer.text)) return true;
      this.#finishedAnswers.add(answer.answerId);
      return false;
    });
  }

  #stream(delta: FrameOf<"delta">): void {
    const state = this.#stated?.state;
    if (state !== undefined && (state.epoch !== delta.epoch || state.status !== "unrequested")) return;
    if (this.#finishedAnswers.has(delta.answerId)) return;
    const known = this.#answers.find((answer) => answer.answerId === delta.answerId);
    const text = known?.text ?? "";
    // A piece that leaves a gap waits for the stored answer: half a sentence in the middle helps nobody.
    if (delta.offset > text.length || delta.offset + delta.text.length <= text.length) return;
    const answer = {
      answerId: delta.answerId,
      epoch: delta.epoch,
      text: text + delta.text.slice(text.length - delta.offset),
    };
    this.#answers =
      known === undefined
        ? [...this.#answers, answer]
        : this.#answers.map((each) => (each.answerId === answer.answerId ? answer : each));
  }

  #present(frame: FrameOf<"present">): void {
    if (this.#stated === undefined) return;
    const { state } = this.#stated;
    this.#clockAhead = frame.now - this.#now();
    this.#stated = {
      now: Math.max(this.#stated.now, frame.now),
      state: {
        ...state,
        presentUntil: {
          ...state.presentUntil,
          [this.party]: frame.presentUntil,
          ...(frame.teamUntil === undefined ? {} : { team: frame.teamUntil }),
        },
      },
    };
  }

  #change(id: string, change: (message: PendingMessage) => PendingMessage): void {
    this.#pending = this.#pending.map((message) => (message.id === id ? change(message) : message));
    this.#changed();
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function conversationOf(frame: FrameOf<"state" | "sent" | "entries" | "row" | "delta">): string {
  if (frame.type === "delta") return frame.conversationId;
  return frame.type === "row" ? frame.row.conversationId : frame.state.conversationId;
}

function isReached(command: Command, status: ConversationState["status"]): boolean {
  switch (command) {
    case "escalate":
      return status !== "unrequested";
    case "takeOver":
    case "reopen":
      return status === "open";
    case "end":
      return status === "ended";
  }
}
