import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AgentNotifications, ReplyOf } from "../../lambdas/contracts/http.ts";
import { launchBrowser } from "./browser.ts";
import { eventually, withDemo } from "./demo.ts";
import { Agent, call, mustCall, newId, Visitor } from "./people.ts";
import { PushedBrowser } from "./pushed-browser.ts";
import { logIn, Screens } from "./screens.ts";

const demo = withDemo();
const minutes = 60_000;
const phone = "+4930123456";
const nobodyIsQuiet: AgentNotifications = {
  sms: false,
  phone: "",
  push: false,
  quietHours: { enabled: false, from: "22:00", to: "07:00", timeZone: "UTC" },
};

interface Sms {
  readonly to: string;
  readonly text: string;
}

beforeEach(async () => {
  await demo().reset();
  const { chatbots } = demo().stores;
  const chatbot = await chatbots.get("demo");
  if (chatbot === undefined) throw new Error("the demo has no chatbot");
  const liveChat = { ...chatbot.settings.liveChat, sms: { enabled: true }, push: { enabled: true } };
  await chatbots.put({ ...chatbot, settings: { ...chatbot.settings, liveChat } });
});

async function anAgent(preferences: Partial<AgentNotifications>, ...browsers: readonly PushedBrowser[]) {
  const agent = await Agent.signsIn(demo());
  const mine = () => mustCall<ReplyOf<"readMyNotifications">>(demo(), "GET", `${agent.base}/my-notifications`, agent);
  for (const { deviceId } of (await mine()).devices) {
    await mustCall(demo(), "DELETE", `${agent.base}/push-devices/${deviceId}`, agent);
  }
  const body = { ...nobodyIsQuiet, ...preferences };
  await mustCall(demo(), "PUT", `${agent.base}/my-notifications`, { token: agent.token, body });
  for (const { deviceId, subscription } of browsers) {
    await mustCall(demo(), "PUT", `${agent.base}/push-devices/${deviceId}`, {
      token: agent.token,
      body: { label: "Firefox on Linux", subscription },
    });
  }
  return { agent, mine };
}

async function anEscalation(question = "Where is my parcel?"): Promise<Visitor> {
  const visitor = await Visitor.arrives(demo());
  await visitor.act({ action: "send", id: newId(), text: question });
  await visitor.escalates("ada@example.com");
  return visitor;
}

/** The delay of text messages passes, and what it set going comes to rest. */
async function aMinutePasses(): Promise<void> {
  await demo().settled();
  await demo().advance(1.1 * minutes);
  await demo().settled();
}

/** Text messages about a conversation: those of earlier tests may still have been waiting for their time. */
async function textsAbout({ conversationId }: Visitor): Promise<readonly Sms[]> {
  return (await demo().ask<Sms[]>("GET", "/api/sms")).filter(({ text }) => text.includes(conversationId));
}

async function ledger(agent: Agent, { conversationId }: Visitor, channel: "sms" | "push") {
  const { notifications } = await agent.view(conversationId);
  return notifications.filter((each) => each.channel === channel);
}

describe("an escalation", () => {
  it("comes to the agent's browser, encrypted for it and signed with the deployment's key", async () => {
    const browser = new PushedBrowser();
    const { agent, mine } = await anAgent({ push: true }, browser);
    const visitor = await anEscalation();
    const payload = await browser.payload(demo(), "Where is my parcel?");
    expect(payload).toEqual({
      title: "Ada Lovelace would like to talk to a person",
      body: "Where is my parcel?",
      url: `/chatbot/demo/dashboard/live-chats/${visitor.conversationId}`,
      tag: `conversation-${visitor.conversationId}`,
      silent: false,
    });
    const [push] = await browser.pushes(demo());
    expect(push?.applicationServerKey).toBe((await mine()).pushKey);
    expect(push?.headers).toMatchObject({ urgency: "high", ttl: "3600", topic: expect.stringMatching(/^\w{16}$/) });
    expect(Buffer.from(push?.body ?? "", "base64").toString("latin1")).not.toContain("parcel");
    await eventually(async () =>
      expect(await ledger(agent, visitor, "push")).toMatchObject([{ recipient: "Mia", state: "sent" }]),
    );
  });

  it("is one notification and one text, however often its event comes", async () => {
    for (const kind of ["events.duplicate", "queue.duplicate", "stream.duplicate"])
      await demo().fault(kind, { times: 5 });
    const browser = new PushedBrowser();
    const { agent } = await anAgent({ push: true, sms: true, phone }, browser);
    const visitor = await anEscalation();
    await aMinutePasses();
    expect(await browser.pushes(demo())).toHaveLength(1);
    expect(await textsAbout(visitor)).toHaveLength(1);
    for (const channel of ["push", "sms"] as const) {
      expect(await ledger(agent, visitor, channel)).toMatchObject([{ state: "sent" }]);
    }
  });

  it("comes as a text when nobody has opened it for a minute", async () => {
    await anAgent({ sms: true, phone });
    const visitor = await anEscalation("My tent has a hole!");
    await demo().settled();
    expect(await textsAbout(visitor)).toEqual([]);
    await aMinutePasses();
    const [sms] = await textsAbout(visitor);
    expect(sms?.to).toBe(phone);
    expect(sms?.text).toContain("Ada Lovelace would like to talk to a person");
    expect(sms?.text).toContain('"My tent has a hole!"');
    expect(sms?.text).toContain(`/chatbot/demo/dashboard/live-chats/${visitor.conversationId}`);
  });

  it("comes as no text when somebody has opened it", async () => {
    const { agent } = await anAgent({ sms: true, phone });
    const visitor = await anEscalation();
    await demo().settled();
    const dashboard = await agent.socket();
    await agent.watches(dashboard, visitor.conversationId);
    const { state } = await dashboard.next("state");
    dashboard.send({ action: "read", conversationId: visitor.conversationId, seq: state.seq });
    await demo().settled();
    await dashboard.close();
    await demo().atRest();
    await aMinutePasses();
    expect(await textsAbout(visitor)).toEqual([]);
    expect(await ledger(agent, visitor, "sms")).toMatchObject([{ state: "skipped", detail: "opened" }]);
  });

  it("leaves an agent alone in quiet hours", async () => {
    const browser = new PushedBrowser();
    const quietHours = { enabled: true, from: "00:00", to: "24:00", timeZone: "Europe/Berlin" };
    const { agent } = await anAgent({ push: true, sms: true, phone, quietHours }, browser);
    const visitor = await anEscalation();
    await aMinutePasses();
    expect([...(await browser.pushes(demo())), ...(await textsAbout(visitor))]).toEqual([]);
    for (const channel of ["push", "sms"] as const) {
      expect(await ledger(agent, visitor, channel)).toMatchObject([{ state: "skipped", detail: "quiet_hours" }]);
    }
  });

  it("is sent once more when the push service or SNS was down, and no text twice when its answer was lost", async () => {
    const browser = new PushedBrowser();
    const { agent } = await anAgent({ push: true, sms: true, phone }, browser);
    await demo().fault("webpush.refused", { times: 1, options: { status: 503 } });
    await demo().fault("sns.ambiguous", { times: 1 });
    const visitor = await anEscalation();
    await eventually(async () => expect(await ledger(agent, visitor, "push")).toMatchObject([{ state: "failed" }]));
    await demo().advance(5 * minutes);
    await demo().settled();
    expect(await browser.pushes(demo())).toHaveLength(1);
    expect(await textsAbout(visitor)).toHaveLength(1);
    expect(await ledger(agent, visitor, "push")).toMatchObject([{ state: "sent" }]);
    expect(await ledger(agent, visitor, "sms")).toMatchObject([
      { state: "sending", detail: expect.stringContaining("perhaps sent") },
    ]);
  });
});

describe("a browser that has withdrawn its permission", () => {
  it("is forgotten, and the agent's other one is told", async () => {
    const [gone, other] = [new PushedBrowser(), new PushedBrowser()];
    const { mine } = await anAgent({ push: true }, gone, other);
    await demo().fault("webpush.refused", { times: 1, match: { subscription: gone.id }, options: { status: 410 } });
    await anEscalation();
    await other.payload(demo(), "Where is my parcel?");
    await eventually(async () =>
      expect((await mine()).devices.map(({ deviceId }) => deviceId)).toEqual([other.deviceId]),
    );
  });
});

describe("the address of a browser", () => {
  it("must be a push service's: nothing else is stored, and nothing is sent there", async () => {
    const { agent, mine } = await anAgent({ push: true });
    for (const endpoint of ["http://127.0.0.1:4566/", "https://internal.example/", demo().origin]) {
      const { status } = await call(demo(), "PUT", `${agent.base}/push-devices/device-1`, {
        token: agent.token,
        body: { label: "x", subscription: { ...new PushedBrowser().subscription, endpoint } },
      });
      expect(status).toBe(400);
    }
    expect((await mine()).devices).toEqual([]);
  });
});

describe("a test notification", () => {
  it("reaches the owner by every channel, and five in a minute are enough", async () => {
    const owner = await Agent.signsIn(demo(), "owner@demo.test");
    const test = (channel: string) =>
      call<ReplyOf<"testNotification">>(demo(), "POST", `${owner.base}/notification-tests`, {
        token: owner.token,
        body: { channel },
      });
    const preferences = { ...nobodyIsQuiet, phone };
    await mustCall(demo(), "PUT", `${owner.base}/my-notifications`, { token: owner.token, body: preferences });
    const browser = new PushedBrowser();
    await mustCall(demo(), "PUT", `${owner.base}/push-devices/${browser.deviceId}`, {
      token: owner.token,
      body: { label: "Safari", subscription: browser.subscription },
    });
    for (const channel of ["email", "zendesk", "sms", "push"]) {
      const { status, body } = await test(channel);
      expect([channel, status, body]).toMatchObject([channel, 200, { ok: true }]);
    }
    await demo().mailTo("team@demo.test", "This is a test.");
    expect((await demo().ask<Sms[]>("GET", "/api/sms")).map(({ text }) => text)).toEqual([
      expect.stringContaining("This is a test."),
    ]);
    await browser.payload(demo(), "This is a test.");
    expect(await demo().tickets()).toEqual([]);

    await demo().fault("sns.error", { times: 1, options: { status: 400 } });
    expect((await test("sms")).body).toMatchObject({
      ok: false,
      results: [{ recipient: phone, detail: expect.stringContaining("The local cloud was told to refuse this SMS.") }],
    });
    expect((await test("sms")).status).toBe(429);
    const agent = await Agent.signsIn(demo());
    expect(
      (await call(demo(), "POST", `${agent.base}/notification-tests`, { token: agent.token, body: { channel: "sms" } }))
        .status,
    ).toBe(403);
  });
});

describe("in a real browser", () => {
  let chromium: Browser;
  let screens: Screens;
  beforeAll(async () => {
    chromium = await launchBrowser();
  });
  afterAll(async () => {
    await chromium.close();
  });
  beforeEach(() => {
    screens = new Screens(chromium);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await screens.photograph(`test-results/${task.id}`);
    await screens.closeAll();
  });

  /** A browser without a network has no push service: what one would give to the page comes from the test. */
  async function withPushService(page: Page, browser: PushedBrowser): Promise<void> {
    await page.addInitScript(({ endpoint, keys }) => {
      const key = "test:subscribed";
      const options = (): { applicationServerKey: ArrayBuffer | null } => {
        const kept = sessionStorage.getItem(key);
        return { applicationServerKey: kept === null ? null : Uint8Array.from(JSON.parse(kept)).buffer };
      };
      const subscription = {
        endpoint,
        get options() {
          return options();
        },
        toJSON: () => ({ endpoint, keys }),
        unsubscribe: async () => sessionStorage.removeItem(key) === undefined,
      };
      PushManager.prototype.subscribe = async ({ applicationServerKey }: PushSubscriptionOptionsInit = {}) => {
        sessionStorage.setItem(key, JSON.stringify([...(applicationServerKey as Uint8Array)]));
        return subscription as unknown as PushSubscription;
      };
      PushManager.prototype.getSubscription = async () =>
        sessionStorage.getItem(key) === null ? null : (subscription as unknown as PushSubscription);
    }, browser.subscription);
  }

  /** Hands a message to the worker, as the browser's own push service would. */
  async function deliver(session: CDPSession, data: string): Promise<void> {
    const registrationId = await new Promise<string>((resolve) => {
      session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
        const found = registrations.find(({ isDeleted }) => !isDeleted);
        if (found !== undefined) resolve(found.registrationId);
      });
      void session.send("ServiceWorker.enable");
    });
    await session.send("ServiceWorker.deliverPushMessage", { origin: demo().origin, registrationId, data });
  }

  const shown = (page: Page) =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const notifications = (await registration?.getNotifications()) ?? [];
      return notifications.map(({ title, body, tag }) => ({ title, body, tag }));
    });

  it("an agent allows notifications, gets one, and is brought to the conversation by a click", async () => {
    await anAgent({});
    const browser = new PushedBrowser();
    const context = await screens.somebody({ permissions: ["notifications"] });
    const page = await context.newPage();
    await withPushService(page, browser);
    const url = `${demo().origin}/chatbot/demo/settings/my-notifications`;
    await page.goto(url);
    await page.getByRole("button", { name: "agent@demo.test" }).click();
    await page.getByRole("switch", { name: "Notify me in my browsers" }).check();
    await page.getByRole("status").filter({ hasText: "Saved" }).waitFor();
    await page.getByRole("button", { name: "Allow in this browser" }).click();
    await page.getByText("This browser shows notifications.").waitFor();
    await page.getByRole("listitem").filter({ hasText: "this browser" }).waitFor();

    const visitor = await anEscalation();
    await browser.payload(demo(), "Where is my parcel?");
    const [push] = await browser.pushes(demo());
    if (push === undefined) throw new Error("no push");
    const payload = browser.read(push);
    await deliver(await context.newCDPSession(page), JSON.stringify(payload));
    const { title, body, tag } = payload;
    await eventually(async () => expect(await shown(page)).toEqual([{ title, body, tag }]));

    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
    await worker.evaluate(async () => {
      const scope = self as unknown as { registration: ServiceWorkerRegistration };
      const [notification] = await scope.registration.getNotifications();
      const Click = Reflect.get(self, "NotificationEvent") as new (type: string, init: object) => Event;
      self.dispatchEvent(new Click("notificationclick", { notification }));
    });
    await page.waitForURL(`**/live-chats/${visitor.conversationId}`);
    await eventually(async () => expect(await shown(page)).toEqual([]));
    expect(screens.complaints).toEqual([]);
  });

  it("stops with the press of a button, and with signing out", async () => {
    const { mine } = await anAgent({ push: true });
    const context = await screens.somebody({ permissions: ["notifications"] });
    const page = await context.newPage();
    await withPushService(page, new PushedBrowser());
    await page.goto(`${demo().origin}/chatbot/demo/settings/my-notifications`);
    await page.getByRole("button", { name: "agent@demo.test" }).click();
    await page.getByRole("button", { name: "Allow in this browser" }).click();
    await page.getByRole("button", { name: "Stop in this browser" }).click();
    await page.getByRole("button", { name: "Allow in this browser" }).waitFor();
    expect((await mine()).devices).toEqual([]);
    await page.getByRole("button", { name: "Allow in this browser" }).click();
    await page.getByText("This browser shows notifications.").waitFor();
    await page.getByRole("button", { name: /Log out|Sign out/ }).click();
    await page.getByRole("button", { name: "agent@demo.test" }).waitFor();
    expect(await page.evaluate(() => localStorage.getItem("dashboard:push"))).toBeNull();
    expect(await page.evaluate(() => sessionStorage.getItem("test:subscribed"))).toBeNull();
  });

  it("says what is in the way: permission refused, a number missing, the channel switched off", async () => {
    await anAgent({});
    const { chatbots } = demo().stores;
    const context = await screens.somebody();
    const page = await logIn(context, `${demo().origin}/chatbot/demo/settings/my-notifications`, "agent@demo.test");
    await page.getByText(/blocked notifications|does not show notifications yet/).waitFor();
    await page.getByRole("switch", { name: "Send me text messages" }).check();
    await page.getByText("A number with its country code, such as +4930123456").waitFor();
    await page.getByLabel("Mobile number").fill("+49 30 123456");
    await page.getByLabel("Mobile number").press("Tab");
    await page.getByRole("status").filter({ hasText: "Saved" }).waitFor();
    const agent = await Agent.signsIn(demo());
    const { preferences } = await mustCall<ReplyOf<"readMyNotifications">>(
      demo(),
      "GET",
      `${agent.base}/my-notifications`,
      agent,
    );
    expect(preferences).toMatchObject({ sms: true, phone: "+4930123456" });

    const chatbot = await chatbots.get("demo");
    if (chatbot === undefined) throw new Error("the demo has no chatbot");
    const liveChat = { ...chatbot.settings.liveChat, sms: { enabled: false }, push: { enabled: false } };
    await chatbots.put({ ...chatbot, settings: { ...chatbot.settings, liveChat } });
    await page.reload();
    await expect.poll(() => page.getByText("An owner has switched this off for the chatbot.").count()).toBe(2);
  });
});
