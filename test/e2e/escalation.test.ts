import { describe, expect, it } from "vitest";
import { eventually, withDemo } from "./demo.ts";
import { Agent, newId, Visitor } from "./people.ts";

const demo = withDemo();
const minutes = 60_000;

describe("an escalation", () => {
  it("happens once: two tabs, a lost reply, every event twice and late give one transition, one mail, one ticket", async () => {
    await demo().reset();
    const visitor = await Visitor.arrives(demo());
    const [tab, otherTab] = [await visitor.socket(), await visitor.socket()];
    for (const kind of ["events.duplicate", "queue.duplicate", "stream.duplicate"])
      await demo().fault(kind, { times: 50 });
    await demo().fault("events.late", { times: 50, options: { delayMs: 2_000 } });
    await demo().fault("socket.reply.lost", { times: 1 });

    const id = newId();
    tab.send({ action: "escalate", id });
    otherTab.send({ action: "escalate", id: newId() });
    await otherTab.next("entries");
    tab.send({ action: "escalate", id });
    await tab.next("state", ({ state }) => state.status === "unassigned");
    await demo().advance(5_000);
    await eventually(async () => {
      expect((await demo().mails()).length).toBeGreaterThan(0);
      expect((await demo().tickets()).length).toBeGreaterThan(0);
    });
    // Duplicates that found the effect claimed come back after the queue's visibility timeout.
    await demo().advance(10 * minutes);
    await demo().settled();

    const agent = await Agent.signsIn(demo());
    const view = () => agent.view(visitor.conversationId);
    expect((await view()).entries.filter(({ kind }) => kind === "status")).toHaveLength(1);
    await eventually(async () => {
      expect((await view()).notifications.map(({ channel, state }) => [channel, state]).sort()).toEqual([
        ["email", "delivered"],
        ["zendesk", "sent"],
      ]);
    });
    expect((await demo().mails()).map(({ to }) => to)).toEqual([["team@demo.test"]]);
    expect(await demo().tickets()).toHaveLength(1);
  });

  it("is there for the visitor although mail and tickets fail, and is made good once when they are back", async () => {
    await demo().reset();
    await demo().fault("ses.error", { times: 3 });
    await demo().fault("egress.error", { times: 3, options: { status: 503 } });
    const visitor = await Visitor.arrives(demo());
    const socket = await visitor.socket();
    socket.send({ action: "escalate", id: newId() });
    const { state, entries } = await socket.next("state", (frame) => frame.state.status === "unassigned");
    expect(state.reference).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    expect(entries).toMatchObject([{ kind: "status", text: expect.stringContaining("with you soon") }]);

    const agent = await Agent.signsIn(demo());
    const ledger = async () => (await agent.view(visitor.conversationId)).notifications;
    await eventually(async () => expect((await ledger()).map(({ state: each }) => each)).toEqual(["failed", "failed"]));
    expect((await ledger()).every(({ detail }) => detail?.includes("Trying again"))).toBe(true);

    // Shorter steps than any visibility timeout, so that no message comes back while it is being handled.
    for (let passed = 0; passed < 40 && (await demo().tickets()).length === 0; passed += 2.5) {
      await demo().atRest();
      await demo().advance(2.5 * minutes);
    }
    await eventually(async () => {
      expect(await demo().mails()).toHaveLength(1);
      expect(await demo().tickets()).toHaveLength(1);
    });
    await demo().settled();
    await eventually(async () =>
      expect((await ledger()).map(({ state: each }) => each).sort()).toEqual(["delivered", "sent"]),
    );
  });
});
