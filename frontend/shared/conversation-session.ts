import type {
  Attachment,
  ClientActionInput,
  FrameOf,
  protocolVersion,
  ServerFrame,
} from "../../lambdas/contracts/protocol.ts";
import type { Command } from "../../lambdas/domain/status.ts";
import { mayPass } from "./api.ts";
import type { ConnectionStatus, Participant } from "./connection.ts";
import type { ConversationModel } from "./conversation-model.ts";

/** The contract's number, compared by the compiler. */
export const version: typeof protocolVersion = 1;

/**
 * A number may be missing because its push is a little late: milliseconds before we ask for it, ask again, and at
 * last take it as never written.
 */
export const holeDelaysMs: readonly number[] = [400, 2_000, 8_000];

/** Milliseconds before each repetition of a message that the server could not take just now. */
export const resendDelaysMs: readonly number[] = [1_000, 3_000, 9_000];

/** What a session needs of `ChatConnection`. */
export interface Channel {
  readonly status: ConnectionStatus;
  send(action: ClientActionInput): boolean;
  attach(participant: Participant): () => void;
  onFrame(listener: (frame: ServerFrame) => void): () => void;
  onStatus(listener: (status: ConnectionStatus) => void): () => void;
}

/**
 * Keeps a model in step with the server over a connection: says hello, asks for what is missing, sends our messages
 * one by one, and repeats what was under way when the connection broke.
 */
export class ConversationSession implements Participant {
  readonly model: ConversationModel;
  readonly #channel: Channel;
  readonly #after: (ms: number, run: () => void) => () => void;
  /** The conversation stands in every action of an agent; for visitors and portals the session's token fixes it. */
  readonly #conversation: { readonly conversationId?: string };
  readonly #ends: (() => void)[] = [];
  readonly #timers = new Set<() => void>();
  /** Missing numbers that are being watched. */
  readonly #asked = new Set<number>();
  #joined = false;
  #underWay: string | undefined;
  #resends = 0;
  #commandSent = false;
  #readUpTo = 0;

  /** @param after the environment's timer, see `ConnectionEnvironment.after` */
  constructor(
    model: ConversationModel,
    channel: Channel,
    after: (ms: number, run: () => void) => () => void,
    conversation: { readonly conversationId?: string } = {},
  ) {
    this.model = model;
    this.#channel = channel;
    this.#after = after;
    this.#conversation = conversation;
  }

  /** Takes part from now on. */
  start(): void {
    this.#ends.push(
      this.#channel.onFrame((frame) => this.#received(frame)),
      this.#channel.onStatus((status) => {
        if (status !== "live" && status !== "polling") this.#interrupted();
      }),
      this.#channel.attach(this),
    );
  }

  /** Stops taking part; the connection itself stays as it is. */
  stop(): void {
    for (const end of this.#ends.splice(0)) end();
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  hello(): ClientActionInput {
    return this.#hello(this.model.syncAfter);
  }

  heartbeat(): ClientActionInput {
    return { action: "heartbeat", ...this.#conversation };
  }

  /** Shows the message at once and sends it as soon as possible. Text that is only spaces is ignored. */
  say(text: string, attachments: readonly Attachment[] = []): void {
    if (text.trim() === "" && attachments.length === 0) return;
    this.model.say(text, attachments);
    this.#flush();
  }

  retry(id: string): void {
    this.model.retry(id);
    this.#resends = 0;
    this.#flush();
  }

  /** Asks for a change of status. It is repeated under its id until it shows its effect or is refused. */
  command(command: Command): void {
    if (this.model.command !== undefined) return;
    this.model.begin(command);
    this.#sendCommand();
  }

  /** Everything has been seen. Costs nothing when that is no news to the server. */
  markRead(): void {
    const state = this.model.state;
    if (state === undefined || !this.#joined || this.model.unread === 0) return;
    const seq = this.model.syncAfter;
    if (seq <= Math.max(this.#readUpTo, state.read[this.model.party])) return;
    if (this.#channel.send({ action: "read", seq, ...this.#conversation })) this.#readUpTo = seq;
  }

  #hello(after: number): ClientActionInput {
    return { action: "hello", version, after, ...this.#conversation };
  }

  #received(frame: ServerFrame): void {
    this.model.apply(frame);
    if (frame.type === "error") this.#refused(frame);
    else if (frame.type === "closed") this.stop();
    else if (
      (frame.type === "state" || frame.type === "entries" || frame.type === "sent") &&
      frame.state.conversationId === this.model.conversationId
    ) {
      if (frame.type === "sent") {
        if (frame.id === this.#underWay) this.#underWay = undefined;
        this.#resends = 0;
      } else if (frame.type === "state") {
        this.#joined = true;
        const last = frame.entries.at(-1);
        if (!frame.complete && last !== undefined) this.#channel.send(this.#hello(last.seq));
        this.#sendCommand();
      }
      this.#flush();
    }
    this.#askForMissing();
  }

  #refused(error: FrameOf<"error">): void {
    const ours = error.id !== undefined && error.id === this.#underWay;
    if (ours) this.#underWay = undefined;
    if (error.code === "hello_required") {
      // A socket may carry several conversations.
      if ((error.conversationId ?? this.model.conversationId) !== this.model.conversationId) return;
      this.#interrupted();
      this.#channel.send(this.hello());
    } else if (ours) {
      const delay = error.code === "conflict" || mayPass(error.code) ? resendDelaysMs[this.#resends++] : undefined;
      if (delay !== undefined) this.#later(delay, () => this.#flush());
      else {
        this.#resends = 0;
        this.model.fail(error.id ?? "", error.message);
        this.#flush();
      }
    }
  }

  #interrupted(): void {
    this.#joined = false;
    this.#underWay = undefined;
    this.#commandSent = false;
    this.#readUpTo = 0;
  }

  #flush(): void {
    const message = this.model.nextToSend;
    if (!this.#joined || this.#underWay !== undefined || message === undefined) return;
    const sent = this.#channel.send({
      action: "send",
      id: message.id,
      text: message.text,
      ...(message.attachments && { attachments: message.attachments.map(({ fileId }) => fileId) }),
      ...(message.tried ? { retryAfter: message.after } : {}),
      ...this.#conversation,
    });
    if (!sent) return;
    this.#underWay = message.id;
    this.model.markTried(message.id);
  }

  #sendCommand(): void {
    const command = this.model.command;
    if (command === undefined) this.#commandSent = false;
    else if (this.#joined && !this.#commandSent) {
      this.#commandSent = this.#channel.send({ action: command.command, id: command.id, ...this.#conversation });
    }
  }

  #askForMissing(): void {
    const missing = this.model.missing;
    if (missing === undefined || !this.#joined || this.#asked.has(missing)) return;
    this.#watch(missing, 0);
  }

  #watch(missing: number, asked: number): void {
    const delay = holeDelaysMs[asked];
    if (delay === undefined) {
      this.model.tolerateMissing(missing);
      this.#askForMissing();
      return;
    }
    this.#asked.add(missing);
    this.#later(delay, () => {
      if (this.model.missing !== missing) return;
      if (!this.#joined) this.#asked.delete(missing);
      else {
        if (asked + 1 < holeDelaysMs.length) this.#channel.send(this.hello());
        this.#watch(missing, asked + 1);
      }
    });
  }

  #later(ms: number, run: () => void): void {
    const cancel = this.#after(ms, () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
  }
}
