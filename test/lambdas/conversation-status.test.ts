import { describe, expect, test } from "vitest";
import { aChat, change, refusalCode, send } from "./chat-world.ts";

describe("escalating", () => {
  test("gives the waiting message, a reference number and one event", async () => {
    const chat = await aChat();
    const reply = await chat.act({ caller: chat.visitor, action: change("escalate") });
    expect(reply).toMatchObject({
      type: "state",
      complete: true,
      state: { status: "unassigned", reference: "7KQ4-M2TX" },
      entries: [
        { kind: "status", status: "unassigned", reference: "7KQ4-M2TX", text: expect.stringContaining("team") },
      ],
    });
    expect(chat.eventTypes()).toEqual(["conversation.escalated.v1"]);
  });

  test("twice, from two tabs at once, is one escalation", async () => {
    const chat = await aChat();
    const [one, other] = await Promise.all([
      chat.act({ caller: chat.visitor, action: change("escalate", "escalate-tab-1") }),
      chat.act({ caller: chat.visitor, action: change("escalate", "escalate-tab-2") }),
    ]);
    expect(chat.eventTypes()).toEqual(["conversation.escalated.v1"]);
    expect([one, other]).toMatchObject([{ complete: true }, { complete: false, entries: [] }]);
  });

  test("shows the new row on the team's dashboards", async () => {
    const chat = await aChat();
    await chat.act({
      caller: chat.agent,
      connectionId: "socket-team",
      action: { action: "hello", version: 1, after: 0 },
    });
    await chat.act({ caller: chat.visitor, action: change("escalate") });
    expect(chat.connections.framesTo("socket-team")).toMatchObject([{ type: "row", row: { status: "unassigned" } }]);
  });

  test("is refused where live chat is off or the plan lacks it", async () => {
    const off = await aChat({ liveChat: false });
    expect(await refusalCode(off.act({ caller: off.visitor, action: change("escalate") }))).toBe("live_chat_off");
    const entry = await aChat({ plan: { name: "entry", liveChatAddOn: false } });
    expect(await refusalCode(entry.act({ caller: entry.visitor, action: change("escalate") }))).toBe("not_entitled");
    expect((await entry.head()).status).toBe("unrequested");
  });

  test("after the end is refused: a message reopens", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.agent, action: change("takeOver") });
    await chat.act({ caller: chat.agent, action: change("end") });
    const again = chat.act({ caller: chat.visitor, action: change("escalate", "escalate-0002") });
    expect(await refusalCode(again)).toBe("illegal_transition");
  });
});

describe("who may do what", () => {
  test("the visitor and the customer's portal can't take over", async () => {
    const chat = await aChat();
    const customer = await chat.portal("customer");
    for (const caller of [chat.visitor, customer]) {
      expect(await refusalCode(chat.act({ caller, action: change("takeOver") }))).toBe("forbidden");
    }
    expect((await chat.head()).status).toBe("unrequested");
  });

  test("a customer's portal writes as the visitor, whatever it claims", async () => {
    const chat = await aChat();
    const customer = await chat.portal("customer");
    const reply = await chat.act({ caller: customer, action: send("message-1", "It's me") });
    expect(reply).toMatchObject({ entry: { author: { role: "visitor" } }, state: { status: "unrequested" } });
  });

  test("an agent's portal answers under the brand's name", async () => {
    const chat = await aChat();
    const caller = await chat.portal("agent");
    const reply = await chat.act({ caller, action: send("message-1", "Hello") });
    expect(reply).toMatchObject({ entry: { author: { role: "agent", name: "Shop" } }, state: { status: "open" } });
  });

  test("agents can't escalate for the visitor", async () => {
    const chat = await aChat();
    expect(await refusalCode(chat.act({ caller: chat.agent, action: change("escalate") }))).toBe("forbidden");
  });

  test("visitors and portals stay in their conversation, whichever they name", async () => {
    const chat = await aChat();
    const other = { chatbotId: "shop", conversationId: "conversation-2" };
    await chat.stores.conversations.start({ ...other, visitorId: "visitor-2", at: chat.clock.now, facts: {} });
    const elsewhere = (id: string) => ({ ...send(id, "Hi"), conversationId: other.conversationId });
    await chat.act({ caller: chat.visitor, action: elsewhere("message-1") });
    await chat.act({ caller: await chat.portal("customer"), action: elsewhere("message-2") });
    expect((await chat.head()).seq).toBe(2);
    expect((await chat.stores.conversations.head(other))?.seq).toBe(0);
  });

  test("an agent finds nothing under another chatbot's ids", async () => {
    const chat = await aChat();
    const elsewhere = { ...chat.agent, chatbotId: "other" };
    for (const action of [
      send("message-1", "Hi"),
      change("takeOver"),
      change("end"),
      { action: "read", seq: 1 } as const,
    ]) {
      const named = { ...action, conversationId: chat.ref.conversationId };
      expect(await refusalCode(chat.act({ caller: elsewhere, action: named }))).toBe("not_found");
    }
  });

  test("an agent has to say which conversation", async () => {
    const chat = await aChat();
    const reading = chat.act({ caller: chat.agent, connectionId: "socket-a", action: { action: "read", seq: 1 } });
    expect(await refusalCode(reading)).toBe("bad_request");
  });
});

test("taking over twice settles without a second event", async () => {
  const chat = await aChat();
  await chat.act({ caller: chat.agent, action: change("takeOver") });
  const again = await chat.act({ caller: chat.agent, action: change("takeOver", "takeOver-0002") });
  expect(again).toMatchObject({ type: "state", complete: false, state: { status: "open" } });
  expect(chat.eventTypes()).toEqual(["conversation.opened.v1"]);
});

test("what the bot alone handles can't be ended, and the refusal says so", async () => {
  const chat = await aChat();
  await expect(chat.act({ caller: chat.visitor, action: change("end") })).rejects.toMatchObject({
    code: "illegal_transition",
    message: "You can't end it while the conversation is unrequested.",
  });
});
