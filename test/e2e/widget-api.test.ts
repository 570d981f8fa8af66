import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SignJWT } from "jose";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ReplyOf } from "../../lambdas/contracts/http.ts";
import { launchBrowser } from "./browser.ts";
import { eventually, withDemo } from "./demo.ts";
import { Agent, mustCall, newId } from "./people.ts";
import { Screens, saidBy, Widget } from "./screens.ts";

const demo = withDemo();
let browser: Browser;
let screens: Screens;
let pages: Server;

/** Somebody's web site: `/?…` is a page made of the query, with the headers that it names. */
beforeAll(async () => {
  browser = await launchBrowser();
  pages = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "/", "http://site");
    const policy = searchParams.get("policy");
    response.writeHead(200, {
      "content-type": "text/html",
      "cross-origin-opener-policy": "same-origin",
      ...(policy !== null && { "content-security-policy": policy }),
    });
    const script = (chatbot: string) =>
      `<script src="${demo().origin}/widget.js" data-chatbot="${chatbot}" ${searchParams.get("data") ?? ""}></script>`;
    response.end(
      `<!doctype html><html lang="en" dir="${searchParams.get("dir") ?? "ltr"}"><link rel="icon" href="data:,"><title>Shop</title><body><h1>Shop</h1>${searchParams.getAll("chatbot").map(script).join("")}`,
    );
  });
  await new Promise<void>((listening) => pages.listen(0, "127.0.0.1", listening));
});
afterAll(async () => {
  await browser.close();
  pages.close();
});
beforeEach(() => {
  screens = new Screens(browser);
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await screens.photograph(`test-results/${task.id}`);
  await screens.closeAll();
});

/** On `127.0.0.1` the panel is of another site, and this browser denies it the storage; on `localhost` it has one. */
const site = (query: Readonly<Record<string, string>> = {}, host = "localhost"): string =>
  `http://${host}:${(pages.address() as AddressInfo).port}/?${new URLSearchParams({ chatbot: "demo", ...query })}`;
const launcher = (page: Page) => page.getByRole("button", { name: "Chat", exact: true });

/** The stub of the documentation, and listeners that keep what they are told in `window.heard`. */
async function listening(context: BrowserContext): Promise<void> {
  await context.addInitScript(`
    window.LiveChat = window.LiveChat || function () { (LiveChat.q = LiveChat.q || []).push(arguments) };
    window.heard = [];
    for (const event of ["ready", "open", "close", "unread", "message", "escalated", "ended"])
      LiveChat("on", event, (detail) => heard.push([event, detail]));
  `);
}

async function openOn(context: BrowserContext, address = site()): Promise<Widget> {
  return Widget.on(context, address);
}

const heard = (page: Page): Promise<[string, unknown][]> => page.evaluate("heard");

/** What the panel has stored on this device. */
async function kept({ page }: Widget): Promise<Readonly<Record<string, unknown>>> {
  const panel = page.frames().find((frame) => frame.url().includes("/widget/"));
  const stored = await panel?.evaluate(() => localStorage.getItem("livechat:demo"));
  return JSON.parse(stored ?? "{}") as Record<string, unknown>;
}

/** The conversation of this visitor, as the team sees it. */
async function conversationOf(widget: Widget, agent: Agent): Promise<ReplyOf<"viewConversation">> {
  return agent.view(String((await kept(widget)).conversationId));
}

describe("the loader", () => {
  it("makes one request before anybody shows intent, and moves nothing on the page", async () => {
    const context = await screens.somebody();
    const page = await context.newPage();
    const ours: string[] = [];
    page.on("request", (request) => {
      if (request.url().startsWith(demo().origin)) ours.push(new URL(request.url()).pathname);
    });
    await page.goto(site());
    await launcher(page).waitFor();
    await page.waitForLoadState("networkidle");
    expect(ours).toEqual(["/widget.js"]);
    const shift = await page.evaluate(
      () =>
        new Promise((told) => {
          new PerformanceObserver((list) => told(list.getEntries().length)).observe({
            type: "layout-shift",
            buffered: true,
          });
          requestAnimationFrame(() => requestAnimationFrame(() => told(0)));
        }),
    );
    expect(shift).toBe(0);
    await launcher(page).hover();
    await eventually(() => expect(ours).toContain("/widget/"));
    expect(screens.complaints).toEqual([]);
  });

  it("works under a policy that allows our scripts and frames and nothing else, on an isolated page, without storage", async () => {
    const { origin } = demo();
    const policy = `default-src 'none'; script-src ${origin}; frame-src ${origin}; img-src data:`;
    const widget = await openOn(await screens.somebody(), site({ policy }, "127.0.0.1"));
    expect(await launcher(widget.page).evaluate((button) => getComputedStyle(button).position)).toBe("fixed");
    await widget.asks("How long do I have to return something?", /60 days/);
    await widget.button("Talk to a human").waitFor();
    await launcher(widget.page).click();
    await widget.page.getByTitle("Chat").waitFor({ state: "hidden" });
    expect(screens.complaints).toEqual([]);
  });

  it("stands where the page's direction or its data-position says", async () => {
    const page = await (await screens.somebody()).newPage();
    const side = async (query: Readonly<Record<string, string>>): Promise<string> => {
      await page.goto(site(query));
      const box = await launcher(page).boundingBox();
      return (box?.x ?? 0) < 400 ? "left" : "right";
    };
    expect(await side({})).toBe("right");
    expect(await side({ dir: "rtl" })).toBe("left");
    expect(await side({ dir: "rtl", data: 'data-position="right"' })).toBe("right");
    expect(await side({ data: 'data-position="left"' })).toBe("left");
    expect(screens.complaints).toEqual([]);
  });

  it("stands where the owner wants it from the second page on, and does not jump", async () => {
    const owner = await Agent.signsIn(demo(), "owner@demo.test");
    const path = `${owner.base}/settings`;
    const read = () => mustCall<ReplyOf<"readSettings">>(demo(), "GET", path, { token: owner.token });
    const put = async (position: "left" | "right") => {
      const { version, settings } = await read();
      const body = { version, settings: { ...settings, brand: { ...settings.brand, position } } };
      await mustCall(demo(), "PUT", path, { token: owner.token, body });
    };
    await put("left");
    try {
      const widget = await openOn(await screens.somebody());
      expect((await launcher(widget.page).boundingBox())?.x).toBeGreaterThan(400);
      await widget.page.reload();
      expect((await launcher(widget.page).boundingBox())?.x).toBeLessThan(400);
    } finally {
      await put("right");
    }
  });

  it("refuses a second chatbot and says so, and ignores the same one", async () => {
    const page = await (await screens.somebody()).newPage();
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    await page.goto(site());
    const twice = new URL(site());
    twice.searchParams.append("chatbot", "demo");
    await page.goto(String(twice));
    await launcher(page).waitFor();
    expect(await launcher(page).count()).toBe(1);
    expect(said).toEqual([]);
    twice.searchParams.append("chatbot", "acme");
    await page.goto(String(twice));
    await launcher(page).waitFor();
    expect(await launcher(page).count()).toBe(1);
    expect(said).toEqual(["LiveChat: one data-chatbot per page demo acme"]);
  });
});

describe("LiveChat()", () => {
  it("serves calls from before the script, and tells of everything that happens", async () => {
    const context = await screens.somebody();
    await listening(context);
    await context.addInitScript("LiveChat('open')");
    const page = await context.newPage();
    await page.goto(site());
    const widget = new Widget(page);
    await widget.asks("How long do I have to return something?", /60 days/);
    await widget.button("Talk to a human").click();
    const reference = await widget.reference();
    await eventually(async () =>
      expect(await heard(page)).toEqual([
        ["ready", undefined],
        ["open", undefined],
        ["message", { from: "bot" }],
        ["escalated", { reference }],
      ]),
    );

    await page.evaluate("LiveChat('close')");
    await page.getByTitle("Chat").waitFor({ state: "hidden" });
    const agent = await Agent.signsIn(demo());
    const { row } = await conversationOf(widget, agent);
    await agent.act(row.conversationId, { action: "send", id: newId(), text: "Hello, this is Mia." });
    await eventually(async () => expect(await page.title()).toBe("(1) Shop"));
    await launcher(page).getByText("1", { exact: true }).waitFor();
    await page.evaluate("LiveChat('open')");
    await saidBy(widget.panel, "Hello, this is Mia.").waitFor();
    await eventually(async () => expect(await page.title()).toBe("Shop"));
    await agent.act(row.conversationId, { action: "end", id: newId() });
    await eventually(async () =>
      expect((await heard(page)).slice(4)).toEqual([
        ["close", undefined],
        ["message", { from: "agent" }],
        ["unread", 1],
        ["open", undefined],
        ["unread", 0],
        ["ended", undefined],
      ]),
    );
    await page.evaluate("LiveChat('dance')");
    await eventually(() => expect(screens.complaints).toHaveLength(1));
    expect(screens.complaints[0]).toContain("LiveChat: unknown command dance");
  });

  it("keeps a lead until there is a conversation, and then the form does not ask again", async () => {
    const widget = await openOn(await screens.somebody());
    await widget.page.evaluate("LiveChat('lead', { name: 'Ada Lovelace', email: 'ada@example.com' })");
    await widget.asks("How long do I have to return something?", /60 days/);
    const agent = await Agent.signsIn(demo());
    await eventually(async () =>
      expect((await conversationOf(widget, agent)).visitor.lead).toEqual({
        name: "Ada Lovelace",
        email: "ada@example.com",
      }),
    );
    await widget.button("Talk to a human").click();
    await widget.reference();
    expect(await widget.panel.getByText("How can we reach you?").count()).toBe(0);
    expect(screens.complaints).toEqual([]);
  });

  it("proves who the visitor is, and complains about a token that proves nothing", async () => {
    const secret = "a secret of thirty-two characters or more";
    const owner = await Agent.signsIn(demo(), "owner@demo.test");
    const path = `${owner.base}/settings`;
    const { version, settings } = await mustCall<ReplyOf<"readSettings">>(demo(), "GET", path, { token: owner.token });
    const body = { version, settings, secrets: { identitySecret: secret } };
    await mustCall(demo(), "PUT", path, { token: owner.token, body });
    const now = Math.floor(demo().demo.cloud.clock.now() / 1000);
    const jwt = await new SignJWT({ name: "Grace Hopper", email: "grace@example.com" })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject("customer-7")
      .setIssuedAt(now)
      .setExpirationTime(now + 300)
      .sign(new TextEncoder().encode(secret));

    const context = await screens.somebody();
    await listening(context);
    await context.addInitScript(`LiveChat("identify", { jwt: "${jwt}" })`);
    const widget = await openOn(context);
    await widget.asks("How long do I have to return something?", /60 days/);
    const agent = await Agent.signsIn(demo());
    await eventually(async () => {
      const { visitor } = await conversationOf(widget, agent);
      expect(visitor).toMatchObject({ lead: { name: "Grace Hopper" }, verified: { subject: "customer-7" } });
    });
    expect(screens.complaints).toEqual([]);
    await widget.page.evaluate("LiveChat('identify', { jwt: 'bent' })");
    await eventually(() => expect(screens.complaints.join()).toContain("LiveChat:"));
  });

  it("knows where a single-page application has gone", async () => {
    const widget = await openOn(await screens.somebody());
    await widget.page.evaluate("history.pushState({}, '', '/basket?step=2#secret')");
    await widget.asks("How long do I have to return something?", /60 days/);
    const agent = await Agent.signsIn(demo());
    const basket = new URL("/basket?step=2", site()).href;
    expect((await conversationOf(widget, agent)).visitor.facts.page).toBe(basket);

    await widget.button("More").click();
    await widget.button("Start a new conversation").click();
    await widget.page.evaluate("LiveChat('page', 'https://shop.example/checkout')");
    await widget.asks("How can I wash my rain jacket?", /wash/i);
    await eventually(async () =>
      expect((await conversationOf(widget, agent)).visitor.facts.page).toBe("https://shop.example/checkout"),
    );
    expect(screens.complaints).toEqual([]);
  });

  it("shuts down: nothing is left on the page, and nothing on this device", async () => {
    const context = await screens.somebody();
    const widget = await openOn(context);
    const { page } = widget;
    await widget.asks("How long do I have to return something?", /60 days/);
    const before = await page.evaluate("[document.title, document.documentElement.children.length]");
    expect(before).toEqual(["Shop", 3]);
    await page.evaluate("LiveChat('shutdown')");
    await launcher(page).waitFor({ state: "detached" });
    await eventually(async () => expect(await page.evaluate("document.documentElement.children.length")).toBe(2));
    expect(await page.evaluate("[{ ...sessionStorage }, { ...localStorage }]")).toEqual([{}, {}]);
    await page.evaluate("LiveChat('open')");
    expect(await launcher(page).count()).toBe(0);

    await page.reload();
    await widget.open();
    await widget.button("Where is my order?").waitFor();
    expect(await saidBy(widget.panel, /60 days/).count()).toBe(0);
    expect(screens.complaints).toEqual([]);
  });

  it("forgets a visitor who has not opened the chat on this page", async () => {
    const context = await screens.somebody();
    const widget = await openOn(context);
    await widget.asks("How long do I have to return something?", /60 days/);
    await widget.button("Close chat").click();
    await widget.page.reload();
    await launcher(widget.page).waitFor();
    await widget.page.evaluate("LiveChat('shutdown')");
    await eventually(async () => expect(await widget.page.getByTitle("Chat").count()).toBe(0));
    await widget.page.reload();
    await widget.open();
    await widget.button("Where is my order?").waitFor();
  });
});

describe("alerts", () => {
  it("are silent until switched on, and stay switched on for the next page", async () => {
    const context = await screens.somebody();
    await context.addInitScript(`
      window.shown = [];
      window.Notification = class {
        static requestPermission = async () => "granted";
        constructor(title, { body }) { shown.push([title, body]) }
        close() {}
      };
    `);
    const widget = await openOn(context);
    await widget.asks("How long do I have to return something?", /60 days/);
    const pressed = async (name: string) => {
      await widget.button("More").click();
      const state = await widget.button(name).getAttribute("aria-pressed");
      await widget.button("More").click();
      return state;
    };
    expect([await pressed("Play a sound"), await pressed("Show notifications")]).toEqual(["false", "false"]);
    for (const name of ["Play a sound", "Show notifications"]) {
      await widget.button("More").click();
      await widget.button(name).click();
    }
    await eventually(async () => expect(await pressed("Show notifications")).toBe("true"));
    await widget.page.reload();
    await widget.panel.getByRole("heading", { level: 1 }).waitFor();
    await widget.button("More").waitFor();
    await eventually(async () =>
      expect([await pressed("Play a sound"), await pressed("Show notifications")]).toEqual(["true", "true"]),
    );

    const panel = widget.page.frames().find((frame) => frame.url().includes("/widget/"));
    await panel?.evaluate("Object.defineProperty(document, 'hidden', { value: true })");
    const agent = await Agent.signsIn(demo());
    const { row } = await conversationOf(widget, agent);
    await agent.act(row.conversationId, { action: "send", id: newId(), text: "Are you still there?" });
    await eventually(async () =>
      expect(await widget.page.evaluate("shown")).toEqual([["Fernweh Outdoor", "Are you still there?"]]),
    );
    expect(screens.complaints).toEqual([]);
  });
});
