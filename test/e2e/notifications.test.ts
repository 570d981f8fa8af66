import { get } from "node:http";
import { describe, expect, it } from "vitest";
import type { ReplyOf } from "../../lambdas/contracts/http.ts";
import { quotaMonth } from "../../lambdas/domain/plan.ts";
import { eventually, withDemo } from "./demo.ts";
import { Agent, call, mustCall, newId, roleOf, Visitor } from "./people.ts";

const demo = withDemo();
const minutes = 60_000;

async function anOpenConversation(email?: string) {
  const visitor = await Visitor.arrives(demo());
  await visitor.escalates(email);
  const agent = await Agent.signsIn(demo());
  await agent.act(visitor.conversationId, { action: "takeOver", id: newId() });
  return { visitor, agent };
}

/** The grace time passes, and what it set going comes to rest. */
async function afterTheGraceTime(): Promise<void> {
  await demo().settled();
  await demo().advance(1.1 * minutes);
  await demo().settled();
}

describe("an escalation by somebody who left name and address", () => {
  it("names them in the mail, and they are the ticket's requester", async () => {
    await demo().reset();
    const visitor = await Visitor.arrives(demo());
    await visitor.escalates("ada@example.com");
    const mail = await demo().mailTo("team@demo.test", "ada@example.com");
    expect(mail.subject).toContain("Ada Lovelace");
    await eventually(async () => expect(await demo().tickets()).toHaveLength(1));
    expect(JSON.stringify(await demo().tickets())).toContain("ada@example.com");
  });
});

describe("a customer who has left", () => {
  it("gets one mail with everything unread and the link to the customer portal", async () => {
    await demo().reset();
    const { visitor, agent } = await anOpenConversation("ada@example.com");
    await agent.act(visitor.conversationId, { action: "send", id: newId(), text: "Your parcel is in Leipzig." });
    await agent.act(visitor.conversationId, { action: "send", id: newId(), text: "It should arrive tomorrow." });
    await afterTheGraceTime();
    const mail = await demo().mailTo("ada@example.com", "Leipzig");
    expect(mail.text).toContain("It should arrive tomorrow.");
    expect(mail.text).toMatch(/\/portal\/customer#\S+/);
    expect(mail.html).toContain("Fernweh Outdoor");
    await agent.act(visitor.conversationId, { action: "send", id: newId(), text: "Anything else?" });
    await afterTheGraceTime();
    expect((await demo().mails()).filter(({ to }) => to.includes("ada@example.com"))).toHaveLength(1);
    await eventually(async () => {
      const { notifications } = await agent.view(visitor.conversationId);
      expect(notifications).toContainEqual(
        expect.objectContaining({ reason: "unseen", recipient: "ada@example.com", state: "delivered" }),
      );
    });
  });

  it("gets none when they were there, or came back and read it within the grace time", async () => {
    await demo().reset();
    const { visitor, agent } = await anOpenConversation("ben@example.com");
    const socket = await visitor.socket();
    await agent.act(visitor.conversationId, { action: "send", id: newId(), text: "Are you there?" });
    await socket.next("entries", ({ entries }) => entries.some((entry) => roleOf(entry) === "agent"));
    await afterTheGraceTime();
    await socket.close();
    await demo().atRest();
    await agent.act(visitor.conversationId, { action: "send", id: newId(), text: "Hello?" });
    const back = await visitor.socket();
    const { seq } = (await back.next("state")).state;
    back.send({ action: "read", seq });
    await demo().settled();
    await afterTheGraceTime();
    expect((await demo().mails()).filter(({ to }) => to.includes("ben@example.com"))).toEqual([]);
  });

  it("is told although they vanished right after the message was pushed, unread", async () => {
    await demo().reset();
    const { visitor, agent } = await anOpenConversation("cleo@example.com");
    const socket = await visitor.socket();
    await agent.act(visitor.conversationId, { action: "send", id: newId(), text: "Here is your answer." });
    await socket.next("entries", ({ entries }) => entries.some((entry) => roleOf(entry) === "agent"));
    await socket.close();
    await demo().atRest();
    await afterTheGraceTime();
    await demo().mailTo("cleo@example.com", "Here is your answer.");
  });
});

describe("an agent who has left", () => {
  it("is told by one mail to the notification address, with the link to the agent portal", async () => {
    await demo().reset();
    const { visitor, agent } = await anOpenConversation();
    const dashboard = await agent.socket();
    await agent.watches(dashboard, visitor.conversationId);
    const page = await visitor.socket();
    expect(page.frames.at(-1)).toMatchObject({ type: "state", state: { presentUntil: { agent: expect.any(Number) } } });
    await dashboard.close();
    const gone = await page.next("entries", ({ state }) => state.presentUntil.agent === 0);
    expect(gone.entries).toEqual([]);
    await demo().atRest();
    await visitor.act({ action: "send", id: newId(), text: "I found the receipt!" });
    await visitor.act({ action: "send", id: newId(), text: "It is number 4711." });
    await afterTheGraceTime();
    const mail = await demo().mailTo("team@demo.test", "I found the receipt!");
    expect(mail.text).toContain("4711");
    expect(mail.text).toMatch(/\/portal\/agent#\S+/);
  });
});

describe("the monthly quota", () => {
  it("never loses the escalation when it is used up, and the owner sees it", async () => {
    await demo().reset();
    const owner = await Agent.signsIn(demo(), "owner@demo.test");
    const settings = () =>
      mustCall<ReplyOf<"readSettings">>(demo(), "GET", `${owner.base}/settings`, { token: owner.token });
    const { chatbots } = demo().stores;
    const chatbot = await chatbots.get("demo");
    if (chatbot === undefined) throw new Error("the demo has no chatbot");
    await chatbots.put({ ...chatbot, plan: { name: "entry", liveChatAddOn: true } });
    const month = quotaMonth(demo().demo.cloud.clock.now());
    while (await chatbots.takeMail("demo", month, 100));
    expect(await settings()).toMatchObject({ entitlements: { liveChat: true, mailsPerMonth: 100 }, mailsUsed: 100 });

    const visitor = await Visitor.arrives(demo());
    const socket = await visitor.socket();
    socket.send({ action: "escalate", id: newId() });
    expect((await socket.next("state", ({ state }) => state.status === "unassigned")).state.reference).toBeDefined();
    await eventually(async () => expect(await demo().tickets()).toHaveLength(1));
    await demo().settled();
    expect(await demo().mails()).toEqual([]);
    const { notifications } = await owner.view(visitor.conversationId);
    expect(notifications).toContainEqual(
      expect.objectContaining({ channel: "email", state: "skipped", detail: expect.stringContaining("quota") }),
    );
    expect((await settings()).mailsUsed).toBe(100);
    await chatbots.put(chatbot);
  });
});

describe("the team's presence", () => {
  it("is seen by the visitor, and a visitor's by the team", async () => {
    const visitor = await Visitor.arrives(demo());
    await visitor.escalates();
    const agent = await Agent.signsIn(demo());
    const dashboard = await agent.socket();
    const socket = await visitor.socket();
    const row = await dashboard.next(
      "row",
      (frame) => frame.row.conversationId === visitor.conversationId && frame.row.presentUntil.visitor > frame.now,
    );
    expect(row.row.status).toBe("unassigned");
    socket.send({ action: "heartbeat" });
    const present = await socket.next("present");
    expect(present.teamUntil).toBeGreaterThan(present.now);
    await dashboard.close();
    await demo().atRest();
    socket.frames.length = 0;
    socket.send({ action: "heartbeat" });
    const alone = await socket.next("present");
    expect(alone.teamUntil ?? 0).toBeLessThanOrEqual(alone.now);
  });
});

describe("what the settings decide", () => {
  it("takes effect with the next escalation: addresses, waiting message, Zendesk off", async () => {
    await demo().reset();
    const owner = await Agent.signsIn(demo(), "owner@demo.test");
    const path = `${owner.base}/settings`;
    const read = () => mustCall<ReplyOf<"readSettings">>(demo(), "GET", path, { token: owner.token });
    const before = await read();
    const { liveChat } = before.settings;
    const changed = {
      ...before.settings,
      liveChat: {
        ...liveChat,
        waitingMessage: "We are on our way.",
        email: { enabled: true, addresses: ["night@demo.test", "day@demo.test"] },
        zendesk: { ...liveChat.zendesk, enabled: false },
      },
    };
    await mustCall(demo(), "PUT", path, { token: owner.token, body: { version: before.version, settings: changed } });
    const stale = await call(demo(), "PUT", path, {
      token: owner.token,
      body: { version: before.version, settings: changed },
    });
    expect([stale.status, stale.body.error.code]).toEqual([409, "conflict"]);
    const visitor = await Visitor.arrives(demo());
    const { body } = await visitor.act({ action: "escalate", id: newId() });
    expect(body).toMatchObject({ type: "state", entries: [{ kind: "status", text: "We are on our way." }] });
    await demo().mailTo("night@demo.test", "talk to a person");
    await demo().mailTo("day@demo.test", "talk to a person");
    await demo().settled();
    expect(await demo().tickets()).toEqual([]);
    const wrong = {
      ...changed,
      liveChat: { ...changed.liveChat, email: { enabled: true, addresses: ["not an address"] } },
    };
    const refused = await call(demo(), "PUT", path, {
      token: owner.token,
      body: { version: before.version + 1, settings: wrong },
    });
    expect([refused.status, refused.body.error.code]).toEqual([400, "bad_request"]);
    expect(refused.body.error.fields?.[0]?.path).toContain("addresses.0");
    await mustCall(demo(), "PUT", path, {
      token: owner.token,
      body: { version: before.version + 1, settings: before.settings },
    });
  });

  it("gives portal links the owner's host name, which opens the portal", async () => {
    const owner = await Agent.signsIn(demo(), "owner@demo.test");
    const path = `${owner.base}/settings`;
    const { version, settings } = await mustCall<ReplyOf<"readSettings">>(demo(), "GET", path, { token: owner.token });
    const branded = { ...settings, brand: { ...settings.brand, host: "help.localhost" } };
    await mustCall(demo(), "PUT", path, { token: owner.token, body: { version, settings: branded } });
    const { conversationId } = await Visitor.arrives(demo());
    const { url } = await mustCall<ReplyOf<"createLink">>(
      demo(),
      "POST",
      `${owner.base}/conversations/${conversationId}/links`,
      { token: owner.token, body: { role: "customer", recipient: "ada@example.com" } },
    );
    const { host, hostname, pathname } = new URL(url);
    expect([hostname, pathname]).toEqual(["help.localhost", "/portal/customer"]);
    expect(await statusThroughFrontDoor(host, pathname)).toBe(200);
    await mustCall(demo(), "PUT", path, { token: owner.token, body: { version: version + 1, settings } });
  });
});

/** Asks the front door under another host name, as a browser does for `<anything>.localhost`. */
function statusThroughFrontDoor(host: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(demo().origin);
    get({ hostname: "localhost", port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on("error", reject);
  });
}
