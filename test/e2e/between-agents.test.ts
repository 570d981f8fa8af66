import { describe, expect, it } from "vitest";
import type { ReplyOf } from "../../lambdas/contracts/http.ts";
import { eventually, withDemo } from "./demo.ts";
import { Agent, call, mustCall, newId, roleOf, type TestSocket, Visitor } from "./people.ts";

const demo = withDemo();

/** An open conversation that a visitor, an agent and an owner have before them. */
async function aWatchedConversation() {
  const visitor = await Visitor.arrives(demo());
  const page = await visitor.socket();
  const [agent, owner] = [await Agent.signsIn(demo()), await Agent.signsIn(demo(), "owner@demo.test")];
  const [desk, otherDesk] = [await agent.socket(), await owner.socket()];
  await visitor.escalates("ada@example.com");
  const { conversationId } = visitor;
  await agent.watches(desk, conversationId);
  await owner.watches(otherDesk, conversationId);
  await agent.act(conversationId, { action: "takeOver", id: newId() });
  await page.next("entries", ({ state }) => state.status === "open");
  await demo().settled();
  return { visitor, page, agent, owner, desk, otherDesk, conversationId };
}

/** What one action is billed, once its one function has run. */
async function billed(act: () => Promise<unknown>) {
  await demo().ask("DELETE", "/api/counters");
  await act();
  return eventually(async () => {
    const now = await demo().counters();
    expect(now.lambda?.invocations).toBe(1);
    return now;
  });
}

const got = (socket: TestSocket, id: string) =>
  socket.next("entries", ({ entries }) => entries.some((entry) => entry.id === id));

describe("a private note", () => {
  it("is live for the agents, a number for the visitor, and costs what a message costs", async () => {
    const { visitor, page, owner, desk, otherDesk, conversationId } = await aWatchedConversation();
    const id = newId();
    const counted = await billed(async () => {
      desk.send({ action: "note", id, text: "Third time this week.", conversationId });
      await desk.next("state", ({ entries }) => entries.some((entry) => entry.id === id));
      await got(otherDesk, id);
      await page.next("entries", ({ entries }) => entries.some(({ kind }) => kind === "hidden"));
    });
    expect(counted.dynamodb).toEqual({ writeRequests: 2, writeUnits: 2 });
    expect(counted.websocket).toMatchObject({ messagesIn: 1, pushes: 2 });
    expect(counted.events?.published ?? 0).toBe(0);

    const view = await owner.view(conversationId);
    expect(view.entries.at(-1)).toMatchObject({ kind: "note", text: "Third time this week." });
    expect(view.row.last).toBeUndefined();
    const again = await visitor.socket();
    const polled = await visitor.act({ action: "hello", version: 1 });
    const seen = JSON.stringify([page.frames, again.frames, polled.body]);
    expect(seen).not.toMatch(new RegExp(`Third time|${id}`));
    expect(again.entries().map(({ seq }) => seq)).toEqual(view.entries.map(({ seq }) => seq));
  });
});

describe("an assignment", () => {
  it("goes to one of two agents who want it, and the other hears who has it", async () => {
    const { agent, owner, otherDesk, conversationId } = await aWatchedConversation();
    const { team } = await mustCall<ReplyOf<"listTeam">>(demo(), "GET", `${owner.base}/team`, { token: owner.token });
    const { row } = await owner.view(conversationId);
    const other = team.find(({ agentId }) => agentId !== row.assigneeId);
    const expected = row.assigneeId ?? null;
    const give = (agentId: string | null) => ({ action: "assign", id: newId(), agentId, expected }) as const;
    expect((await agent.act(conversationId, give(other?.agentId ?? ""))).status).toBe(200);
    await otherDesk.next("row", ({ row: pushed }) => pushed.assigneeId === other?.agentId);

    const late = await call<{ error: object }>(
      demo(),
      "POST",
      `${agent.base}/conversations/${conversationId}/actions`,
      {
        token: agent.token,
        body: give(null),
      },
    );
    expect(late).toMatchObject({
      status: 409,
      body: { error: { code: "conflict", assignee: { agentId: other?.agentId, name: other?.name } } },
    });
    const mine = await mustCall<ReplyOf<"listConversations">>(
      demo(),
      "GET",
      `${owner.base}/conversations?filter=all&assignee=${other?.agentId}`,
      { token: owner.token },
    );
    expect(mine.rows.map((each) => each.conversationId)).toContain(conversationId);
  });
});

describe("typing", () => {
  it("is seen by the other side and by colleagues, for half a read unit and no write", async () => {
    const { page, desk, otherDesk, conversationId } = await aWatchedConversation();
    const counted = await billed(async () => {
      desk.send({ action: "typing", conversationId });
      await desk.next("done");
      await page.next("typing", ({ by, name }) => by === "agent" && name !== undefined);
      await otherDesk.next("typing");
    });
    expect(counted.dynamodb).toEqual({ readRequests: 1, readUnits: 0.5 });
    expect(counted.websocket).toMatchObject({ messagesIn: 1, pushes: 2 });
    expect(desk.frames.some(({ type }) => type === "typing")).toBe(false);
    page.send({ action: "typing" });
    await desk.next("typing", ({ by }) => by === "visitor");
  });
});

describe("handing back to the bot", () => {
  it("lets the bot answer again, and a second escalation brings a second mail and ticket", async () => {
    const { visitor, page, agent, owner, conversationId } = await aWatchedConversation();
    const refused = await agent.act(conversationId, { action: "handBack", id: newId() });
    expect(refused.status).toBe(403);
    const path = `${owner.base}/settings`;
    const { version, settings } = await mustCall<ReplyOf<"readSettings">>(demo(), "GET", path, { token: owner.token });
    const liveChat = { ...settings.liveChat, handBack: { enabled: true } };
    await mustCall(demo(), "PUT", path, { token: owner.token, body: { version, settings: { ...settings, liveChat } } });

    expect((await agent.act(conversationId, { action: "handBack", id: newId() })).status).toBe(200);
    const before = await page.next("entries", ({ state }) => state.status === "unrequested" && state.epoch > 1);
    const botSpokeAt = page.entries().findLast((entry) => roleOf(entry) === "bot")?.seq ?? 0;
    page.send({ action: "send", id: newId(), text: "How long does shipping take?" });
    await page.next("entries", ({ entries }) =>
      entries.some((entry) => roleOf(entry) === "bot" && entry.seq > Math.max(botSpokeAt, before.state.seq)),
    );
    await demo().settled();
    await demo().reset();
    await visitor.escalates();
    await visitor.escalates();
    await eventually(async () => {
      expect(await demo().mails()).toHaveLength(1);
      expect(await demo().tickets()).toHaveLength(1);
    });
    await demo().settled();
    expect([(await demo().mails()).length, (await demo().tickets()).length]).toEqual([1, 1]);
    const { notifications } = await owner.view(conversationId);
    expect(notifications.filter(({ channel }) => channel === "zendesk")).toHaveLength(2);
  });
});

describe("a rating", () => {
  it("comes after the end, shows at once in the row, and reopens nothing", async () => {
    const { visitor, agent, otherDesk, conversationId } = await aWatchedConversation();
    const rate = { action: "rate", id: newId(), score: 5, comment: "Quick and kind." } as const;
    expect((await visitor.act(rate)).status).toBe(409);
    await agent.act(conversationId, { action: "end", id: newId() });
    expect((await visitor.act(rate)).status).toBe(200);
    expect((await visitor.act(rate)).status).toBe(200);
    await otherDesk.next("row", ({ row }) => row.rating === 5 && row.status === "ended");
    const { entries } = await agent.view(conversationId);
    expect(entries.filter(({ kind }) => kind === "rating")).toMatchObject([{ score: 5, comment: "Quick and kind." }]);
  });
});
