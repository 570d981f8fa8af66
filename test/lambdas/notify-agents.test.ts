import { describe, expect, it } from "vitest";
import { leaseUntil } from "../../lambdas/domain/presence.ts";
import { type AlertFact, alertFactOf } from "../../lambdas/notification/agent-alert.ts";
import { TryAgain } from "../../lambdas/runtime/batch.ts";
import { aMessage, aMove, anAppend, mia, minutes } from "../store/builders.ts";
import { anAlertWorld } from "./alert-world.ts";

type World = Awaited<ReturnType<typeof anAlertWorld>>;

const phone = "+4930123456";
const quietAllDay = { enabled: true, from: "00:00", to: "24:00", timeZone: "UTC" };

/** Mia has taken over and left again, and the visitor has written on. */
async function anUnseenMessage(world: World): Promise<AlertFact> {
  const { conversations } = world.stores;
  const { ref } = world;
  await conversations.move(ref, aMove("takeOver", { author: { role: "agent", name: "Mia", agentId: "mia" } }));
  await conversations.append(ref, anAppend({ message: aMessage("Looking into it.", { author: mia }) }));
  await conversations.append(ref, anAppend({ message: aMessage("It is number 4711.", { at: minutes(8) }) }));
  const head = await conversations.head(ref);
  if (head === undefined) throw new Error("no conversation");
  const { read, seq } = head;
  return {
    reason: "unseen",
    detail: { ...ref, eventId: "event-2", at: minutes(8), recipient: "agent", readMark: read.agent, seq },
  };
}

describe("an escalation", () => {
  it("reaches every agent who wants it in all their browsers, once, with a line for each agent", async () => {
    const world = await anAlertWorld();
    for (const agentId of ["mia", "tom"]) await world.wishes(agentId, { push: true });
    await world.hasBrowsers("mia", "m1", "m2");
    await world.hasBrowsers("tom", "t1");
    for (let n = 0; n < 3; n++) await world.tellByPush();
    expect(world.pushes.sent.map(({ target }) => target.endpoint.split("/").at(-1)).toSorted()).toEqual([
      "m1",
      "m2",
      "t1",
    ]);
    expect(world.payloads()[0]).toEqual({
      title: "Ada would like to talk to a person",
      body: "Where is my parcel?",
      url: `/chatbot/demo/dashboard/live-chats/${world.ref.conversationId}`,
      tag: `conversation-${world.ref.conversationId}`,
      silent: false,
    });
    expect(new Set(world.pushes.sent.map(({ topic }) => topic)).size).toBe(1);
    const lines = await world.ledger();
    expect(
      lines.map(({ channel, recipient, state, attempts }) => [channel, recipient, state, attempts]).toSorted(),
    ).toEqual([
      ["push", "Mia", "sent", 1],
      ["push", "Tom", "sent", 1],
    ]);
    expect(JSON.stringify(lines)).not.toContain("mozilla");
  });

  it("reaches a phone by one text, and the number stays out of the ledger", async () => {
    const world = await anAlertWorld({ brand: { name: "Fernweh" } });
    await world.wishes("mia", { sms: true, phone });
    for (let n = 0; n < 3; n++) await world.tellBySms();
    expect(world.texts.sent).toEqual([
      {
        to: phone,
        text: `Fernweh: Ada would like to talk to a person (7KQ4-M2TX): "Where is my parcel?" https://chat.example/chatbot/demo/dashboard/live-chats/${world.ref.conversationId}`,
        senderId: "Fernweh",
      },
    ]);
    const lines = await world.ledger();
    expect(lines).toMatchObject([{ channel: "sms", recipient: "Mia", state: "sent", externalId: "sns-1" }]);
    expect(JSON.stringify(lines)).not.toContain(phone);
  });

  it.each<[string, (world: World) => Promise<unknown>]>([
    [
      "the chatbot has switched the channel off",
      async (world) => {
        const liveChat = { ...world.chatbot.settings.liveChat, sms: { enabled: false }, push: { enabled: false } };
        await world.stores.chatbots.put({ ...world.chatbot, settings: { ...world.chatbot.settings, liveChat } });
      },
    ],
    [
      "the chatbot's plan has no live chat",
      (world) => world.stores.chatbots.put({ ...world.chatbot, plan: { name: "entry", liveChatAddOn: false } }),
    ],
    ["the agent has switched the channel off", (world) => world.wishes("tom", { phone })],
    ["the agent is no member any more", (world) => world.stores.members.remove("tom", "demo")],
  ])("tells nobody when %s, and leaves no line", async (_, happens) => {
    const world = await anAlertWorld();
    await world.wishes("tom", { push: true, sms: true, phone });
    await world.hasBrowsers("tom", "t1");
    await happens(world);
    await world.tellByPush();
    await world.tellBySms();
    expect([...world.pushes.sent, ...world.texts.sent]).toEqual([]);
    expect(await world.ledger()).toEqual([]);
  });

  it.each<[string, (world: World) => Promise<unknown>]>([
    ["taken over", (world) => world.stores.conversations.move(world.ref, aMove("takeOver"))],
    ["read", (world) => world.stores.conversations.markRead(world.ref, { party: "agent", seq: 99 })],
    ["ended", (world) => world.stores.conversations.move(world.ref, aMove("end"))],
  ])("stops the ladder when it was %s before the text went out", async (_, happens) => {
    const world = await anAlertWorld();
    await world.wishes("mia", { sms: true, phone });
    await happens(world);
    for (let n = 0; n < 2; n++) await world.tellBySms();
    expect(world.texts.sent).toEqual([]);
    expect(await world.ledger()).toMatchObject([{ channel: "sms", state: "skipped", detail: "opened", attempts: 1 }]);
  });

  it("is told by no text to an agent at the dashboard, and by a push without sound", async () => {
    const world = await anAlertWorld();
    await world.wishes("mia", { sms: true, push: true, phone });
    await world.hasBrowsers("mia", "m1");
    await world.isAtTheDashboard("mia");
    await world.tellByPush();
    await world.tellBySms();
    expect(world.texts.sent).toEqual([]);
    expect(world.payloads()).toMatchObject([{ silent: true }]);
    const lines = await world.ledger();
    expect(lines.find(({ channel }) => channel === "sms")).toMatchObject({ state: "skipped", detail: "present" });
  });

  it("leaves agents alone in their quiet hours", async () => {
    const world = await anAlertWorld();
    await world.wishes("mia", { sms: true, push: true, phone, quietHours: quietAllDay });
    await world.hasBrowsers("mia", "m1");
    await world.tellByPush();
    await world.tellBySms();
    expect([...world.pushes.sent, ...world.texts.sent]).toEqual([]);
    expect((await world.ledger()).map(({ state, detail }) => [state, detail])).toEqual([
      ["skipped", "quiet_hours"],
      ["skipped", "quiet_hours"],
    ]);
  });

  it("says so when an agent wants push and has no browser", async () => {
    const world = await anAlertWorld();
    await world.wishes("mia", { push: true });
    await world.tellByPush();
    expect(await world.ledger()).toMatchObject([{ state: "skipped", detail: "no_device" }]);
  });
});

describe("a browser that is gone", () => {
  it("is forgotten, and the agent's others are told", async () => {
    const world = await anAlertWorld();
    await world.wishes("mia", { push: true });
    await world.hasBrowsers("mia", "old", "new");
    // The newest comes first.
    world.pushes.answers.push({ kind: "sent" }, { kind: "gone", detail: "the push service answered 410" });
    await world.tellByPush();
    expect(await world.browsersOf("mia")).toEqual(["new"]);
    expect(await world.ledger()).toMatchObject([{ state: "sent", detail: "1 of 2 browsers" }]);
  });

  it("leaves nobody to tell when it was the only one", async () => {
    const world = await anAlertWorld();
    await world.wishes("mia", { push: true });
    await world.hasBrowsers("mia", "old");
    world.pushes.answers.push({ kind: "gone", detail: "the push service answered 410" });
    await world.tellByPush();
    expect(await world.browsersOf("mia")).toEqual([]);
    expect(await world.ledger()).toMatchObject([{ state: "skipped", detail: "no_device" }]);
  });
});

describe("a push service or SNS that fails", () => {
  it("is tried again, once it is back", async () => {
    const world = await anAlertWorld();
    await world.wishes("mia", { push: true, sms: true, phone });
    await world.hasBrowsers("mia", "m1");
    world.pushes.answers.push({ kind: "unavailable", detail: "the push service answered 503" });
    world.texts.answers.push({ kind: "unavailable", detail: "SNS 429 Throttling" });
    await expect(world.tellByPush()).rejects.toBeInstanceOf(TryAgain);
    await expect(world.tellBySms()).rejects.toBeInstanceOf(TryAgain);
    expect((await world.ledger()).map(({ state, detail }) => [state, detail])).toEqual([
      ["failed", "the push service answered 503. Trying again."],
      ["failed", "SNS 429 Throttling. Trying again."],
    ]);
    await world.tellByPush();
    await world.tellBySms();
    expect((await world.ledger()).map(({ state, attempts }) => [state, attempts])).toEqual([
      ["sent", 2],
      ["sent", 2],
    ]);
  });

  it("holds up no other agent", async () => {
    const world = await anAlertWorld();
    for (const agentId of ["mia", "tom"]) await world.wishes(agentId, { sms: true, phone });
    world.texts.answers.push({ kind: "unavailable", detail: "SNS 500" });
    await expect(world.tellBySms()).rejects.toBeInstanceOf(TryAgain);
    expect((await world.ledger()).map(({ state }) => state).toSorted()).toEqual(["failed", "sent"]);
  });

  it("gets no second text when the first may have been sent", async () => {
    const world = await anAlertWorld();
    await world.wishes("mia", { sms: true, phone });
    world.texts.answers.push({ kind: "unknown", detail: "ECONNRESET" });
    for (let n = 0; n < 3; n++) await world.tellBySms();
    world.clock.now += minutes(60);
    await world.tellBySms();
    expect(world.texts.sent).toHaveLength(1);
    expect(await world.ledger()).toMatchObject([{ state: "sending", detail: expect.stringContaining("perhaps sent") }]);
    expect(world.logged).toEqual(["sms_outcome_unknown"]);
  });

  it("is told of by an error when trying again can't help", async () => {
    const world = await anAlertWorld();
    await world.wishes("mia", { push: true, sms: true, phone });
    await world.hasBrowsers("mia", "m1");
    world.pushes.answers.push({ kind: "refused", detail: "the push service answered 403", said: "secret" });
    world.texts.answers.push({ kind: "refused", detail: "SNS 400 OptedOut", said: phone });
    await world.tellByPush();
    await world.tellBySms();
    const lines = await world.ledger();
    expect(lines.map(({ state, detail }) => [state, detail])).toEqual([
      ["failed", "the push service answered 403"],
      ["failed", "SNS 400 OptedOut"],
    ]);
    expect(world.logged).toEqual(["push_refused", "sms_refused"]);
  });
});

describe("a message that waits for the team", () => {
  it("is told to whose conversation it is, and to nobody else", async () => {
    const world = await anAlertWorld();
    for (const agentId of ["mia", "tom"]) {
      await world.wishes(agentId, { push: true });
      await world.hasBrowsers(agentId, `browser-of-${agentId}`);
    }
    await world.tellByPush(await anUnseenMessage(world));
    expect(world.payloads()).toMatchObject([{ title: "Ada has written again", body: "It is number 4711." }]);
    expect(await world.ledger()).toMatchObject([{ recipient: "Mia", reason: "unseen" }]);
  });

  it("is told to the others in the assignee's quiet hours", async () => {
    const world = await anAlertWorld();
    await world.wishes("mia", { sms: true, phone, quietHours: quietAllDay });
    await world.wishes("tom", { sms: true, phone: "+4930999999" });
    await world.tellBySms(await anUnseenMessage(world));
    expect(world.texts.sent.map(({ to }) => to)).toEqual(["+4930999999"]);
  });

  it.each<[string, (world: World) => Promise<unknown>, string]>([
    ["was read", (world) => world.stores.conversations.markRead(world.ref, { party: "agent", seq: 99 }), "read"],
    [
      "has an agent before it",
      (world) =>
        world.stores.conversations.join(world.ref, {
          connectionId: "c",
          party: "agent",
          until: leaseUntil(world.clock.now),
        }),
      "present",
    ],
    [
      "stands in an ended conversation",
      (world) => world.stores.conversations.move(world.ref, aMove("end")),
      "not_open",
    ],
  ])("is told to nobody when it %s", async (_, happens, detail) => {
    const world = await anAlertWorld();
    await world.wishes("mia", { sms: true, phone });
    const fact = await anUnseenMessage(world);
    await happens(world);
    await world.tellBySms(fact);
    expect(world.texts.sent).toEqual([]);
    expect(await world.ledger()).toMatchObject([{ state: "skipped", detail }]);
  });

  it("is one text when two pages noticed the absence", async () => {
    const world = await anAlertWorld();
    await world.wishes("mia", { sms: true, phone });
    const fact = await anUnseenMessage(world);
    await world.tellBySms(fact);
    if (fact.reason !== "unseen") throw new Error("another fact");
    await world.tellBySms({ ...fact, detail: { ...fact.detail, at: fact.detail.at + 5 } });
    expect(world.texts.sent).toHaveLength(1);
  });

  it("is nothing for agents when it waits for the visitor", async () => {
    const world = await anAlertWorld();
    await world.wishes("mia", { sms: true, phone });
    const fact = await anUnseenMessage(world);
    if (fact.reason !== "unseen") throw new Error("another fact");
    await world.tellBySms({ ...fact, detail: { ...fact.detail, recipient: "visitor" } });
    expect(await world.ledger()).toEqual([]);
  });
});

describe("what a stranger chose as a name", () => {
  it("reverses nothing and is cut", async () => {
    const world = await anAlertWorld();
    await world.stores.conversations.saveLead(world.ref, { name: `\u202eevil ${"x".repeat(90)}` });
    await world.wishes("mia", { push: true });
    await world.hasBrowsers("mia", "m1");
    await world.tellByPush();
    const title = world.payloads()[0]?.title ?? "";
    expect(title).not.toContain("\u202e");
    expect(title.length).toBeLessThanOrEqual(100);
  });
});

it("other events are nothing that agents are told about", () => {
  const detail = { chatbotId: "demo", conversationId: "c", eventId: "e", at: 1, seq: 1, by: "agent" } as const;
  expect(() => alertFactOf({ type: "conversation.ended.v1", detail })).toThrow("conversation.ended.v1");
});
