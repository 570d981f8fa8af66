import { describe, expect, test } from "vitest";
import type { ClientAction } from "../../lambdas/contracts/protocol.ts";
import { aChat, change, minute, refusalCode, send } from "./chat-world.ts";

describe("a visitor's message", () => {
  test("asks the bot while nobody has asked for a human", async () => {
    const chat = await aChat();
    await chat.join(chat.visitor, "socket-v");
    const reply = await chat.act({ caller: chat.visitor, connectionId: "socket-v", action: send("message-1", "Hi") });
    expect(reply).toMatchObject({ type: "sent", id: "message-1", entry: { seq: 1, text: "Hi" } });
    expect(chat.eventTypes()).toEqual(["message.asked.v1"]);
  });

  test("sent again under its id is stored once, numbered once and asked once", async () => {
    const chat = await aChat();
    await chat.join(chat.visitor, "socket-v");
    const action = send("message-1", "Hi");
    const first = await chat.act({ caller: chat.visitor, connectionId: "socket-v", action });
    const second = await chat.act({ caller: chat.visitor, connectionId: "socket-v", action });
    expect(second).toEqual(first);
    expect((await chat.head()).seq).toBe(1);
    expect(chat.eventTypes()).toEqual(["message.asked.v1"]);
  });

  test("does not ask the bot once a human was asked for", async () => {
    const chat = await aChat();
    await chat.join(chat.visitor, "socket-v");
    await chat.act({ caller: chat.visitor, connectionId: "socket-v", action: change("escalate") });
    await chat.act({ caller: chat.visitor, connectionId: "socket-v", action: send("message-1", "Anybody?") });
    expect(chat.eventTypes()).toEqual(["conversation.escalated.v1"]);
  });

  test("reopens an ended conversation and is stored with the change", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.agent, action: change("takeOver") });
    await chat.act({ caller: chat.visitor, action: change("end") });
    const reply = await chat.act({ caller: chat.visitor, action: send("message-1", "One more thing") });
    expect(reply).toMatchObject({ type: "sent", entry: { id: "message-1" }, state: { status: "open" } });
    expect(chat.eventTypes()).toContain("conversation.reopened.v1");
  });

  test("reaches the agent in the conversation but not the sender", async () => {
    const chat = await aChat();
    await chat.join(chat.visitor, "socket-v");
    await chat.join(chat.agent, "socket-a");
    await chat.act({ caller: chat.agent, connectionId: "socket-a", action: change("takeOver") });
    chat.connections.posted.length = 0;
    await chat.act({ caller: chat.visitor, connectionId: "socket-v", action: send("message-1", "Hi") });
    expect(chat.connections.posted.map(({ to, frame }) => [to, frame.type])).toEqual([["socket-a", "entries"]]);
    expect(chat.eventTypes()).not.toContain("message.unseen.v1");
  });

  test("tells the dashboards when somebody has to act and no agent is looking", async () => {
    const chat = await aChat();
    await chat.act({
      caller: chat.agent,
      connectionId: "socket-team",
      action: { action: "hello", version: 1, after: 0 },
    });
    await chat.act({ caller: chat.visitor, action: send("message-1", "a question for the bot") });
    expect(chat.connections.framesTo("socket-team")).toEqual([]);
    await chat.act({ caller: chat.visitor, action: change("escalate") });
    await chat.act({ caller: chat.visitor, action: send("message-2", "Hello?") });
    expect(chat.connections.framesTo("socket-team").map(({ type }) => type)).toEqual(["row", "row"]);
  });

  test("is refused with hello_required when its socket is not in the conversation", async () => {
    const chat = await aChat();
    const sending = chat.act({ caller: chat.visitor, connectionId: "stranger", action: send("message-1", "Hi") });
    expect(await refusalCode(sending)).toBe("hello_required");
    expect((await chat.head()).seq).toBe(0);
  });

  test("waits for an agent who has left, and tells them once in their away period", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.agent, action: change("takeOver") });
    await chat.act({ caller: chat.visitor, action: send("message-1", "Hi") });
    await chat.act({ caller: chat.visitor, action: send("message-2", "Hello?") });
    const unseen = chat.stores.conversations.outbox.filter((event) => event.type === "message.unseen.v1");
    expect(unseen.map(({ detail }) => detail)).toMatchObject([{ recipient: "agent", seq: 2 }]);
  });
});

describe("a message with files", () => {
  const picture = { fileId: "file-000001", name: "parcel.png", type: "image/png", size: 48_213 } as const;
  const sending = (attachments: string[], text = "", id = "message-1"): ClientAction => ({
    ...{ action: "send", id, text, attachments },
    conversationId: "conversation-1",
  });
  async function withUploaded(party: "visitor" | "agent" = "visitor") {
    const chat = await aChat();
    await chat.stores.files.announce({ ...chat.ref, ...picture, party, announcedAt: chat.clock.now });
    chat.uploaded.add(picture.fileId);
    return chat;
  }

  test("carries them to the other side, and the list shows their name where there is no text", async () => {
    const chat = await withUploaded();
    await chat.join(chat.agent, "socket-a");
    const reply = await chat.act({ caller: chat.visitor, action: sending([picture.fileId]) });
    expect(reply).toMatchObject({ type: "sent", entry: { text: "", attachments: [picture] } });
    expect(chat.connections.framesTo("socket-a").at(-1)).toMatchObject({ entries: [{ attachments: [picture] }] });
    expect((await chat.head()).last).toEqual({ by: "visitor", preview: "📎 parcel.png" });
  });

  test("repeated is one message with the same files", async () => {
    const chat = await withUploaded();
    const first = await chat.act({ caller: chat.visitor, action: sending([picture.fileId], "Look") });
    expect(await chat.act({ caller: chat.visitor, action: sending([picture.fileId], "Look") })).toEqual(first);
    expect((await chat.head()).seq).toBe(1);
  });

  test("takes a conversation over like any other message of an agent", async () => {
    const chat = await withUploaded("agent");
    const reply = await chat.act({ caller: chat.agent, action: sending([picture.fileId]) });
    expect(reply).toMatchObject({ state: { status: "open" }, entry: { attachments: [picture] } });
  });

  test("is refused as a whole when a file is unknown, not uploaded, or of the other side", async () => {
    const chat = await withUploaded();
    await chat.stores.files.announce({
      ...{ ...chat.ref, ...picture, fileId: "file-000002" },
      ...{ party: "visitor", announcedAt: chat.clock.now },
    });
    for (const [caller, fileId] of [
      [chat.visitor, "file-unknown"],
      [chat.visitor, "file-000002"],
      [chat.agent, picture.fileId],
    ] as const) {
      await expect(chat.act({ caller, action: sending([fileId]) })).rejects.toMatchObject({
        code: "bad_request",
        fields: [{ path: "attachments.0" }],
      });
    }
    expect((await chat.head()).seq).toBe(0);
  });
});

describe("an agent's message", () => {
  test.each(["unrequested", "unassigned"] as const)("takes an %s conversation over", async (status) => {
    const chat = await aChat();
    if (status === "unassigned") await chat.act({ caller: chat.visitor, action: change("escalate") });
    const reply = await chat.act({ caller: chat.agent, action: send("message-1", "Ada here") });
    expect(reply).toMatchObject({ state: { status: "open", assignee: "Ada" }, entry: { author: { name: "Ada" } } });
    const opened = chat.stores.conversations.outbox.find((event) => event.type === "conversation.opened.v1");
    expect(opened?.detail).toMatchObject({ from: status });
  });

  test("never carries the agent's id to the other side", async () => {
    const chat = await aChat();
    await chat.join(chat.visitor, "socket-v");
    await chat.act({ caller: chat.agent, action: send("message-1", "Ada here") });
    expect(JSON.stringify(chat.connections.framesTo("socket-v"))).not.toContain("agent-ada");
  });

  test("of two agents at once: both are stored, one takes over", async () => {
    const chat = await aChat();
    const grace = { ...chat.agent, agentId: "agent-grace", name: "Grace" };
    await chat.stores.members.put({ ...grace, email: "grace@example.com" });
    const replies = await Promise.all([
      chat.act({ caller: chat.agent, action: send("message-a", "Ada here") }),
      chat.act({ caller: grace, action: send("message-g", "Grace here") }),
    ]);
    expect(replies.map(({ type }) => type)).toEqual(["sent", "sent"]);
    expect(chat.eventTypes().filter((type) => type === "conversation.opened.v1")).toHaveLength(1);
    const { entriesAfter } = chat.stores.conversations;
    const kinds = (await entriesAfter(chat.ref, 0, 10)).map(({ kind }) => kind);
    expect(kinds).toEqual(["status", "message", "message"]);
  });
});

describe("pushing", () => {
  test("a socket that is gone leaves the conversation, and its owner is told of the message", async () => {
    const chat = await aChat();
    await chat.join(chat.visitor, "socket-v");
    await chat.join(chat.agent, "socket-a");
    await chat.act({ caller: chat.agent, connectionId: "socket-a", action: change("takeOver") });
    chat.connections.gone.add("socket-a");
    const reply = await chat.act({ caller: chat.visitor, connectionId: "socket-v", action: send("message-1", "Hi") });
    expect(reply.type).toBe("sent");
    expect((await chat.head()).connections.map(({ connectionId }) => connectionId)).toEqual(["socket-v"]);
    expect(chat.eventTypes()).toContain("message.unseen.v1");
  });

  test("a socket that fails stays, and harms no other", async () => {
    const chat = await aChat();
    await chat.join(chat.agent, "broken");
    await chat.join(chat.agent, "socket-a");
    chat.connections.broken.add("broken");
    await chat.act({ caller: chat.visitor, action: send("message-1", "Hi") });
    expect(chat.connections.framesTo("socket-a").at(-1)).toMatchObject({ type: "entries", entries: [{ seq: 1 }] });
    expect((await chat.head()).connections).toHaveLength(2);
  });

  test("that throws does not take back what is stored", async () => {
    const chat = await aChat();
    const delivery = { ...chat.services.delivery, entries: () => Promise.reject(new Error("no network")) };
    Object.assign(chat.services, { delivery });
    const reply = await chat.act({ caller: chat.visitor, action: send("message-1", "Hi") });
    expect(reply.type).toBe("sent");
    expect(chat.log.lines.map(({ code }) => code)).toEqual(["push_failed"]);
  });

  test("skips pages that poll and leases that have run out", async () => {
    const chat = await aChat();
    await chat.join(chat.agent, "socket-a");
    chat.clock.now += 3 * minute;
    await chat.act({ caller: chat.visitor, action: { action: "heartbeat" } });
    chat.connections.posted.length = 0;
    await chat.act({ caller: chat.visitor, action: send("message-1", "Hi") });
    expect(chat.connections.posted).toEqual([]);
  });
});
