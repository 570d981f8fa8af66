import { randomUUID } from "node:crypto";
import WebSocket from "ws";
import type { ReplyOf } from "../../lambdas/contracts/http.ts";
import type { ClientActionInput, Entry, FrameOf, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import { eventually, type TestDemo } from "./demo.ts";

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** One HTTP call as somebody's browser would make it. */
export async function call<T = { error: { code: string; message: string; fields?: { path: string }[] } }>(
  demo: TestDemo,
  method: string,
  path: string,
  { token, body, headers }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer<T>> {
  const response = await fetch(`${demo.origin}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === "" ? undefined : JSON.parse(text)) as T };
}

export async function mustCall<T>(...args: Parameters<typeof call>): Promise<T> {
  const { status, body } = await call<T>(...args);
  if (status !== 200) throw new Error(`${args[1]} ${args[2]}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** A socket that remembers every frame. */
export class TestSocket {
  readonly frames: ServerFrame[] = [];
  /** Told of every frame at the moment of its arrival. */
  readonly #watchers = new Set<(frame: ServerFrame) => void>();
  closedWith: number | undefined;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data)) as ServerFrame;
      this.frames.push(frame);
      for (const watch of this.#watchers) watch(frame);
    });
    socket.on("close", (code) => {
      this.closedWith = code;
    });
    socket.on("error", () => {});
  }

  static async open(demo: TestDemo, ticket: string): Promise<TestSocket> {
    const socket = new WebSocket(`${demo.origin.replace("http", "ws")}/ws?ticket=${encodeURIComponent(ticket)}`);
    const opened = new TestSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once("open", () => resolve());
      socket.once("unexpected-response", (_, response) => reject(new Error(`refused with ${response.statusCode}`)));
      socket.once("error", reject);
    });
    return opened;
  }

  send(action: ClientActionInput | Record<string, unknown> | string): void {
    this.#socket.send(typeof action === "string" ? action : JSON.stringify(action));
  }

  /** The first frame of a type that satisfies the check, among those that came and those that will. */
  next<T extends ServerFrame["type"]>(
    type: T,
    check: (frame: FrameOf<T>) => boolean = () => true,
  ): Promise<FrameOf<T>> {
    return eventually(() => {
      const found = this.frames.find((frame): frame is FrameOf<T> => frame.type === type && check(frame as FrameOf<T>));
      if (found === undefined) throw new Error(`no ${type} frame in ${JSON.stringify(this.frames.slice(-5))}`);
      return found;
    });
  }

  /** The moment at which a frame that is still to come arrives, by `performance.now()`. For measuring. */
  arrival<T extends ServerFrame["type"]>(type: T, check: (frame: FrameOf<T>) => boolean): Promise<number> {
    return new Promise((resolve) => {
      const watch = (frame: ServerFrame): void => {
        if (frame.type !== type || !check(frame as FrameOf<T>)) return;
        this.#watchers.delete(watch);
        resolve(performance.now());
      };
      this.#watchers.add(watch);
    });
  }

  /** Entries in the order of their numbers, from every frame that carries some. */
  entries(): Entry[] {
    const found = new Map<number, Entry>();
    for (const frame of this.frames) {
      if (frame.type === "state" || frame.type === "entries")
        for (const entry of frame.entries) found.set(entry.seq, entry);
      if (frame.type === "sent") found.set(frame.entry.seq, frame.entry);
    }
    return [...found.values()].sort((a, b) => a.seq - b.seq);
  }

  cut(): void {
    this.#socket.terminate();
  }

  async close(): Promise<void> {
    this.#socket.close();
    await eventually(() => {
      if (this.closedWith === undefined) throw new Error("the socket is still open");
    });
  }
}

/** Who wrote an entry; nobody that the reader may know for a hidden one. */
export function roleOf(entry: Entry): string | undefined {
  return entry.kind === "hidden" ? undefined : entry.author.role;
}

export const newId = (): string => randomUUID().replaceAll("-", "").slice(0, 21);

/** Somebody on a page with the widget, without the browser. */
export class Visitor {
  readonly demo: TestDemo;
  readonly session: string;
  readonly conversationId: string;

  private constructor(demo: TestDemo, started: ReplyOf<"startConversation">) {
    this.demo = demo;
    this.session = started.session;
    this.conversationId = started.conversationId;
  }

  static async arrives(demo: TestDemo, chatbotId = "demo"): Promise<Visitor> {
    const body = { chatbotId, page: "https://shop.example/cart", locale: "en", timeZone: "Europe/Berlin" };
    return new Visitor(demo, await mustCall(demo, "POST", "/api/conversations", { body }));
  }

  async socket(after = 0): Promise<TestSocket> {
    const { ticket } = await mustCall<{ ticket: string }>(this.demo, "POST", "/api/socket-tickets", {
      token: this.session,
      body: {},
    });
    const socket = await TestSocket.open(this.demo, ticket);
    socket.send({ action: "hello", version: 1, after });
    await socket.next("state");
    return socket;
  }

  act(action: ClientActionInput): Promise<Answer<ServerFrame>> {
    return call<ServerFrame>(this.demo, "POST", `/api/conversations/${this.conversationId}/actions`, {
      token: this.session,
      body: action,
    });
  }

  /** Leaves name and address, then asks for a human. */
  async escalates(email?: string): Promise<void> {
    if (email !== undefined) {
      await mustCall(this.demo, "PUT", `/api/conversations/${this.conversationId}/lead`, {
        token: this.session,
        body: { name: "Ada Lovelace", email },
      });
    }
    await this.act({ action: "escalate", id: newId() });
  }
}

/** An agent or owner at the dashboard, without the browser. */
export class Agent {
  readonly demo: TestDemo;
  readonly chatbotId: string;
  readonly token: string;

  private constructor(demo: TestDemo, chatbotId: string, token: string) {
    this.demo = demo;
    this.chatbotId = chatbotId;
    this.token = token;
  }

  static async signsIn(demo: TestDemo, email = "agent@demo.test"): Promise<Agent> {
    return new Agent(demo, email.split("@")[1]!.split(".")[0]!, await demo.token(email));
  }

  get base(): string {
    return `/api/chatbots/${this.chatbotId}`;
  }

  async socket(): Promise<TestSocket> {
    const { ticket } = await mustCall<{ ticket: string }>(this.demo, "POST", `${this.base}/socket-tickets`, {
      token: this.token,
      body: {},
    });
    const socket = await TestSocket.open(this.demo, ticket);
    socket.send({ action: "hello", version: 1 });
    await socket.next("inbox");
    return socket;
  }

  async watches(socket: TestSocket, conversationId: string, after = 0): Promise<void> {
    socket.send({ action: "hello", version: 1, conversationId, after });
    await socket.next("state", ({ state }) => state.conversationId === conversationId);
  }

  act(conversationId: string, action: ClientActionInput): Promise<Answer<ServerFrame>> {
    return call<ServerFrame>(this.demo, "POST", `${this.base}/conversations/${conversationId}/actions`, {
      token: this.token,
      body: action,
    });
  }

  view(conversationId: string): Promise<ReplyOf<"viewConversation">> {
    return mustCall(this.demo, "GET", `${this.base}/conversations/${conversationId}`, { token: this.token });
  }
}
