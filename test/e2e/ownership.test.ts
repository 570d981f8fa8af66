import { describe, expect, it } from "vitest";
import { eventually, withDemo } from "./demo.ts";
import { Agent, newId, roleOf, Visitor } from "./people.ts";

const demo = withDemo();

describe("the bot's silence after a human took over", () => {
  it("holds for an answer that was being written: no piece of it and no message appears afterwards", async () => {
    for (let round = 0; round < 5; round++) {
      const visitor = await Visitor.arrives(demo());
      const socket = await visitor.socket();
      const agent = await Agent.signsIn(demo());
      socket.send({ action: "send", id: newId(), text: "How do I return something, and what does it cost?" });
      await socket.next("delta");
      await agent.act(visitor.conversationId, { action: "takeOver", id: newId() });
      const { state } = await socket.next("entries", (frame) => frame.state.status === "open");
      const taken = socket.frames.findIndex((frame) => frame.type === "entries" && frame.state.status === "open");
      await agent.act(visitor.conversationId, { action: "send", id: newId(), text: "Hello, this is Mia." });
      await socket.next("entries", ({ entries }) =>
        entries.some((entry) => entry.kind === "message" && entry.author.role === "agent"),
      );
      await demo().settled();
      const later = socket.frames.slice(taken);
      expect(later.filter((frame) => frame.type === "delta" && frame.epoch >= state.epoch)).toEqual([]);
      const view = await agent.view(visitor.conversationId);
      const takeOver = view.entries.findIndex(({ kind }) => kind === "status");
      expect(view.entries.slice(takeOver).map(roleOf)).not.toContain("bot");
      await socket.close();
    }
  });

  it("holds for every later question", async () => {
    const visitor = await Visitor.arrives(demo());
    const socket = await visitor.socket();
    await visitor.escalates();
    socket.send({ action: "send", id: newId(), text: "How long does shipping take?" });
    await socket.next("sent");
    await demo().settled();
    expect(socket.entries().map(roleOf)).not.toContain("bot");
  });
});

describe("an AI answer", () => {
  it("streams, rests on the chatbot's knowledge, and is stored as it was streamed", async () => {
    const visitor = await Visitor.arrives(demo());
    const socket = await visitor.socket();
    socket.send({ action: "send", id: newId(), text: "How long does shipping take?" });
    const { entries } = await socket.next("entries", (frame) => frame.entries.some((entry) => roleOf(entry) === "bot"));
    const [answer] = entries;
    expect(answer).toMatchObject({ kind: "message", sources: [expect.stringMatching(/ship|deliver/i)] });
    let streamed = "";
    for (const frame of socket.frames) {
      if (frame.type !== "delta") continue;
      expect(frame.offset).toBe(streamed.length);
      streamed += frame.text;
    }
    expect(answer?.kind === "message" && answer.text).toBe(streamed);
  });

  it("says that it does not know, and offers a human", async () => {
    const visitor = await Visitor.arrives(demo());
    const socket = await visitor.socket();
    socket.send({ action: "send", id: newId(), text: "xylophone quasar mitochondria?" });
    const { entries } = await socket.next("entries", (frame) => frame.entries.some((entry) => roleOf(entry) === "bot"));
    expect(entries[0]).toMatchObject({ offersHuman: true });
  });

  it("never ends in silence: a function that dies is tried again", async () => {
    const match = { function: demo().functionNamed("AnswerQuestion") };
    await demo().fault("lambda.killed", { times: 1, match, options: { afterCalls: 2 } });
    const visitor = await Visitor.arrives(demo());
    const socket = await visitor.socket();
    socket.send({ action: "send", id: newId(), text: "Which sizes do you have?" });
    await eventually(async () => {
      const { active } = await demo().ask<{ active: unknown[] }>("GET", "/api/faults");
      expect(active).toEqual([]);
    });
    // The queue gives the question to another function once the first can't be running any more.
    await demo().advance(66_000);
    await eventually(() => expect(socket.entries().map(roleOf)).toContain("bot"));
  });
});
