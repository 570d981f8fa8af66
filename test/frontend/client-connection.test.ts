import { describe, expect, it } from "vitest";
import { ApiError } from "../../frontend/shared/api.ts";
import { ChatConnection, type ConnectionStatus, delays, type Socket } from "../../frontend/shared/connection.ts";
import type { ClientActionInput, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import { aStateFrame } from "./frames.ts";
import { ManualClock, settle } from "./manual-clock.ts";

class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly sent: ClientActionInput[] = [];
  closed = false;
  send(data: string): void {
    this.sent.push(JSON.parse(data) as ClientActionInput);
  }
  close(): void {
    this.closed = true;
  }
  reply(frame: ServerFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

interface Seams {
  ticket?: () => Promise<string>;
  post?: (action: ClientActionInput) => Promise<ServerFrame>;
}

function begin(seams: Seams = {}) {
  const clock = new ManualClock();
  const sockets: FakeSocket[] = [];
  const posted: ClientActionInput[] = [];
  const statuses: ConnectionStatus[] = [];
  const frames: ServerFrame[] = [];
  const page = { visible: true, wake: () => undefined as undefined };
  const connection = new ChatConnection({
    socketOrigin: "wss://chat.example",
    ticket: seams.ticket ?? (async () => "ticket/1"),
    post: async (action) => {
      posted.push(action);
      return seams.post === undefined ? aStateFrame([]) : await seams.post(action);
    },
    environment: {
      openSocket: (url) => {
        expect(url).toBe("wss://chat.example/ws?ticket=ticket%2F1");
        sockets.push(new FakeSocket());
        return sockets.at(-1)!;
      },
      after: clock.after,
      random: () => 1,
      isVisible: () => page.visible,
      onWake: (listener) => {
        page.wake = () => void listener();
        return () => undefined;
      },
    },
  });
  connection.onStatus((status) => statuses.push(status));
  connection.onFrame((frame) => frames.push(frame));
  connection.attach({
    hello: () => ({ action: "hello", version: 1, after: 0 }),
    heartbeat: () => ({ action: "heartbeat" }),
  });
  connection.open();
  return { clock, sockets, posted, statuses, frames, page, connection };
}

/** Lets every socket fail until the connection gives sockets up. */
async function blockSockets(begun: ReturnType<typeof begin>): Promise<void> {
  await settle();
  for (let failed = 0; failed < 3; failed++) {
    begun.sockets.at(-1)?.onclose?.();
    await begun.clock.advance(delays.firstReconnect * 2 ** failed);
  }
}

describe("ChatConnection", () => {
  it("says hello as soon as the socket is open, and carries frames", async () => {
    const { sockets, frames, statuses } = begin();
    await settle();
    sockets[0]!.onopen?.();
    expect(sockets[0]!.sent).toEqual([{ action: "hello", version: 1, after: 0 }]);
    sockets[0]!.reply(aStateFrame([]));
    expect(frames).toEqual([aStateFrame([])]);
    expect(statuses).toEqual(["live"]);
  });

  it("waits twice as long before each further try, and starts over once the server has answered", async () => {
    const { clock, sockets } = begin();
    await settle();
    const lose = async (wait: number) => {
      const { length } = sockets;
      sockets.at(-1)!.onopen?.();
      sockets.at(-1)!.onclose?.();
      await clock.advance(wait - 1);
      expect(sockets).toHaveLength(length);
      await clock.advance(1);
      expect(sockets).toHaveLength(length + 1);
    };
    await lose(500);
    await lose(1_000);
    sockets.at(-1)!.onopen?.();
    sockets.at(-1)!.reply(aStateFrame([]));
    await lose(500);
  });

  it("takes a socket that does not answer for dead", async () => {
    const { clock, sockets, statuses } = begin();
    await settle();
    sockets[0]!.onopen?.();
    await clock.advance(delays.reply);
    expect(sockets[0]!.closed).toBe(true);
    await clock.advance(delays.firstReconnect);
    expect(sockets).toHaveLength(2);
    expect(statuses).toEqual(["live", "connecting"]);
  });

  it("polls after three sockets failed to open, and returns to a socket as soon as one opens", async () => {
    const begun = begin();
    await blockSockets(begun);
    expect(begun.connection.status).toBe("polling");
    const before = begun.posted.filter((action) => action.action === "hello").length;
    await begun.clock.advance(delays.poll * 2);
    expect(begun.posted.filter((action) => action.action === "hello").length).toBe(before + 2);
    expect(begun.connection.send({ action: "read", seq: 1 })).toBe(true);
    expect(begun.posted.at(-1)).toEqual({ action: "read", seq: 1 });

    await begun.clock.advance(delays.socketRetryWhilePolling);
    begun.sockets.at(-1)!.onopen?.();
    expect(begun.connection.status).toBe("live");
    const polls = begun.posted.length;
    await begun.clock.advance(delays.poll * 3);
    expect(begun.posted).toHaveLength(polls);
  });

  it("polls where sockets open but let nothing through", async () => {
    const { clock, sockets, connection } = begin();
    await settle();
    for (const wait of [500, 1_000, 0]) {
      sockets.at(-1)!.onopen?.();
      sockets.at(-1)!.onclose?.();
      await clock.advance(wait);
    }
    expect(connection.status).toBe("polling");
    expect(sockets).toHaveLength(3);
  });

  it("says offline when polling reaches nobody, and hands the action back as an error", async () => {
    const begun = begin({ post: () => Promise.reject(new ApiError("network", "No network.")) });
    await blockSockets(begun);
    expect(begun.connection.status).toBe("offline");
    expect(begun.frames.at(-1)).toMatchObject({ type: "error", code: "network", action: "hello" });
  });

  it("does not take a missing network for blocked sockets", async () => {
    const begun = begin({ ticket: () => Promise.reject(new ApiError("network", "No network.")) });
    await begun.clock.advance(120_000);
    expect(begun.connection.status).toBe("offline");
    expect(begun.posted).toEqual([]);
  });

  it("ends for good when the link was revoked", async () => {
    const begun = begin({ ticket: () => Promise.reject(new ApiError("link_revoked", "Revoked.", 403)) });
    await begun.clock.advance(600_000);
    expect(begun.frames).toEqual([{ type: "closed", code: "link_revoked", message: "Revoked." }]);
    expect(begun.sockets).toEqual([]);
  });

  it("ends for good when the server closes it with a reason", async () => {
    const { clock, sockets, frames } = begin();
    await settle();
    sockets[0]!.onopen?.();
    sockets[0]!.reply({ type: "closed", code: "link_revoked", message: "Revoked." });
    await clock.advance(600_000);
    expect(sockets).toHaveLength(1);
    expect(frames).toHaveLength(1);
  });

  it.each(["link_revoked", "erased"])("ends for good when a socket that reconnected is told %s", async (code) => {
    const { clock, sockets, frames } = begin();
    await settle();
    sockets[0]!.onopen?.();
    sockets[0]!.reply({ type: "error", action: "hello", code, message: "No more." });
    await clock.advance(600_000);
    expect(frames).toEqual([expect.objectContaining({ type: "closed", code })]);
    expect(sockets).toHaveLength(1);
  });

  it("stays for the others when one of several conversations is gone", async () => {
    const { sockets, frames, connection } = begin();
    await settle();
    sockets[0]!.onopen?.();
    const gone = { type: "error", action: "hello", conversationId: "conversation-2", code: "erased" } as const;
    sockets[0]!.reply({ ...gone, message: "Erased." });
    expect(frames).toEqual([expect.objectContaining(gone)]);
    expect(connection.status).toBe("live");
  });

  it("beats while somebody looks, and is silent while nobody does", async () => {
    const { clock, sockets, page } = begin();
    await settle();
    sockets[0]!.onopen?.();
    sockets[0]!.reply(aStateFrame([]));
    await clock.advance(delays.heartbeat);
    expect(sockets[0]!.sent.at(-1)).toEqual({ action: "heartbeat" });
    sockets[0]!.reply({ type: "present", now: 0, presentUntil: 1 });
    page.visible = false;
    await clock.advance(delays.heartbeat * 3);
    expect(sockets[0]!.sent).toHaveLength(2);
  });

  it("does not reconnect a page that nobody sees until somebody looks at it", async () => {
    const { clock, sockets, page } = begin();
    await settle();
    sockets[0]!.onopen?.();
    page.visible = false;
    sockets[0]!.onclose?.();
    await clock.advance(600_000);
    expect(sockets).toHaveLength(1);
    page.visible = true;
    page.wake();
    await settle();
    expect(sockets).toHaveLength(2);
  });

  it("changes its socket before API Gateway's two hours are over", async () => {
    const { clock, sockets, page } = begin();
    await settle();
    sockets[0]!.onopen?.();
    sockets[0]!.reply(aStateFrame([]));
    page.visible = false;
    await clock.advance(2 * 60 * 60_000 - 1);
    expect(sockets[0]!.closed).toBe(true);
    expect(sockets).toHaveLength(2);
  });
});
