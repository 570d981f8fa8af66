import type { ClientActionInput, FrameOf, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import { heartbeatSeconds } from "../../lambdas/domain/presence.ts";
import { ApiError } from "./api.ts";
import { Listeners } from "./listeners.ts";

/** `live` over a WebSocket, `polling` over HTTPS where sockets are blocked, `offline` when neither gets through. */
export type ConnectionStatus = "connecting" | "live" | "polling" | "offline";

/** First wait before reconnecting; doubles up to the longest, and each is drawn from its upper half. */
const firstReconnect = 500;
const longestReconnect = 30_000;
/** A socket that has not opened by then counts as blocked. */
const socketOpens = 10_000;
/** Every action is answered: silence for this long means that the socket is dead, though nobody told us. */
const reply = 10_000;
const poll = 3_000;
const socketRetryWhilePolling = 60_000;
const heartbeat = heartbeatSeconds * 1_000;
/** API Gateway cuts a WebSocket off after 2 hours; we choose a better moment before. */
const socketLifetime = 110 * 60_000;

/** Every delay of the connection, in milliseconds. */
export const delays = { firstReconnect, reply, poll, socketRetryWhilePolling, heartbeat } as const;

/** Sockets in a row that did not open, or never let an answer through, before we poll. */
export const failuresBeforePolling = 3;

/** Refusals that trying again does not cure. */
const finalCodes = ["unauthorized", "forbidden", "not_found", "link_expired", "link_revoked", "erased"];

/** The part of a WebSocket that is used here. */
export interface Socket {
  send(data: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: (() => void) | null;
  onerror: (() => void) | null;
}

/** What the connection needs of the browser; `browser-environment.ts` has the real one. */
export interface ConnectionEnvironment {
  openSocket(url: string): Socket;
  /** Returns what cancels it. */
  after(ms: number, run: () => void): () => void;
  random(): number;
  /** Whether somebody can see the page. A page that nobody sees is not present: it neither polls nor beats. */
  isVisible(): boolean;
  /** Calls back when the page becomes visible or the network returns. Returns what stops it. */
  onWake(listener: () => void): () => void;
}

/** Somebody who talks over the connection: one conversation, or the inbox. */
export interface Participant {
  /** Said after every connect, and again and again while polling. */
  hello(): ClientActionInput;
  /** Renews the presence lease. */
  heartbeat(): ClientActionInput;
}

export interface ConnectionOptions {
  /** `wss://…`, without a path. */
  readonly socketOrigin: string;
  /** Gets a fresh single-use ticket by HTTPS. */
  ticket(): Promise<string>;
  /** Sends one action by HTTPS and returns the reply. */
  post(action: ClientActionInput): Promise<ServerFrame>;
  readonly environment: ConnectionEnvironment;
  /** Reconnects even when nobody sees the page; for a dashboard in a background tab. @default false */
  readonly staysWhileHidden?: boolean;
}

/**
 * Carries actions to the server and frames back, over whatever the network allows. Delivery is not promised: a frame
 * may be lost or come twice, and the conversation's model makes up for it with `hello`.
 */
export class ChatConnection {
  readonly #options: ConnectionOptions;
  readonly #environment: ConnectionEnvironment;
  readonly #participants = new Set<Participant>();
  readonly #frames = new Listeners<[frame: ServerFrame]>();
  readonly #statuses = new Listeners<[status: ConnectionStatus]>();
  readonly #timers = new Map<TimerName, () => void>();
  #status: ConnectionStatus = "connecting";
  #socket: Socket | undefined;
  /** Grows with every try, so that a ticket or a poll that comes late finds out. */
  #attempt = 0;
  #reconnects = 0;
  #failedSockets = 0;
  /** The socket of now has let something through. */
  #answered = false;
  #polling = false;
  /** Between two tries, perhaps because nobody looks. */
  #waiting = false;
  #stopWaking: (() => void) | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#environment = options.environment;
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** Starts connecting. Does nothing when it has been opened. */
  open(): void {
    if (this.#stopWaking !== undefined) return;
    this.#stopWaking = this.#environment.onWake(() => this.wake());
    this.#beat();
    this.#connect();
  }

  /** Somebody looks, or the network is back: tries at once instead of waiting. The environment calls it too. */
  wake(): void {
    if (this.#stopWaking === undefined) return;
    this.#beatNow();
    if (this.#polling) this.#poll();
    else if (this.#waiting) {
      this.#reconnects = 0;
      this.#connect();
    }
  }

  /** Ends for good: no more frames, no more tries. */
  close(): void {
    this.#stopWaking?.();
    this.#stopWaking = undefined;
    this.#polling = false;
    for (const name of this.#timers.keys()) this.#timer(name);
    this.#dropSocket();
  }

  /** Adds somebody whose `hello` is said now and after every connect. Returns what removes it. */
  attach(participant: Participant): () => void {
    this.#participants.add(participant);
    this.send(participant.hello());
    return () => this.#participants.delete(participant);
  }

  /** False when there is no way to send now; the caller keeps the action for the next `hello`. */
  send(action: ClientActionInput): boolean {
    if (this.#status === "live" && this.#socket !== undefined) {
      this.#socket.send(JSON.stringify(action));
      // One watch at a time: what counts is that anything at all comes back.
      if (!this.#timers.has("reply")) this.#timer("reply", reply, () => this.#lost());
      return true;
    }
    if (this.#status !== "polling") return false;
    void this.#post(action);
    return true;
  }

  onFrame(listener: (frame: ServerFrame) => void): () => void {
    return this.#frames.add(listener);
  }

  onStatus(listener: (status: ConnectionStatus) => void): () => void {
    return this.#statuses.add(listener);
  }

  #connect(): void {
    const attempt = ++this.#attempt;
    this.#waiting = false;
    this.#timer("reconnect");
    if (!this.#polling) this.#setStatus(this.#status === "offline" ? "offline" : "connecting");
    const isLatest = () => attempt === this.#attempt && this.#stopWaking !== undefined;
    this.#options.ticket().then(
      (ticket) => isLatest() && this.#openSocket(ticket),
      (error: unknown) => isLatest() && this.#ticketRefused(error),
    );
  }

  #openSocket(ticket: string): void {
    const socket = this.#environment.openSocket(
      `${this.#options.socketOrigin}/ws?ticket=${encodeURIComponent(ticket)}`,
    );
    this.#socket = socket;
    this.#answered = false;
    socket.onclose = () => this.#lost();
    socket.onerror = () => undefined;
    this.#timer("socketOpens", socketOpens, () => this.#lost());
    socket.onmessage = (event) => this.#received(event.data);
    socket.onopen = () => {
      this.#timer("socketOpens");
      this.#polling = false;
      this.#timer("poll");
      this.#timer("lifetime", socketLifetime * (1 - 0.05 * this.#environment.random()), () => {
        this.#dropSocket();
        this.#connect();
      });
      this.#setStatus("live");
      for (const participant of this.#participants) this.send(participant.hello());
    };
  }

  #received(data: unknown): void {
    this.#timer("reply");
    // Only a server that answers counts as success: one that accepts and drops must not be asked ever faster, and a
    // proxy in between may let a socket open and nothing through.
    this.#reconnects = 0;
    this.#failedSockets = 0;
    this.#answered = true;
    const frame = parseFrame(data);
    if (frame !== undefined) this.#emit(frame);
  }

  #emit(frame: ServerFrame): void {
    const refused = frame.type === "error" && frame.action === "hello" && finalCodes.includes(frame.code);
    if (frame.type === "closed" || (refused && namesNoConversation(frame))) {
      this.close();
      this.#frames.tell({ ...frame, type: "closed" });
    } else this.#frames.tell(frame);
  }

  /** The socket is gone, or as good as. */
  #lost(): void {
    if (!this.#answered) this.#failedSockets++;
    this.#dropSocket();
    if (this.#stopWaking === undefined) return;
    if (this.#failedSockets >= failuresBeforePolling) this.#pollInstead();
    else this.#reconnectLater();
  }

  #dropSocket(): void {
    for (const name of ["socketOpens", "reply", "lifetime"] as const) this.#timer(name);
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #reconnectLater(status: ConnectionStatus = "connecting"): void {
    this.#waiting = true;
    this.#setStatus(status);
    const ceiling = Math.min(longestReconnect, firstReconnect * 2 ** this.#reconnects++);
    this.#timer("reconnect", ceiling * (0.5 + 0.5 * this.#environment.random()), () => {
      // Nobody looks: connecting would make an absent person present. The wake-up connects.
      if (this.#mayWork()) this.#connect();
    });
  }

  #ticketRefused(error: unknown): void {
    if (this.#isFinal(error)) return;
    if (this.#polling) this.#timer("reconnect", socketRetryWhilePolling, () => this.#connect());
    else this.#reconnectLater("offline");
  }

  #isFinal(error: unknown): boolean {
    if (!(error instanceof ApiError) || !finalCodes.includes(error.code)) return false;
    this.#emit({ type: "closed", code: error.code, message: error.message });
    return true;
  }

  #pollInstead(): void {
    const begins = !this.#polling;
    this.#polling = true;
    this.#timer("reconnect", socketRetryWhilePolling, () => this.#connect());
    if (!begins) return;
    this.#beatNow();
    this.#poll();
  }

  #poll(): void {
    this.#timer("poll");
    if (!this.#mayWork()) return;
    const round = [...this.#participants].map((participant) => this.#post(participant.hello()));
    void Promise.all(round).then(() => {
      if (this.#polling) this.#timer("poll", poll, () => this.#poll());
    });
  }

  async #post(action: ClientActionInput): Promise<void> {
    try {
      const frame = await this.#options.post(action);
      if (this.#stopWaking === undefined) return;
      if (this.#polling) this.#setStatus("polling");
      this.#emit(frame);
    } catch (error) {
      if (this.#stopWaking === undefined || (namesNoConversation(action) && this.#isFinal(error))) return;
      const unreachable = !(error instanceof ApiError) || error.status === 0;
      if (unreachable && this.#polling) this.#setStatus("offline");
      this.#emit(errorFrame(action, error));
    }
  }

  #beat(): void {
    this.#timer("heartbeat", heartbeat, () => {
      this.#beatNow();
      this.#beat();
    });
  }

  #beatNow(): void {
    if (!this.#environment.isVisible()) return;
    for (const participant of this.#participants) {
      if (this.#polling) void this.#post(participant.heartbeat());
      else this.send(participant.heartbeat());
    }
  }

  #mayWork(): boolean {
    return this.#options.staysWhileHidden === true || this.#environment.isVisible();
  }

  #setStatus(status: ConnectionStatus): void {
    if (this.#status === status) return;
    this.#status = status;
    this.#statuses.tell(status);
  }

  /** Starts the timer anew, or only stops it. */
  #timer(name: TimerName, ms?: number, run?: () => void): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
    if (ms === undefined) return;
    const cancel = this.#environment.after(ms, () => {
      this.#timers.delete(name);
      run?.();
    });
    this.#timers.set(name, cancel);
  }
}

type TimerName = "reconnect" | "socketOpens" | "reply" | "lifetime" | "poll" | "heartbeat";

/** Our own origin's server speaks the contract; API Gateway's own notes have no `type`. */
function parseFrame(data: unknown): ServerFrame | undefined {
  try {
    const value = JSON.parse(`${data}`) as { readonly type?: unknown } | null;
    return value?.type === undefined ? undefined : (value as ServerFrame);
  } catch {
    return undefined;
  }
}

/** Then it is about all that the connection is for. A dashboard's connection outlives each of its conversations. */
function namesNoConversation({ conversationId }: { readonly conversationId?: string | undefined }): boolean {
  return conversationId === undefined;
}

/** The error says which action it is about. */
function errorFrame(action: ClientActionInput, error: unknown): FrameOf<"error"> {
  const { code = "network", message = "The server could not be reached." } = error as Partial<ApiError>;
  return { ...action, type: "error", code, message } as FrameOf<"error">;
}
