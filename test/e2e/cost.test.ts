import { expect, it } from "vitest";
import { eventually, withDemo } from "./demo.ts";
import { Agent, newId, Visitor } from "./people.ts";

const demo = withDemo();

it("a message in an open conversation costs two writes of one unit, no read, one push, no stream function and no event", async () => {
  const visitor = await Visitor.arrives(demo());
  const socket = await visitor.socket();
  const agent = await Agent.signsIn(demo());
  const dashboard = await agent.socket();
  await visitor.escalates("ada@example.com");
  await agent.watches(dashboard, visitor.conversationId);
  await agent.act(visitor.conversationId, { action: "takeOver", id: newId() });
  await socket.next("entries", ({ state }) => state.status === "open");
  await demo().settled();

  for (let i = 0; i < 3; i++) {
    await demo().ask("DELETE", "/api/counters");
    const id = newId();
    socket.send({ action: "send", id, text: `${i}${"x".repeat(199)}` });
    await socket.next("sent", (frame) => frame.id === id);
    await dashboard.next("entries", ({ entries }) => entries.some((entry) => entry.id === id));
    const counted = await eventually(async () => {
      const now = await demo().counters();
      expect(now.lambda?.invocations).toBe(1);
      return now;
    });
    expect(counted.websocket?.messagesIn).toBe(1);
    // The push to the agent; the visitor's acknowledgement is the route response.
    expect(counted.websocket?.messagesOut).toBe(2);
    expect(counted.websocket?.pushes).toBe(1);
    expect(counted.dynamodb).toEqual({ writeRequests: 2, writeUnits: 2 });
    expect(counted.events?.published ?? 0).toBe(0);
  }
});
