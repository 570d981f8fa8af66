import { describe, expect, test } from "vitest";
import { closeSocket } from "../../lambdas/socket/close-socket.ts";
import { aChat, change, hello, minute, refusalCode, send } from "./chat-world.ts";

const inboxHello = { action: "hello", version: 1, after: 0 } as const;

describe("hello", () => {
  test("brings what is new since the caller's last number, and says whether the team is there", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.agent, connectionId: "socket-team", action: inboxHello });
    await chat.act({ caller: chat.visitor, action: send("message-1", "one") });
    await chat.act({ caller: chat.visitor, action: send("message-2", "two") });
    const action = hello(chat.ref.conversationId, 1);
    const reply = await chat.act({ caller: chat.visitor, connectionId: "socket-v", action });
    expect(reply).toMatchObject({ complete: true, entries: [{ seq: 2 }] });
    expect(reply).toHaveProperty("state.presentUntil.team", expect.any(Number));
    expect(reply).not.toHaveProperty("state.presentUntil.team", 0);
  });

  test("is incomplete at 100 entries and completes with the next one", async () => {
    const chat = await aChat();
    for (let n = 1; n <= 101; n += 1) {
      await chat.act({ caller: chat.visitor, action: send(`message-${n}`, `${n}`) });
    }
    const first = await chat.act({ caller: chat.visitor, action: hello(chat.ref.conversationId) });
    expect(first).toMatchObject({ complete: false });
    const second = await chat.act({ caller: chat.visitor, action: hello(chat.ref.conversationId, 100) });
    expect(second).toMatchObject({ complete: true, entries: [{ seq: 101 }] });
  });

  test("over HTTPS joins nothing", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.visitor, action: hello(chat.ref.conversationId) });
    expect((await chat.head()).connections).toEqual([]);
  });

  test("shows the visitor's dot to the agent in the conversation, once for two tabs", async () => {
    const chat = await aChat();
    await chat.join(chat.agent, "socket-a");
    await chat.join(chat.visitor, "tab-1");
    await chat.join(chat.visitor, "tab-2");
    expect(chat.connections.framesTo("socket-a")).toMatchObject([{ type: "entries", entries: [] }]);
  });

  test("of a removed agent finds nothing", async () => {
    const chat = await aChat();
    await chat.stores.members.remove("agent-ada", "shop");
    expect(await refusalCode(chat.join(chat.agent, "socket-a"))).toBe("not_found");
    const inbox = chat.act({ caller: chat.agent, connectionId: "socket-a", action: inboxHello });
    expect(await refusalCode(inbox)).toBe("not_found");
  });

  test("of a portal looks at the link again: revoked and expired are refused", async () => {
    const chat = await aChat();
    const customer = await chat.portal("customer");
    const expiring = await chat.portal("agent");
    await chat.stores.conversations.revokeLink(chat.ref, customer.linkId, chat.clock.now);
    expect(await refusalCode(chat.join(customer, "socket-c"))).toBe("link_revoked");
    chat.clock.now += 31 * 24 * 60 * minute;
    expect(await refusalCode(chat.join(expiring, "socket-p"))).toBe("link_expired");
  });

  test("of a portal whose link is revoked at the very moment of joining leaves no socket behind", async () => {
    const chat = await aChat();
    const customer = await chat.portal("customer");
    const { conversations } = chat.stores;
    const link = conversations.link;
    let looked = 0;
    conversations.link = async (ref, linkId) => {
      looked += 1;
      if (looked === 2) await conversations.revokeLink(ref, linkId, chat.clock.now);
      return link(ref, linkId);
    };
    expect(await refusalCode(chat.join(customer, "socket-c"))).toBe("link_revoked");
    expect((await conversations.head(chat.ref))?.connections).toEqual([]);
  });
});

describe("a heartbeat", () => {
  test("renews the lease of a joined socket and asks a stranger to say hello", async () => {
    const chat = await aChat();
    await chat.join(chat.visitor, "socket-v");
    chat.clock.now += minute;
    const heartbeat = { action: "heartbeat" } as const;
    const reply = await chat.act({ caller: chat.visitor, connectionId: "socket-v", action: heartbeat });
    expect(reply).toMatchObject({ type: "present", presentUntil: chat.clock.now + 150_000, teamUntil: 0 });
    const stranger = chat.act({ caller: chat.visitor, connectionId: "stranger", action: heartbeat });
    expect(await refusalCode(stranger)).toBe("hello_required");
    const outsideInbox = chat.act({ caller: chat.agent, connectionId: "stranger", action: heartbeat });
    expect(await refusalCode(outsideInbox)).toBe("hello_required");
  });

  test("over HTTPS makes a polling page present", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.visitor, action: { action: "heartbeat" } });
    expect((await chat.head()).connections).toMatchObject([{ connectionId: "poll:visitor-1", party: "visitor" }]);
  });

  test("notices that the other side has vanished while a message waits, once", async () => {
    const chat = await aChat();
    await chat.join(chat.agent, "socket-a");
    await chat.join(chat.visitor, "socket-v");
    await chat.act({ caller: chat.agent, connectionId: "socket-a", action: change("takeOver") });
    chat.clock.now += minute;
    await chat.act({ caller: chat.visitor, connectionId: "socket-v", action: send("message-1", "Hi") });
    expect(chat.eventTypes()).not.toContain("message.unseen.v1");
    for (let beats = 0; beats < 4; beats += 1) {
      chat.clock.now += minute;
      await chat.act({ caller: chat.visitor, connectionId: "socket-v", action: { action: "heartbeat" } });
    }
    expect(chat.eventTypes().filter((type) => type === "message.unseen.v1")).toHaveLength(1);
  });

  test("of an agent whose membership has ended is refused", async () => {
    const chat = await aChat();
    await chat.join(chat.agent, "socket-a");
    await chat.stores.members.remove("agent-ada", "shop");
    const action = { action: "heartbeat", conversationId: chat.ref.conversationId } as const;
    expect(await refusalCode(chat.act({ caller: chat.agent, connectionId: "socket-a", action }))).toBe("not_found");
  });
});

describe("a closed socket", () => {
  test("leaves, the agent sees it, and the message that waits is told", async () => {
    const chat = await aChat();
    await chat.join(chat.agent, "socket-a");
    await chat.join(chat.visitor, "socket-v");
    await chat.act({ caller: chat.agent, connectionId: "socket-a", action: send("message-1", "Hello") });
    chat.connections.posted.length = 0;
    await closeSocket(chat.services, chat.visitor, "socket-v");
    expect(chat.connections.framesTo("socket-a")).toMatchObject([
      { type: "entries", entries: [], state: { presentUntil: { visitor: 0 } } },
    ]);
    expect(chat.eventTypes()).toContain("message.unseen.v1");
  });

  test("of an agent makes the team absent at once", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.agent, connectionId: "socket-team", action: inboxHello });
    await closeSocket(chat.services, chat.agent, "socket-team");
    expect(await chat.stores.team.present("shop", chat.clock.now)).toEqual([]);
  });

  test("of an agent leaves every conversation that it had open, and their visitors see it at once", async () => {
    const chat = await aChat();
    await chat.join(chat.visitor, "socket-v");
    await chat.act({ caller: chat.agent, connectionId: "socket-a", action: inboxHello });
    await chat.join(chat.agent, "socket-a");
    expect((await chat.stores.conversations.head(chat.ref))?.connections).toHaveLength(2);
    await closeSocket(chat.services, chat.agent, "socket-a");
    expect((await chat.stores.conversations.head(chat.ref))?.connections).toMatchObject([{ party: "visitor" }]);
    expect(await chat.stores.team.present("shop", chat.clock.now)).toEqual([]);
    expect(chat.connections.framesTo("socket-v").at(-1)).toMatchObject({
      type: "entries",
      state: { presentUntil: { agent: 0 } },
    });
  });
});

test("a read mark is told to the others once and never falls back", async () => {
  const chat = await aChat();
  await chat.join(chat.visitor, "socket-v");
  await chat.join(chat.agent, "socket-a");
  await chat.act({ caller: chat.visitor, connectionId: "socket-v", action: send("message-1", "Hi") });
  chat.connections.posted.length = 0;
  const read = (seq: number) => ({ action: "read", seq, conversationId: chat.ref.conversationId }) as const;
  await chat.act({ caller: chat.agent, connectionId: "socket-a", action: read(1) });
  const reply = await chat.act({ caller: chat.agent, connectionId: "socket-a", action: read(0) });
  expect(reply).toMatchObject({ state: { read: { agent: 1 }, unread: { agent: 0 } } });
  expect(chat.connections.posted).toHaveLength(1);
  expect(await refusalCode(chat.act({ caller: chat.agent, connectionId: "stranger", action: read(1) }))).toBe(
    "hello_required",
  );
});
