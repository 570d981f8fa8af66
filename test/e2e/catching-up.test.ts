import { describe, expect, it } from "vitest";
import type { Entry, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import { withDemo } from "./demo.ts";
import { Agent, newId, Visitor } from "./people.ts";

const demo = withDemo();
const texts = (entries: readonly Entry[]): string[] =>
  entries.flatMap((entry) => (entry.kind === "message" ? [entry.text] : []));

async function whileAway(count: number) {
  const visitor = await Visitor.arrives(demo());
  const socket = await visitor.socket();
  const agent = await Agent.signsIn(demo());
  await agent.act(visitor.conversationId, { action: "takeOver", id: newId() });
  await socket.next("entries", ({ state }) => state.status === "open");
  socket.cut();
  const sent = Array.from({ length: count }, (_, i) => `message ${i + 1}`);
  for (const text of sent) await agent.act(visitor.conversationId, { action: "send", id: newId(), text });
  return { visitor, sent, last: Math.max(0, ...socket.entries().map(({ seq }) => seq)) };
}

describe("a visitor whose line was cut for 200 messages", () => {
  it("gets all of them, once and in order, over the socket", async () => {
    const { visitor, sent, last } = await whileAway(200);
    const socket = await visitor.socket(last);
    for (let complete = false, after = last; !complete; ) {
      const state = await socket.next("state", ({ entries }) => (entries[0]?.seq ?? after + 1) === after + 1);
      ({ complete } = state);
      after = state.entries.at(-1)?.seq ?? after;
      if (!complete) socket.send({ action: "hello", version: 1, after });
    }
    expect(texts(socket.entries())).toEqual(sent);
  });

  it("gets all of them, once and in order, by polling where sockets are blocked", async () => {
    const { visitor, sent, last } = await whileAway(200);
    const entries: Entry[] = [];
    for (let complete = false, after = last; !complete; ) {
      const { body } = await visitor.act({ action: "hello", version: 1, after });
      const frame = body as Extract<ServerFrame, { type: "state" }>;
      expect(frame.type).toBe("state");
      entries.push(...frame.entries);
      ({ complete } = frame);
      after = frame.entries.at(-1)?.seq ?? after;
    }
    expect(texts(entries)).toEqual(sent);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => last + 1 + i));
  });
});

describe("a message whose acknowledgement was lost", () => {
  it("is stored once when it is sent again over another transport", async () => {
    const visitor = await Visitor.arrives(demo());
    const socket = await visitor.socket();
    const message = { action: "send" as const, id: newId(), text: "did you get this?" };
    await demo().fault("socket.reply.lost", { times: 1 });
    socket.send(message);
    const again = await visitor.act({ ...message, retryAfter: 0 });
    expect(again.body).toMatchObject({ type: "sent", entry: { text: "did you get this?" } });
    const agent = await Agent.signsIn(demo());
    const view = await agent.view(visitor.conversationId);
    expect(texts(view.entries).filter((text) => text === message.text)).toHaveLength(1);
    await demo().ask("DELETE", "/api/faults");
  });
});
