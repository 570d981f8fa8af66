import type { Attachment, ConversationState, Entry, FrameOf, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import type { Command, Party, Status } from "../../lambdas/domain/status.ts";
import { Listeners } from "./listeners.ts";
import { mergeStates, type StatedAt } from "./merge-state.ts";
import { Transcript } from "./transcript.ts";

/** A message of ours that the server has not confirmed. */
export interface PendingMessage {
  readonly id: string;
  readonly text: string;
  /** Files that were uploaded for it. */
  readonly attachments?: readonly Attachment[];
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

/** Why somebody may no longer take part. */
export interface Closing {
  readonly code: string;
  readonly message: string;
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

/** Where a command has reached its goal. */
const goals: Readonly<Record<Command, readonly Status[]>> = {
  escalate: ["unassigned", "open", "ended"],
  takeOver: ["open"],
  reopen: ["open"],
  end: ["ended"],
  handBack: ["unrequested"],
};

/**
 * One conversation as one client knows it. Pure: it applies frames and keeps our own unconfirmed messages; it sends
 * nothing. Frames may be lost, repeated or swapped; after a sync the transcript is the same.
 */
export class ConversationModel {
  readonly party: Party;
  readonly #now: () => number;
  readonly #createId: () => string;
  /** For `PagedConversation` alone. */
  protected readonly transcript = new Transcript();
  readonly #listeners = new Listeners();
  readonly #finishedAnswers = new Set<string>();
  #conversationId: string | undefined;
  #stated: StatedAt | undefined;
  /** The server's clock minus ours. */
  #clockAhead = 0;
  #pending: readonly PendingMessage[] = [];
  #answers: readonly StreamedAnswer[] = [];
  #command: PendingCommand | undefined;
  #refusal: string | undefined;
  #closed: Closing | undefined;
  #synced = false;

  constructor({ party, now, createId, conversationId }: ModelOptions) {
    this.party = party;
    this.#now = now;
    this.#createId = createId;
    this.#conversationId = conversationId;
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
    return this.transcript.entries;
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
  get closed(): Closing | undefined {
    return this.#closed;
  }

  /** True once the server has told all that it had. */
  get synced(): boolean {
    return this.#synced;
  }

  /** Number that the next `hello` continues after. */
  get syncAfter(): number {
    return this.transcript.contiguousUpTo;
  }

  /** Lowest number that should be here and is not. */
  get missing(): number | undefined {
    const next = this.syncAfter + 1;
    return next <= (this.state?.seq ?? 0) ? next : undefined;
  }

  /** How many messages we have not read. */
  get unread(): number {
    return this.state?.unread[this.party] ?? 0;
  }

  /** The server's clock, as far as we know it. */
  get serverNow(): number {
    return this.#now() + this.#clockAhead;
  }

  /** Presence is a lease, compared with the server's clock: a wrong clock here changes nothing. */
  isPresent(who: Party | "team"): boolean {
    const { visitor = 0, agent = 0, team = 0 } = this.state?.presentUntil ?? {};
    return { visitor, agent, team: Math.max(team, agent) }[who] > this.serverNow;
  }

  /** When the next lease of those that run ends, by our clock; the view draws again then. */
  get presenceChangesAt(): number | undefined {
    const { visitor = 0, agent = 0, team = 0 } = this.state?.presentUntil ?? {};
    const ends = [visitor, agent, team].filter((end) => end > this.serverNow);
    return ends.length === 0 ? undefined : Math.min(...ends) - this.#clockAhead;
  }

  /** Whether an answer of the AI is due: the visitor spoke last, and nobody has begun to answer. */
  get botIsThinking(): boolean {
    if ((this.state !== undefined && this.state.status !== "unrequested") || this.#answers.length > 0) return false;
    if (this.nextToSend !== undefined) return this.party === "visitor";
    const last = this.entries.findLast((entry) => entry.kind === "message");
    return last?.author.role === "visitor" && last.at + thinkingMs > this.serverNow;
  }

  /** The other side has seen everything up to here. */
  get seenByOther(): number {
    return this.state?.read[this.party === "visitor" ? "agent" : "visitor"] ?? 0;
  }

  /** Called after every change. Returns what ends it. */
  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Names the conversation once it exists. */
  identify(conversationId: string): void {
    this.#conversationId = conversationId;
    this.#listeners.tell();
  }

  /** Applies what the server said. Frames of other conversations are ignored, and those that nobody here knows. */
  apply(frame: ServerFrame): void {
    if (frame.type === "closed") this.#closed = frame;
    else if (frame.type === "error") {
      if (frame.id === undefined || frame.id !== this.#command?.id) return;
      this.#command = undefined;
      this.#refusal = frame.message;
    } else if (frame.type === "present") {
      if (this.state === undefined) return;
      const { presentUntil, teamUntil } = frame;
      const renewed = { [this.party]: presentUntil, ...(teamUntil !== undefined && { team: teamUntil }) };
      this.#merge({ ...this.state, presentUntil: { ...this.state.presentUntil, ...renewed } }, frame.now);
    } else {
      const id = conversationOf(frame);
      this.#conversationId ??= id;
      if (id === undefined || id !== this.#conversationId) return;
      if (frame.type === "delta") this.#stream(frame);
      else if (frame.type === "row") this.#merge(frame.row, frame.now);
      else if (frame.type === "state" || frame.type === "entries" || frame.type === "sent") {
        const entries = frame.type === "sent" ? [frame.entry] : frame.entries;
        this.#merge(frame.state, frame.now);
        this.transcript.add(entries);
        this.#added(entries);
        if (frame.type === "state") this.#synced ||= frame.complete;
      }
    }
    this.#listeners.tell();
  }

  /** Writes a message at once; it is shown as being sent. */
  say(text: string, attachments: readonly Attachment[] = []): PendingMessage {
    const message: PendingMessage = {
      id: this.#createId(),
      text,
      at: this.#now(),
      after: this.syncAfter,
      state: "sending",
      tried: false,
      ...(attachments.length > 0 && { attachments }),
    };
    this.#setPending([...this.#pending, message]);
    return message;
  }

  /** Takes messages up again that a page before this one could not send. */
  restore(messages: readonly PendingMessage[]): void {
    const known = new Set([...this.#pending, ...this.entries].map(({ id }) => id));
    this.#setPending([...messages.filter(({ id }) => !known.has(id)), ...this.#pending]);
  }

  /** The oldest message that should go out. Only one is under way at a time: that keeps the order. */
  get nextToSend(): PendingMessage | undefined {
    return this.#pending.find(({ state }) => state === "sending");
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

  begin(command: Command): PendingCommand {
    this.#command = { command, id: this.#createId() };
    this.#refusal = undefined;
    this.#listeners.tell();
    return this.#command;
  }

  tolerateMissing(seq: number): void {
    this.transcript.tolerate(seq);
    this.#listeners.tell();
  }

  #merge(state: ConversationState, now: number): void {
    const said = { state, now };
    if (now >= (this.#stated?.now ?? 0)) this.#clockAhead = now - this.#now();
    this.#stated = mergeStates(this.#stated ?? said, said);
    const { epoch, status } = this.#stated.state;
    this.#answers = this.#answers.filter((answer) => answer.epoch === epoch && status === "unrequested");
    if (this.#command !== undefined && goals[this.#command.command].includes(status)) this.#command = undefined;
  }

  #added(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.#pending = this.#pending.filter(({ id }) => id !== entry.id);
      if (entry.kind !== "message" || entry.author.role !== "bot") continue;
      // A stored answer takes the place of its draft, which is known by its id or, failing that, by how it begins.
      this.#finishedAnswers.add(entry.id);
      this.#answers = this.#answers.filter(({ answerId, text }) => {
        if (answerId !== entry.id && !entry.text.startsWith(text)) return true;
        this.#finishedAnswers.add(answerId);
        return false;
      });
    }
  }

  #stream({ answerId, epoch, offset, text }: FrameOf<"delta">): void {
    const { state } = this;
    if (state !== undefined && (state.epoch !== epoch || state.status !== "unrequested")) return;
    if (this.#finishedAnswers.has(answerId)) return;
    const others = this.#answers.filter((answer) => answer.answerId !== answerId);
    const known = this.#answers.find((answer) => answer.answerId === answerId)?.text ?? "";
    // A piece that leaves a gap waits for the stored answer: half a sentence in the middle helps nobody.
    if (offset > known.length || offset + text.length <= known.length) return;
    this.#answers = [...others, { answerId, epoch, text: known + text.slice(known.length - offset) }];
  }

  #change(id: string, change: (message: PendingMessage) => PendingMessage): void {
    this.#setPending(this.#pending.map((message) => (message.id === id ? change(message) : message)));
  }

  #setPending(pending: readonly PendingMessage[]): void {
    this.#pending = pending;
    this.#listeners.tell();
  }
}

/** Undefined for a frame that is about no conversation. */
function conversationOf(frame: ServerFrame): string | undefined {
  const { conversationId } = { ...frame, ...("state" in frame && frame.state), ...("row" in frame && frame.row) } as {
    conversationId?: string;
  };
  return conversationId;
}
