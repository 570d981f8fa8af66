import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { eventually, type Mail, withDemo } from "./demo.ts";
import { Visitor } from "./people.ts";
import { logIn, overflowOf, phone, Screens, saidBy, say, Widget } from "./screens.ts";

const demo = withDemo();
let browser: Browser;
let screens: Screens;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(() => {
  screens = new Screens(browser);
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await screens.photograph(`test-results/${task.id}`);
  await screens.closeAll();
});

/** Longer than the queue of unread messages waits. */
const graceTime = 61_000;
const shop = (path = "/shop"): string => `${demo().console}${path}`;
const inbox = (chatbotId = "demo"): string => `${demo().origin}/chatbot/${chatbotId}/dashboard/live-chats`;
const settings = (chatbotId = "demo", page = "live-chat"): string =>
  `${demo().origin}/chatbot/${chatbotId}/settings/${page}`;
const rows = (dashboard: Page) => dashboard.getByRole("list", { name: "Conversations" }).getByRole("link");

function portalLink(mail: Mail, role: "agent" | "customer"): string {
  const { 0: link } = new RegExp(`http\\S+/portal/${role}#\\S+`).exec(mail.text) ?? [];
  if (link === undefined) throw new Error(`no link to the ${role} portal in ${mail.text}`);
  expect(mail.html).toContain(`/portal/${role}#`);
  return link;
}

async function openLink(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  return page;
}

/** Names what somebody was doing when it went wrong. */
async function step<T>(what: string, does: () => Promise<T>): Promise<T> {
  try {
    return await does();
  } catch (error) {
    throw new Error(`While ${what}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** Gets from the first question to an escalated conversation, in the widget. */
async function escalate(widget: Widget): Promise<void> {
  await widget.asks("How long do I have to return something?", /60 days/);
  await widget.button("Talk to a human").click();
  await widget.panel.getByText(/^Reference /).waitFor();
}

describe("a conversation between people", () => {
  it("goes from the AI to an agent, over mails and portals to the end, and opens again", async () => {
    await demo().reset();
    const visitor = await screens.somebody();
    const frames: string[] = [];
    visitor.on("page", (page) =>
      page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(String(payload)))),
    );
    const agent = await screens.somebody();

    const dashboard = await step("the agent logs in and looks at who is waiting", async () => {
      const page = await logIn(agent, inbox(), "agent@demo.test");
      await page.getByRole("button", { name: "Unassigned" }).click();
      await page.getByText("Your inbox is ready").waitFor();
      await page.getByText("Live", { exact: true }).waitFor();
      return page;
    });

    const widget = await step("the visitor opens the widget and asks the AI", async () => {
      const opened = await Widget.on(visitor, shop());
      await opened.asks("How long do I have to return something?", /60 days/);
      await opened.panel.getByText("From: Return period").waitFor();
      expect(frames.filter((frame) => frame.includes('"type":"delta"')).length).toBeGreaterThan(1);
      return opened;
    });

    const reference = await step("the visitor asks for a human and leaves an address", async () => {
      await widget.button("Talk to a human").click();
      await widget.panel.getByText("somebody will be with you soon").waitFor();
      const shown = await widget.reference();
      await widget.button("Talk to a human").waitFor({ state: "detached" });
      await widget.leavesLead("Ada Lovelace", "ada@example.com");
      expect(shown).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
      return shown;
    });

    await step("mail and ticket arrive", async () => {
      const mail = await demo().mailTo("team@demo.test", reference);
      expect(mail.text).toContain("How long do I have to return something?");
      expect(mail.text).toContain("60 days");
      expect(mail.text).toContain("Germany");
      expect(mail.text).toContain(shop());
      portalLink(mail, "agent");
      await eventually(async () => {
        const [ticket, ...others] = await demo().tickets();
        expect(ticket?.subject).toContain(reference);
        expect(others).toEqual([]);
      });
    });

    await step("the agent sees the row appear, opens it and reads what is known", async () => {
      await rows(dashboard).first().click();
      await saidBy(dashboard, "How long do I have to return something?").waitFor();
      await saidBy(dashboard, /60 days/).waitFor();
      const details = dashboard.getByRole("complementary", { name: "Details" });
      for (const fact of ["Ada Lovelace", "ada@example.com", "Germany", "127.0.0.1", reference])
        await details.getByText(fact, { exact: fact !== "Germany" }).waitFor();
      await details.getByText("E-mail · Escalation").waitFor();
      await details.getByText("Zendesk · Escalation").first().waitFor();
      await details.getByText("Delivered", { exact: true }).waitFor();
      await details.getByText("Sent", { exact: true }).first().waitFor();
    });

    await step("the agent takes over by answering", async () => {
      // Whoever aims at the list keeps it as it is.
      await dashboard.getByLabel("Your message").hover();
      await say(dashboard, "Hello Ada, this is Mia.");
      await saidBy(widget.panel, "Hello Ada, this is Mia.").waitFor();
      await widget.panel.getByRole("log").getByText("Mia", { exact: true }).waitFor();
      await widget.panel.getByText("You are talking to Mia").waitFor();
      await dashboard.getByText("Seen").waitFor();
      await dashboard.getByText("Nobody is waiting").waitFor();
    });

    await step("the visitor goes on to another page and finds the conversation there", async () => {
      await widget.page.goto(shop("/shop/checkout"));
      await saidBy(widget.panel, "Hello Ada, this is Mia.").waitFor();
      await widget.page.reload();
      await saidBy(widget.panel, "How long do I have to return something?").waitFor();
      await widget.says("My parcel is two weeks old.");
      await saidBy(dashboard, "My parcel is two weeks old.").waitFor();
    });

    const customerMail = await step("the visitor leaves, the agent answers, and a mail follows", async () => {
      const talk = dashboard.getByRole("main");
      await visitor.close();
      await talk.getByText("Offline", { exact: true }).waitFor();
      await say(dashboard, "You may still send it back.");
      await talk.getByText("Sent", { exact: true }).waitFor();
      await demo().settled();
      await demo().advance(graceTime);
      const mail = await demo().mailTo("ada@example.com", "You may still send it back.");
      expect(mail.html).toContain("Fernweh Outdoor");
      return mail;
    });

    const customer = await step("the customer opens the mail's link and answers there", async () => {
      const portal = await openLink(await screens.somebody(), portalLink(customerMail, "customer"));
      await saidBy(portal, "How long do I have to return something?").waitFor();
      await saidBy(portal, "You may still send it back.").waitFor();
      await say(portal, "Thank you, I will.");
      await saidBy(dashboard, "Thank you, I will.").waitFor();
      await dashboard.getByRole("main").getByText("Online", { exact: true }).waitFor();
      return portal;
    });

    const teamMail = await step("the agent leaves, the customer writes, and a mail follows", async () => {
      await agent.close();
      await say(customer, "Where do I find the label?");
      await customer.getByRole("log").getByText("Sent").waitFor();
      await demo().settled();
      await demo().advance(graceTime);
      return demo().mailTo("team@demo.test", "Where do I find the label?");
    });

    await step("somebody answers from the mail's link and ends the conversation", async () => {
      const portal = await openLink(await screens.somebody(), portalLink(teamMail, "agent"));
      await saidBy(portal, "Where do I find the label?").waitFor();
      await portal.getByText("ada@example.com").waitFor();
      await say(portal, "It is in the parcel.");
      await saidBy(customer, "It is in the parcel.").waitFor();
      await portal.getByRole("button", { name: "End", exact: true }).click();
      await portal.getByRole("alertdialog").getByRole("button", { name: "End", exact: true }).click();
      await customer.getByText("Conversation ended").waitFor();
      await say(customer, "One more thing…");
      await portal.getByText("In progress", { exact: true }).waitFor();
      await saidBy(portal, "One more thing…").waitFor();
    });
    expect(screens.complaints).toEqual([]);
  });
});

describe("the owner", () => {
  it("makes the button wait for the second answer, and the widget obeys", async () => {
    const page = await logIn(await screens.somebody(), settings(), "owner@demo.test");
    await page.getByRole("link", { name: "Plan" }).click();
    await page.getByRole("heading", { level: 1, name: "Plan" }).waitFor();
    expect(await overflowOf(page)).toEqual([0, 0]);
    expect(await page.getByRole("banner").first().boundingBox()).toMatchObject({ y: 0 });
    await page.goto(settings());
    await page.getByRole("switch", { name: "Wait before showing it" }).check();
    await page.getByLabel("From answer number").fill("2");
    await page.getByLabel("Text of the button").fill("Ask a person");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Saved", { exact: true }).waitFor();
    await page.reload();
    await eventually(async () => expect(await page.getByLabel("Text of the button").inputValue()).toBe("Ask a person"));

    const widget = await Widget.on(await screens.somebody(), shop());
    await widget.asks("How long do I have to return something?", /60 days/);
    await widget.panel.getByText("From: Return period").waitFor();
    expect(await widget.button("Ask a person").count()).toBe(0);
    await widget.asks("How can I wash my rain jacket?", /wash/i);
    await widget.button("Ask a person").waitFor();

    await page.getByRole("switch", { name: "Wait before showing it" }).uncheck();
    await page.getByLabel("Text of the button").fill("Talk to a human");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Saved", { exact: true }).waitFor();
    expect(screens.complaints).toEqual([]);
  });

  it("invites, promotes and removes a member", async () => {
    const page = await logIn(await screens.somebody(), settings("demo", "members"), "owner@demo.test");
    const members = page.getByRole("region", { name: "Members" });
    await members.getByLabel("Name", { exact: true }).fill("Noor");
    await members.getByLabel("E-mail").fill("noor@demo.test");
    await members.getByRole("button", { name: "Invite" }).click();
    await members.getByText("noor@demo.test was invited").waitFor();
    await members.getByLabel("Role of Noor").selectOption("owner");
    await page.reload();
    await eventually(async () => expect(await members.getByLabel("Role of Noor").inputValue()).toBe("owner"));
    page.once("dialog", (dialog) => void dialog.accept());
    await members.getByRole("button", { name: "Remove Noor" }).click();
    await members.getByText("noor@demo.test", { exact: true }).waitFor({ state: "detached" });
    expect(screens.complaints).toEqual([]);
  });

  it("of a plan without live chat is told so, and visitors are offered no human", async () => {
    const page = await logIn(await screens.somebody(), settings("acme"), "owner@acme.test");
    await page.getByText("Live chat is not part of your plan").waitFor();
    expect(await page.getByRole("switch", { name: "Live chat is on" }).isDisabled()).toBe(true);

    const widget = await Widget.on(await screens.somebody(), shop("/shop/acme"));
    await widget.asks("I want to talk to a human", /.+/);
    await widget.asks("What are your opening hours?", /.+/);
    await eventually(async () => expect(await widget.panel.getByText(/^From: /).count()).toBeGreaterThan(0));
    expect(await widget.panel.getByRole("button", { name: /human|person/i }).count()).toBe(0);
    expect(screens.complaints).toEqual([]);
  });
});

describe("a portal link", () => {
  it("is made, copied, replaced and revoked in the dashboard, and locks the open page at once", async () => {
    const visitor = await Visitor.arrives(demo());
    await visitor.escalates("grace@example.com");
    const agent = await screens.somebody({ permissions: ["clipboard-read", "clipboard-write"] });
    const dashboard = await logIn(agent, `${inbox()}/${visitor.conversationId}`, "agent@demo.test");
    await dashboard.getByRole("button", { name: "Create link" }).click();
    await dashboard.getByRole("combobox", { name: "For" }).selectOption("customer");
    await dashboard.getByLabel("Recipient").fill("Grace");
    await dashboard.getByRole("button", { name: "Create", exact: true }).click();
    await dashboard.getByRole("button", { name: "Copy" }).click();
    await dashboard.getByText("Copied").waitFor();
    const link = await dashboard.evaluate(() => navigator.clipboard.readText());
    const reader = await screens.somebody();
    const first = await openLink(reader, link);
    await first.getByLabel("Your message").waitFor();

    const line = dashboard.getByRole("listitem").filter({ hasText: "Grace" });
    await line.getByRole("button", { name: "Replace" }).click();
    await dashboard.getByRole("dialog").getByRole("button", { name: "Replace" }).click();
    await first.getByText("This link is no longer valid").waitFor({ timeout: 5_000 });

    // The open page is locked before the dashboard has its reply.
    const next = await eventually(async () => {
      const shown = await dashboard.getByRole("textbox", { name: "Portal links" }).inputValue();
      expect(shown).not.toBe(link);
      return shown;
    });
    const second = await openLink(reader, next);
    await second.getByLabel("Your message").waitFor();
    await line.filter({ hasNotText: "revoked" }).getByRole("button", { name: "Revoke" }).click();
    await dashboard.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await second.getByText("This link is no longer valid").waitFor({ timeout: 5_000 });
    expect(await second.getByLabel("Your message").count()).toBe(0);
    await eventually(async () => expect(await line.getByText("revoked").count()).toBe(2));
    expect(screens.complaints).toEqual([]);
  });
});

describe("where WebSockets are blocked", () => {
  it("the conversation goes on by polling", async () => {
    const visitor = await screens.somebody();
    await visitor.routeWebSocket(/\/ws\?/, (socket) => void socket.close());
    const polled: string[] = [];
    visitor.on("request", (request) => polled.push(`${request.method()} ${new URL(request.url()).pathname}`));
    const widget = await Widget.on(visitor, shop());
    await escalate(widget);
    const dashboard = await logIn(await screens.somebody(), inbox(), "agent@demo.test");
    await rows(dashboard).first().click();
    await saidBy(dashboard, /60 days/).waitFor();
    await say(dashboard, "Slow, but here.");
    await saidBy(widget.panel, "Slow, but here.").waitFor();
    await widget.says("So am I.");
    await saidBy(dashboard, "So am I.").waitFor();
    expect(polled.filter((request) => /^POST .*\/actions$/.test(request)).length).toBeGreaterThan(3);
    expect(screens.complaints).toEqual([]);
  });
});

describe("on a phone of 360 pixels", () => {
  it("widget, dashboard and portal fit and work", async () => {
    const options = { viewport: phone, isMobile: true, hasTouch: true };
    const widget = await Widget.on(await screens.somebody(options), shop());
    await escalate(widget);
    expect(await widget.page.getByTitle("Chat").boundingBox()).toEqual({ x: 0, y: 0, ...phone });

    const dashboard = await logIn(await screens.somebody(options), inbox(), "agent@demo.test");
    await rows(dashboard).first().click();
    await say(dashboard, "Hello from a phone.");
    await say(dashboard, "What would you like to send back?");
    await say(dashboard, "And why?");
    await saidBy(widget.panel, "And why?").waitFor();
    expect(await overflowOf(widget.panel)).toEqual([0, 0]);
    await dashboard.getByRole("button", { name: "Details" }).click();
    await dashboard.getByText("Germany").waitFor();
    expect(await overflowOf(dashboard)).toEqual([0, 0]);
    await dashboard.getByRole("complementary").getByRole("button", { name: "Back" }).click();
    await dashboard.getByRole("link", { name: "Back" }).click();
    await rows(dashboard).first().waitFor();
    expect(await overflowOf(dashboard)).toEqual([0, 0]);

    const mail = await demo().mailTo("team@demo.test", "would like to talk");
    const portal = await openLink(await screens.somebody(options), portalLink(mail, "agent"));
    await portal.getByRole("button", { name: "Details" }).click();
    await portal.getByText("Germany").waitFor();
    expect(await overflowOf(portal)).toEqual([0, 0]);
    await widget.button("Close chat").click();
    expect((await overflowOf(widget.page))[0]).toBe(0);
    expect(screens.complaints).toEqual([]);
  });
});
