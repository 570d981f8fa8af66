import { describe, expect, test } from "vitest";
import type { Caller } from "../../lambdas/runtime/caller.ts";
import { aChat, change, minute, refusalCode } from "./chat-world.ts";

const typing = { action: "typing", conversationId: "conversation-1" } as const;

/** Two tabs of the visitor, a customer's portal, two pages of one agent and one of another. */
async function aFullRoom() {
  const chat = await aChat();
  const grace = { ...chat.agent, agentId: "agent-grace", name: "Grace" };
  await chat.stores.members.put({ ...grace, email: "grace@example.com" });
  const customer = await chat.portal("customer");
  const people: readonly (readonly [Caller, string])[] = [
    [chat.visitor, "tab-1"],
    [chat.visitor, "tab-2"],
    [customer, "portal"],
    [chat.agent, "ada-1"],
    [chat.agent, "ada-2"],
    [grace, "grace"],
  ];
  for (const [caller, connectionId] of people) await chat.join(caller, connectionId);
  chat.connections.posted.length = 0;
  return { ...chat, grace, customer, told: () => chat.connections.posted.map(({ to }) => to).sort() };
}

describe("typing", () => {
  test("of the visitor is told to every agent who looks, and to none of the visitor's own pages", async () => {
    const room = await aFullRoom();
    const reply = await room.act({ caller: room.visitor, connectionId: "tab-1", action: typing });
    expect(reply).toEqual({ type: "done", action: "typing" });
    expect(room.told()).toEqual(["ada-1", "ada-2", "grace"]);
    expect(room.connections.framesTo("grace")).toEqual([
      {
        ...{ type: "typing", now: room.clock.now, conversationId: "conversation-1", by: "visitor" },
        until: room.clock.now + 6_000,
      },
    ]);
  });

  test("of an agent is told to the visitor and to other agents, by name", async () => {
    const room = await aFullRoom();
    await room.act({ caller: room.agent, connectionId: "ada-1", action: typing });
    expect(room.told()).toEqual(["grace", "portal", "tab-1", "tab-2"]);
    expect(room.connections.framesTo("tab-1")).toMatchObject([{ by: "agent", name: "Ada" }]);
    expect(JSON.stringify(room.connections.posted)).not.toContain("agent-ada");
  });

  test("works for pages that poll, and reaches nobody whose lease has run out", async () => {
    const room = await aFullRoom();
    await room.act({ caller: room.visitor, action: { action: "typing" } });
    expect(room.told()).toEqual(["ada-1", "ada-2", "grace"]);
    room.clock.now += 3 * minute;
    room.connections.posted.length = 0;
    await room.act({ caller: room.visitor, action: { action: "typing" } });
    expect(room.told()).toEqual([]);
  });

  test("stores nothing", async () => {
    const room = await aFullRoom();
    await room.act({ caller: room.agent, action: change("takeOver") });
    const [before, events] = [await room.head(), room.eventTypes()];
    for (let i = 0; i < 5; i++) await room.act({ caller: room.visitor, connectionId: "tab-1", action: typing });
    expect(await room.head()).toEqual(before);
    expect(room.eventTypes()).toEqual(events);
  });

  test("is refused to a socket that has not joined, and finds no other chatbot's conversation", async () => {
    const room = await aFullRoom();
    const stranger = room.act({ caller: room.visitor, connectionId: "stranger", action: typing });
    expect(await refusalCode(stranger)).toBe("hello_required");
    const elsewhere = { ...room.agent, chatbotId: "other" };
    expect(await refusalCode(room.act({ caller: elsewhere, action: typing }))).toBe("not_found");
  });

  test("is done although a push fails", async () => {
    const room = await aFullRoom();
    const delivery = { ...room.services.delivery, toConversation: () => Promise.reject(new Error("no network")) };
    Object.assign(room.services, { delivery });
    expect(await room.act({ caller: room.visitor, connectionId: "tab-1", action: typing })).toMatchObject({
      type: "done",
    });
    expect(room.log.lines.map(({ code }) => code)).toEqual(["push_failed"]);
  });
});
