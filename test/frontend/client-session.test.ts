import { describe, expect, it } from "vitest";
import type { ConnectionStatus, Participant } from "../../frontend/shared/connection.ts";
import { ConversationModel } from "../../frontend/shared/conversation-model.ts";
import { type Channel, ConversationSession } from "../../frontend/shared/conversation-session.ts";
import type { ClientActionInput, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import { aMessage, anEntriesFrame, aSentFrame, aStateFrame, conversationId } from "./frames.ts";
import { ManualClock } from "./manual-clock.ts";

class FakeChannel implements Channel {
  status: ConnectionStatus = "live";
  readonly sent: ClientActionInput[] = [];
  #frame: (frame: ServerFrame) => void = () => undefined;
  #status: (status: ConnectionStatus) => void = () => undefined;
  #participant: Participant | undefined;

  send(action: ClientActionInput): boolean {
    if (this.status !== "live") return false;
    this.sent.push(action);
    return true;
  }
  attach(participant: Participant): () => void {
    this.#participant = participant;
    this.send(participant.hello());
    return () => undefined;
  }
  onFrame(listener: (frame: ServerFrame) => void): () => void {
    this.#frame = listener;
    return () => undefined;
  }
  onStatus(listener: (status: ConnectionStatus) => void): () => void {
    this.#status = listener;
    return () => undefined;
  }
  receive(frame: ServerFrame): void {
    this.#frame(frame);
  }
  breakDown(): void {
    this.status = "connecting";
    this.#status("connecting");
  }
  comeBack(): void {
    this.status = "live";
    this.#status("live");
    if (this.#participant !== undefined) this.send(this.#participant.hello());
  }
  take(): readonly ClientActionInput[] {
    return this.sent.splice(0);
  }
}

function begin() {
  const clock = new ManualClock();
  const channel = new FakeChannel();
  let ids = 0;
  const model = new ConversationModel({
    party: "visitor",
    conversationId,
    now: () => clock.now,
    createId: () => `client-${++ids}`,
  });
  const session = new ConversationSession(model, channel, clock.after);
  session.start();
  return { clock, channel, model, session };
}

const names = (actions: readonly ClientActionInput[]) => actions.map((action) => action.action);

describe("ConversationSession", () => {
  it("sends nothing before the server has welcomed it, and then one message after the other", () => {
    const { channel, session } = begin();
    session.say("one");
    session.say("two");
    expect(names(channel.take())).toEqual(["hello"]);
    channel.receive(aStateFrame([]));
    expect(channel.take()).toMatchObject([{ action: "send", text: "one" }]);
    channel.receive(aSentFrame(aMessage(1, { id: "client-1", text: "one" })));
    expect(channel.take()).toMatchObject([{ action: "send", text: "two" }]);
  });

  it("repeats what was under way after a break, under the same id and with the number it had", () => {
    const { channel, session } = begin();
    channel.receive(aStateFrame([aMessage(1)]));
    session.say("did it arrive?");
    channel.take();
    channel.breakDown();
    channel.comeBack();
    channel.receive(aStateFrame([]));
    expect(channel.take()).toEqual([
      { action: "hello", version: 1, after: 1 },
      { action: "send", id: "client-1", text: "did it arrive?", retryAfter: 1 },
    ]);
  });

  it("does not repeat a message that the sync brought back", () => {
    const { channel, session } = begin();
    channel.receive(aStateFrame([]));
    session.say("arrived");
    channel.breakDown();
    channel.comeBack();
    channel.take();
    channel.receive(aStateFrame([aMessage(1, { id: "client-1", text: "arrived" })]));
    expect(channel.take()).toEqual([]);
  });

  it("says hello and repeats the message when the server has forgotten the socket", () => {
    const { channel, session } = begin();
    channel.receive(aStateFrame([]));
    session.say("Hello?");
    channel.take();
    channel.receive({ type: "error", code: "hello_required", message: "", action: "send", id: "client-1" });
    channel.receive(aStateFrame([]));
    expect(names(channel.take())).toEqual(["hello", "send"]);
  });

  it("shows a refused message as failed, goes on with the next, and sends it again when asked to", () => {
    const { channel, session, model } = begin();
    channel.receive(aStateFrame([]));
    session.say("bad");
    session.say("good");
    channel.take();
    channel.receive({ type: "error", code: "too_large", message: "Too long.", action: "send", id: "client-1" });
    expect(model.pending[0]).toMatchObject({ state: "failed", reason: "Too long." });
    expect(channel.take()).toMatchObject([{ id: "client-2" }]);
    channel.receive(aSentFrame(aMessage(1, { id: "client-2" })));
    session.retry("client-1");
    expect(channel.take()).toMatchObject([{ id: "client-1", retryAfter: 0 }]);
  });

  it("tries a message some more times when the server could not take it just now", async () => {
    const { channel, session, model, clock } = begin();
    channel.receive(aStateFrame([]));
    session.say("again");
    const busy = { type: "error", code: "internal", message: "Busy.", action: "send", id: "client-1" } as const;
    for (const delay of [1_000, 3_000, 9_000]) {
      channel.take();
      channel.receive(busy);
      await clock.advance(delay - 1);
      expect(channel.take()).toEqual([]);
      await clock.advance(1);
      expect(names(channel.take())).toEqual(["send"]);
    }
    channel.receive(busy);
    expect(model.pending[0]?.state).toBe("failed");
  });

  it("asks for a missing number, and takes it as never written when the server does not have it", async () => {
    const { channel, clock, model } = begin();
    channel.receive(aStateFrame([aMessage(1)]));
    channel.take();
    channel.receive(anEntriesFrame([aMessage(3)]));
    await clock.advance(400);
    expect(channel.take()).toMatchObject([{ action: "hello", after: 1 }]);
    channel.receive(aStateFrame([aMessage(3)]));
    await clock.advance(20_000);
    expect(model.missing).toBeUndefined();
    expect(model.syncAfter).toBe(3);
  });

  it("asks for nothing when the late push arrives on its own", async () => {
    const { channel, clock } = begin();
    channel.receive(aStateFrame([aMessage(1)]));
    channel.receive(anEntriesFrame([aMessage(3)]));
    channel.receive(anEntriesFrame([aMessage(2)], { seq: 3 }));
    channel.take();
    await clock.advance(30_000);
    expect(channel.take()).toEqual([]);
  });

  it("fetches page after page until the sync is complete, holes or not", () => {
    const { channel, model } = begin();
    channel.take();
    channel.receive({ ...aStateFrame([aMessage(1), aMessage(3)], { seq: 5 }), complete: false });
    expect(channel.take()).toMatchObject([{ action: "hello", after: 3 }]);
    channel.receive(aStateFrame([aMessage(4), aMessage(5)]));
    expect(model.entries.map((entry) => entry.seq)).toEqual([1, 3, 4, 5]);
  });

  it("repeats a command under its id until its effect shows", () => {
    const { channel, session } = begin();
    channel.receive(aStateFrame([]));
    channel.take();
    session.command("escalate");
    session.command("escalate");
    channel.breakDown();
    channel.comeBack();
    channel.receive(aStateFrame([]));
    channel.receive(aStateFrame([], { status: "unassigned", epoch: 2 }));
    channel.receive(aStateFrame([], { status: "unassigned", epoch: 2 }));
    expect(channel.take().filter((action) => action.action === "escalate")).toEqual([
      { action: "escalate", id: "client-1" },
      { action: "escalate", id: "client-1" },
    ]);
  });

  it("says what was read once, and nothing when nothing is unread", () => {
    const { channel, session } = begin();
    channel.receive(aStateFrame([aMessage(1)], { unread: { visitor: 0, agent: 0 } }));
    channel.take();
    session.markRead();
    expect(channel.take()).toEqual([]);
    channel.receive(anEntriesFrame([aMessage(2)], { unread: { visitor: 1, agent: 0 } }));
    session.markRead();
    session.markRead();
    expect(channel.take()).toEqual([{ action: "read", seq: 2 }]);
  });
});
