import { describe, expect, test } from "vitest";
import type { ClientAction } from "../../lambdas/contracts/protocol.ts";
import { DomainError } from "../../lambdas/domain/errors.ts";
import { errorFrameOf } from "../../lambdas/runtime/socket-handler.ts";
import { aChat, type Chat, change, minute, refusalCode, send } from "./chat-world.ts";

const named = { conversationId: "conversation-1" };
const note = (id = "note-0001", text = "Third time this week."): ClientAction => ({
  action: "note",
  id,
  text,
  ...named,
});
const assign = (agentId: string | null, expected: string | null, id = `assign-${agentId}`): ClientAction => ({
  ...{ action: "assign", id, agentId, expected },
  ...named,
});
const rate = (score: number, comment?: string, id = `rate-000${score}`): ClientAction => ({
  ...{ action: "rate", id, score },
  ...(comment === undefined ? {} : { comment }),
});
const inboxHello = { action: "hello", version: 1, after: 0 } as const;

async function withGrace(chat: Chat) {
  const grace = { ...chat.agent, agentId: "agent-grace", name: "Grace" };
  await chat.stores.members.put({ ...grace, email: "grace@example.com" });
  return grace;
}

describe("a note", () => {
  test("is answered with itself, and repeated it is one", async () => {
    const chat = await aChat();
    await chat.join(chat.agent, "socket-a");
    const first = await chat.act({ caller: chat.agent, connectionId: "socket-a", action: note() });
    expect(first).toMatchObject({
      ...{ type: "state", complete: true, state: { seq: 1 } },
      entries: [{ kind: "note", id: "note-0001", text: "Third time this week." }],
    });
    expect(await chat.act({ caller: chat.agent, connectionId: "socket-a", action: note() })).toEqual(first);
    expect((await chat.head()).seq).toBe(1);
  });

  test("tells nobody by mail, asks no bot and moves no row", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.agent, connectionId: "socket-team", action: inboxHello });
    await chat.act({ caller: chat.agent, action: change("takeOver") });
    const before = await chat.head();
    chat.connections.posted.length = 0;
    const events = chat.eventTypes();
    chat.clock.now += 5 * minute;
    await chat.act({ caller: chat.agent, action: note() });
    expect(await chat.head()).toEqual({ ...before, seq: before.seq + 1 });
    expect(chat.eventTypes()).toEqual(events);
    expect(chat.connections.posted).toEqual([]);
  });

  test("is an agent's, through a portal as well, and never the visitor's", async () => {
    const chat = await aChat();
    for (const caller of [chat.visitor, await chat.portal("customer")]) {
      expect(await refusalCode(chat.act({ caller, action: note() }))).toBe("forbidden");
    }
    const reply = await chat.act({ caller: await chat.portal("agent"), action: note() });
    expect(reply).toMatchObject({ entries: [{ kind: "note", author: { role: "agent", name: "Shop" } }] });
    expect(
      await refusalCode(chat.act({ caller: chat.agent, connectionId: "stranger", action: note("note-0002") })),
    ).toBe("hello_required");
    const elsewhere = { ...chat.agent, chatbotId: "other" };
    expect(await refusalCode(chat.act({ caller: elsewhere, action: note("note-0003") }))).toBe("not_found");
  });
});

describe("assigning", () => {
  test("claims the conversation and shows it on every dashboard", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.agent, connectionId: "socket-team", action: inboxHello });
    const reply = await chat.act({ caller: chat.agent, action: assign("agent-ada", null) });
    expect(reply).toMatchObject({ state: { assignee: "Ada" }, entries: [{ kind: "assignment", to: "Ada" }] });
    expect(chat.connections.framesTo("socket-team")).toMatchObject([
      { type: "row", row: { assignee: "Ada", assigneeId: "agent-ada", status: "unrequested" } },
    ]);
  });

  test("of two agents who claim it at once goes to one; the other is told who has it, and since when", async () => {
    const chat = await aChat();
    const grace = await withGrace(chat);
    const outcomes = await Promise.allSettled([
      chat.act({ caller: chat.agent, action: assign("agent-ada", null) }),
      chat.act({ caller: grace, action: assign("agent-grace", null) }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    const refusal: unknown = outcomes[1]?.status === "rejected" ? outcomes[1].reason : undefined;
    if (!(refusal instanceof DomainError)) throw new Error("not refused");
    const asked = JSON.stringify(assign("agent-grace", null));
    expect(errorFrameOf(refusal, asked)).toEqual({
      ...{ type: "error", code: "conflict", message: "Ada has this conversation now." },
      ...{ action: "assign", id: "assign-agent-grace", conversationId: "conversation-1" },
      assignee: { agentId: "agent-ada", name: "Ada", at: chat.clock.now },
    });
    // Knowing who has it, Grace may still take it.
    const taken = await chat.act({ caller: grace, action: assign("agent-grace", "agent-ada", "assign-again") });
    expect(taken).toMatchObject({ state: { assignee: "Grace" } });
  });

  test("says that nobody has it when the one whom the caller saw there has let it go", async () => {
    const chat = await aChat();
    const grace = await withGrace(chat);
    await chat.act({ caller: chat.agent, action: assign("agent-ada", null) });
    await chat.act({ caller: chat.agent, action: assign(null, "agent-ada") });
    const late = chat.act({ caller: grace, action: assign("agent-grace", "agent-ada") });
    await expect(late).rejects.toMatchObject({ code: "conflict", details: {} });
  });

  test("repeated, under the same id or a new one, is one assignment", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.agent, action: assign("agent-ada", null) });
    const again = await chat.act({ caller: chat.agent, action: assign("agent-ada", null) });
    expect(again).toMatchObject({ entries: [{ kind: "assignment", seq: 1 }] });
    const anew = await chat.act({ caller: chat.agent, action: assign("agent-ada", null, "assign-anew") });
    expect(anew).toMatchObject({ complete: false, entries: [], state: { seq: 1, assignee: "Ada" } });
  });

  test("is for members, to members, of this chatbot", async () => {
    const chat = await aChat();
    await chat.stores.members.put({
      ...{ chatbotId: "other", agentId: "agent-eve", email: "eve@example.com" },
      ...{ name: "Eve", role: "agent" },
    });
    for (const stranger of ["agent-eve", "agent-nobody", "__proto__"]) {
      await expect(chat.act({ caller: chat.agent, action: assign(stranger, null) })).rejects.toMatchObject({
        code: "bad_request",
        fields: [{ path: "agentId" }],
      });
    }
    expect(await refusalCode(chat.act({ caller: chat.visitor, action: assign(null, null) }))).toBe("forbidden");
    const portal = await chat.portal("agent");
    expect(await refusalCode(chat.act({ caller: portal, action: assign(null, null) }))).toBe("forbidden");
    expect((await chat.head()).seq).toBe(0);
  });

  test("leaves the takeover to the takeover: a second agent's settles and takes nothing away", async () => {
    const chat = await aChat();
    const grace = await withGrace(chat);
    await chat.act({ caller: chat.agent, action: change("takeOver") });
    const second = await chat.act({ caller: grace, action: change("takeOver", "takeOver-0002") });
    expect(second).toMatchObject({ complete: false, state: { assignee: "Ada" } });
  });
});

describe("rating", () => {
  async function anEndedChat() {
    const chat = await aChat();
    await chat.act({ caller: chat.agent, action: change("takeOver") });
    await chat.act({ caller: chat.agent, action: change("end") });
    return chat;
  }

  test("is stored, shown to both sides and told to the dashboards, and the conversation stays ended", async () => {
    const chat = await anEndedChat();
    await chat.act({ caller: chat.agent, connectionId: "socket-team", action: inboxHello });
    const before = await chat.head();
    const reply = await chat.act({ caller: chat.visitor, action: rate(5, "Quick and kind.") });
    expect(reply).toMatchObject({
      state: { status: "ended", rating: 5 },
      entries: [{ kind: "rating", score: 5, comment: "Quick and kind.", author: { role: "visitor" } }],
    });
    expect(await chat.head()).toEqual({ ...before, seq: before.seq + 1, rating: 5 });
    expect(chat.connections.framesTo("socket-team")).toMatchObject([{ type: "row", row: { rating: 5 } }]);
    const rated = chat.stores.conversations.outbox.filter(({ type }) => type === "conversation.rated.v1");
    expect(rated.map(({ detail }) => detail)).toMatchObject([{ score: 5, comment: "Quick and kind." }]);
  });

  test("repeated is one; a later one replaces it and its event says which", async () => {
    const chat = await anEndedChat();
    await chat.act({ caller: chat.visitor, action: rate(2, "") });
    await chat.act({ caller: chat.visitor, action: rate(2, "") });
    await chat.act({ caller: await chat.portal("customer"), action: rate(4) });
    const rated = chat.stores.conversations.outbox.filter(({ type }) => type === "conversation.rated.v1");
    expect(rated.map(({ detail }) => detail)).toEqual([
      expect.not.objectContaining({ comment: expect.anything() }),
      expect.objectContaining({ score: 4, replaces: 2 }),
    ]);
    expect((await chat.head()).rating).toBe(4);
  });

  test("is the visitor's, after the end, where the owner asks for it", async () => {
    const chat = await anEndedChat();
    expect(await refusalCode(chat.act({ caller: chat.agent, action: rate(5) }))).toBe("forbidden");
    await chat.act({ caller: chat.visitor, action: change("reopen") });
    expect(await refusalCode(chat.act({ caller: chat.visitor, action: rate(5) }))).toBe("illegal_transition");
    const off = await aChat({ settings: { rating: { enabled: false } } });
    expect(await refusalCode(off.act({ caller: off.visitor, action: rate(5) }))).toBe("forbidden");
  });
});

describe("handing back to the bot", () => {
  const allowed = { settings: { handBack: { enabled: true } } };

  test("lets the bot answer from the next question on, and forgets who had it", async () => {
    const chat = await aChat(allowed);
    await chat.act({ caller: chat.visitor, action: change("escalate") });
    await chat.act({ caller: chat.agent, action: change("takeOver") });
    const back = await chat.act({ caller: chat.agent, action: change("handBack") });
    expect(back).toMatchObject({
      state: { status: "unrequested", epoch: 4 },
      entries: [{ kind: "status", command: "handBack", status: "unrequested", author: { name: "Ada" } }],
    });
    expect(back).not.toHaveProperty("state.assignee");
    expect(chat.eventTypes().at(-1)).toBe("conversation.handed-back.v1");
    await chat.act({ caller: chat.visitor, action: send("message-1", "And the size?") });
    expect(chat.stores.conversations.outbox.at(-1)).toMatchObject({ type: "message.asked.v1", detail: { epoch: 4 } });
    const again = await chat.act({ caller: chat.agent, action: change("handBack", "handBack-0002") });
    expect(again).toMatchObject({ complete: false, state: { status: "unrequested" } });
  });

  test("makes a later escalation another one, with events and effects of its own", async () => {
    const chat = await aChat(allowed);
    await chat.act({ caller: chat.visitor, action: change("escalate") });
    await chat.act({ caller: chat.agent, action: change("handBack") });
    await chat.act({ caller: chat.visitor, action: change("escalate", "escalate-0002") });
    await chat.act({ caller: chat.visitor, action: change("escalate", "escalate-0003") });
    const escalated = chat.stores.conversations.outbox.filter(({ type }) => type === "conversation.escalated.v1");
    expect(escalated.map(({ detail }) => "epoch" in detail && detail.epoch)).toEqual([2, 4]);
    expect(new Set(escalated.map(({ detail }) => detail.eventId)).size).toBe(2);
    expect(await chat.head()).toMatchObject({ status: "unassigned", reference: "7KQ4-M2TX" });
    await chat.act({ caller: chat.agent, action: change("takeOver") });
    expect(chat.stores.conversations.outbox.at(-1)).toMatchObject({ detail: { from: "unassigned" } });
  });

  test("is off unless the owner allows it, and never the visitor's", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.agent, action: change("takeOver") });
    await expect(chat.act({ caller: chat.agent, action: change("handBack") })).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("settings"),
    });
    expect(await refusalCode(chat.act({ caller: chat.visitor, action: change("handBack") }))).toBe("forbidden");
    const on = await aChat(allowed);
    await on.act({ caller: on.agent, action: change("takeOver") });
    await on.act({ caller: on.agent, action: change("end") });
    expect(await refusalCode(on.act({ caller: on.agent, action: change("handBack") }))).toBe("illegal_transition");
  });

  test("does not swallow an answer that the visitor has not seen", async () => {
    const chat = await aChat(allowed);
    await chat.join(chat.visitor, "socket-v");
    await chat.act({ caller: chat.agent, action: send("message-1", "It is on its way.") });
    await chat.act({ caller: chat.agent, action: change("handBack") });
    chat.connections.gone.add("socket-v");
    chat.clock.now += 5 * minute;
    await chat.act({ caller: chat.agent, action: { action: "heartbeat", ...named } });
    const unseen = chat.stores.conversations.outbox.filter(({ type }) => type === "message.unseen.v1");
    expect(unseen).toMatchObject([{ detail: { recipient: "visitor" } }]);
  });
});
