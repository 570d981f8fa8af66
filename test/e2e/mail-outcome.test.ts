import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { eventually, type Mail, withDemo } from "./demo.ts";
import { Agent, call, mustCall, newId, Visitor } from "./people.ts";
import { Screens } from "./screens.ts";

const demo = withDemo();
const minutes = 60_000;
/** SES's mailbox simulator: mails to it bounce. */
const nobody = "bounce@simulator.amazonses.com";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

async function anOpenConversation(email: string) {
  const visitor = await Visitor.arrives(demo());
  await visitor.escalates(email);
  const agent = await Agent.signsIn(demo());
  await agent.act(visitor.conversationId, { action: "takeOver", id: newId() });
  // Hours pass between answers, and a login does not last as long.
  const signedIn = () => Agent.signsIn(demo());
  const answers = async (text: string) =>
    (await signedIn()).act(visitor.conversationId, { action: "send", id: newId(), text });
  const ledger = async () => (await (await signedIn()).view(visitor.conversationId)).notifications;
  return { visitor, agent, answers, ledger };
}

/** The grace time passes, or the hours of an away period. */
async function timePasses(ms = 1.1 * minutes): Promise<void> {
  await demo().settled();
  await demo().advance(ms);
  await demo().settled();
}

const mailsTo = async (address: string) => (await demo().mails()).filter(({ to }) => to.includes(address));

const headerOf = (mail: Mail, wanted: string) => mail.headers.find(({ name }) => name === wanted)?.value ?? "";

/** The mail whose preferences are asked for, as its program or its reader finds them. */
async function stopLinks(address: string, containing: string) {
  const mail = await demo().mailTo(address, containing);
  const header = headerOf(mail, "list-unsubscribe");
  const [page = ""] = mail.text.match(/https?:\/\/\S+\/portal\/mail#\S+/) ?? [];
  const { pathname, search } = new URL(header.slice(1, -1));
  return { mail, page, oneClick: `${pathname}${search}` };
}

describe("a mail that arrives", () => {
  it("is delivered in the ledger, and the agent sees it without asking", async () => {
    await demo().reset();
    const { visitor, agent, answers } = await anOpenConversation("ada@example.com");
    await answers("Your parcel is in Leipzig.");
    const dashboard = await agent.socket();
    await agent.watches(dashboard, visitor.conversationId);
    await timePasses();
    const { notification } = await dashboard.next(
      "notification",
      (frame) => frame.notification.state === "delivered" && frame.notification.recipient === "ada@example.com",
    );
    expect(notification).toMatchObject({ reason: "unseen", channel: "email" });
    const { notifications } = await agent.view(visitor.conversationId);
    expect(notifications).toContainEqual(expect.objectContaining({ recipient: "ada@example.com", state: "delivered" }));
    await dashboard.close();
  });

  it("is settled although the answer of SES was lost, and sent once", async () => {
    await demo().reset();
    await demo().fault("ses.ambiguous", { times: 1, match: { recipient: "team@demo.test" } });
    const visitor = await Visitor.arrives(demo());
    await visitor.escalates();
    await demo().mailTo("team@demo.test", "talk to a person");
    const agent = await Agent.signsIn(demo());
    await eventually(async () => {
      const { notifications } = await agent.view(visitor.conversationId);
      const line = notifications.find(({ channel }) => channel === "email");
      expect(line?.state).toBe("delivered");
      expect(line?.detail).toBeUndefined();
    });
    await demo().settled();
    expect(await mailsTo("team@demo.test")).toHaveLength(1);
  });
});

describe("a mail that bounces", () => {
  it("is told to the whole team at once, and its address gets no more of them in this conversation", async () => {
    await demo().reset();
    const { visitor, agent, answers, ledger } = await anOpenConversation(nobody);
    const dashboard = await agent.socket();
    await answers("Your parcel is in Leipzig.");
    await timePasses();
    const { conversationId, notification } = await dashboard.next(
      "notification",
      (frame) => frame.notification.state === "bounced",
    );
    expect(conversationId).toBe(visitor.conversationId);
    expect(notification).toMatchObject({ recipient: nobody, detail: "hard_bounce" });
    await dashboard.close();

    await timePasses(7 * 60 * minutes);
    await answers("Are you still there?");
    await timePasses();
    expect(await mailsTo(nobody)).toHaveLength(1);
    expect(await ledger()).toContainEqual(expect.objectContaining({ state: "skipped", detail: "suppressed" }));
  });
});

describe("a customer who wants no more mails", () => {
  it("says so with one click in the mail program", async () => {
    await demo().reset();
    const { answers, ledger } = await anOpenConversation("ben@example.com");
    await answers("Your parcel is in Leipzig.");
    await timePasses();
    const { mail, oneClick } = await stopLinks("ben@example.com", "Leipzig");
    expect(headerOf(mail, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
    const post = {
      body: "List-Unsubscribe=One-Click",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    };
    expect((await call(demo(), "POST", oneClick, post)).status).toBe(200);
    expect((await call(demo(), "POST", oneClick, post)).status).toBe(200);
    expect((await call(demo(), "POST", oneClick.replace(/.$/, "x"), post)).status).toBe(401);

    await timePasses(7 * 60 * minutes);
    await answers("Are you still there?");
    await timePasses();
    expect(await mailsTo("ben@example.com")).toHaveLength(1);
    expect(await ledger()).toContainEqual(expect.objectContaining({ state: "skipped", detail: "unsubscribed" }));
  });

  it("says so with a button on a page that changes nothing when it is opened", async () => {
    await demo().reset();
    const { answers } = await anOpenConversation("cleo@example.com");
    await answers("Your parcel is in Leipzig.");
    await timePasses();
    const { page: url } = await stopLinks("cleo@example.com", "Leipzig");
    const screens = new Screens(browser);
    const page = await (await screens.somebody()).newPage();
    await page.goto(url);
    await page.getByRole("heading", { name: "No more e-mails about this conversation?" }).waitFor();
    await timePasses(7 * 60 * minutes);
    await answers("Are you still there?");
    await timePasses();
    expect(await mailsTo("cleo@example.com")).toHaveLength(2);

    await page.getByRole("button", { name: "Stop these e-mails" }).click();
    await page.getByRole("heading", { name: "You will get no more e-mails about this conversation" }).waitFor();
    expect(screens.complaints).toEqual([]);
    await timePasses(7 * 60 * minutes);
    await answers("Hello?");
    await timePasses();
    expect(await mailsTo("cleo@example.com")).toHaveLength(2);
    await screens.closeAll();
  });
});

describe("the conversation by mail", () => {
  it("comes to the address that the visitor gives, with what both sides said and no private note", async () => {
    await demo().reset();
    const { visitor, agent, answers } = await anOpenConversation("ada@example.com");
    await visitor.act({ action: "send", id: newId(), text: "Where is my parcel?" });
    await agent.act(visitor.conversationId, { action: "note", id: newId(), text: "Second parcel that got lost." });
    await answers("It arrives tomorrow.");
    const path = `/api/conversations/${visitor.conversationId}/transcript`;
    const ask = (email: string) => call(demo(), "POST", path, { token: visitor.session, body: { email } });
    for (let n = 0; n < 2; n++) {
      await mustCall(demo(), "POST", path, { token: visitor.session, body: { email: "dora@example.com" } });
    }
    const mail = await demo().mailTo("dora@example.com", "Your chat with Fernweh Outdoor");
    expect(mail.text).toContain("Where is my parcel?");
    expect(mail.text).toContain("It arrives tomorrow.");
    expect(mail.text + mail.html).not.toContain("Second parcel");
    await demo().settled();
    expect(await mailsTo("dora@example.com")).toHaveLength(1);

    expect((await ask("no address")).status).toBe(400);
    expect((await ask("dora2@example.com")).status).toBe(200);
    expect((await ask("dora3@example.com")).status).toBe(200);
    expect((await ask("dora4@example.com")).status).toBe(429);
  });
});
