import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ReplyOf } from "../../lambdas/contracts/http.ts";
import type { ChatbotSettings } from "../../lambdas/contracts/settings.ts";
import { violationsOn } from "./axe.ts";
import { launchBrowser } from "./browser.ts";
import { eventually, withDemo } from "./demo.ts";
import { Agent, call, mustCall, newId, Visitor } from "./people.ts";
import { overflowOf, phone, Screens, saidBy, say } from "./screens.ts";

const demo = withDemo();
let browser: Browser;
let screens: Screens;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  screens = new Screens(browser);
  await demo().reset();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await screens.photograph(`test-results/${task.id}`);
  await screens.closeAll();
});

const minutes = 60_000;
const awayPeriod = 7 * 60 * minutes;
const hostile = `</style><script>document.title = "owned"</script><img src=x onerror="document.title='owned'">`;
const ada = "ada@example.com";

interface Talk {
  readonly visitor: Visitor;
  answers(text: string): Promise<void>;
  linkFor(role: "agent" | "customer"): Promise<{ readonly url: string; readonly linkId: string }>;
  linkFrom(mailText: string, page: "customer" | "mail"): string;
}

/** A customer who has left her address, and an agent who has taken over. */
async function aTalk(): Promise<Talk> {
  const visitor = await Visitor.arrives(demo());
  await visitor.act({ action: "send", id: newId(), text: hostile });
  await visitor.escalates(ada);
  // Hours pass between answers, and a login does not last as long.
  const act = async (action: Parameters<Agent["act"]>[1]) =>
    (await Agent.signsIn(demo())).act(visitor.conversationId, action);
  await act({ action: "takeOver", id: newId() });
  return {
    visitor,
    async answers(text) {
      expect((await act({ action: "send", id: newId(), text })).status).toBe(200);
    },
    async linkFor(role) {
      const agent = await Agent.signsIn(demo());
      const path = `${agent.base}/conversations/${visitor.conversationId}/links`;
      const body = { role, recipient: ada };
      const { url, link } = await mustCall<ReplyOf<"createLink">>(demo(), "POST", path, { token: agent.token, body });
      return { url, linkId: link.linkId };
    },
    linkFrom(mailText, page) {
      const [link] = new RegExp(`http\\S+/portal/${page}#\\S+`).exec(mailText) ?? [];
      if (link === undefined) throw new Error(`no link to /portal/${page} in ${mailText}`);
      return link;
    },
  };
}

async function timePasses(ms = 1.1 * minutes): Promise<void> {
  await demo().settled();
  await demo().advance(ms);
  await demo().settled();
}

const mailsToAda = async () => (await demo().mails()).filter(({ to }) => to.includes(ada)).length;

async function openLink(link: string, options: BrowserContextOptions = {}): Promise<Page> {
  return openIn(await screens.somebody(options), link);
}

async function openIn(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  return page;
}

const menuOf = (page: Page) => page.getByRole("button", { name: "Menu" });
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

async function settingsOf(chatbotId: "demo" | "acme", change: (settings: ChatbotSettings) => ChatbotSettings) {
  const { chatbots } = demo().stores;
  const chatbot = await chatbots.get(chatbotId);
  if (chatbot === undefined) throw new Error(`no chatbot ${chatbotId}`);
  await chatbots.put({ ...chatbot, settings: change(chatbot.settings) });
}

/** What the browser says by itself of replies that the page expected. */
const expected = /Failed to load resource: the server responded with a status of (401|404|410)/;
const complaints = () => screens.complaints.filter((each) => !expected.test(each));

describe("the customer's data", () => {
  it("can be downloaded, to read and to process, and nothing in it runs", async () => {
    const talk = await aTalk();
    await talk.answers("**Yes**, you may still send it back.");
    const page = await openLink((await talk.linkFor("customer")).url, { acceptDownloads: true });
    await saidBy(page, "you may still send it back").waitFor();

    await menuOf(page).click();
    const [readable] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download conversation" }).click(),
    ]);
    expect(readable.suggestedFilename()).toMatch(/^conversation-[A-Z0-9-]+\.html$/);
    const copy = await (await screens.somebody()).newPage();
    await copy.setContent(await readFile(await readable.path(), "utf8"));
    expect(await copy.title()).toBe("Conversation with Fernweh Outdoor");
    expect(await copy.getByText(hostile).count()).toBe(1);
    expect(await copy.locator("script, img, iframe, link").count()).toBe(0);
    expect(await violationsOn(copy)).toEqual([]);

    await menuOf(page).click();
    const [data] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download as data" }).click(),
    ]);
    const { entries } = JSON.parse(await readFile(await data.path(), "utf8"));
    expect(entries.map(({ text }: { text: string }) => text)).toEqual(
      expect.arrayContaining([hostile, "**Yes**, you may still send it back."]),
    );
    expect(complaints()).toEqual([]);
  });

  it("can be deleted in two steps, by keyboard alone, and every open page says so", async () => {
    const talk = await aTalk();
    const { url } = await talk.linkFor("customer");
    const agentPage = await openLink((await talk.linkFor("agent")).url);
    const phonePage = await openLink(url, { viewport: phone, isMobile: true, hasTouch: true });
    const page = await openLink(url);
    for (const each of [agentPage, phonePage, page]) await each.getByText(hostile).waitFor();

    const open = async () => {
      await menuOf(page).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Delete conversation…" }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: "Delete this conversation?" }).waitFor();
    };
    await open();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByText("all messages and files").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    await open();
    await page.getByRole("button", { name: "Continue" }).press("Enter");
    await page.getByRole("heading", { name: "There is no way back" }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole("button", { name: "Delete for good" }).press("Enter");
    for (const each of [page, phonePage, agentPage]) {
      await heading(each, "This conversation has been deleted").waitFor();
      expect(await each.getByText(hostile).count()).toBe(0);
      expect(await each.title()).toBe("Fernweh Outdoor");
      expect(await violationsOn(each)).toEqual([]);
    }
    const late = await openLink(url);
    await heading(late, "This conversation has been deleted").waitFor();
    await late.getByText("Fernweh Outdoor").waitFor();
    const path = `/api/conversations/${talk.visitor.conversationId}/actions`;
    const asked = await call(demo(), "POST", path, {
      token: talk.visitor.session,
      body: { action: "hello", version: 1 },
    });
    expect(asked.body.error.code).toBe("erased");
    expect(complaints()).toEqual([]);
  });

  it("is told as deleted to a page that was offline meanwhile", async () => {
    const talk = await aTalk();
    const { url } = await talk.linkFor("customer");
    const context = await screens.somebody();
    const page = await openIn(context, url);
    await page.getByText(hostile).waitFor();
    await page.evaluate(() => dispatchEvent(new Event("offline")));
    await context.setOffline(true);
    const erased = `/api/conversations/${talk.visitor.conversationId}`;
    await mustCall(demo(), "DELETE", erased, { token: talk.visitor.session });
    await context.setOffline(false);
    await heading(page, "This conversation has been deleted").waitFor();
  });
});

describe("mails to the customer", () => {
  it("stop and come again by the switch in the portal that a mail leads to", async () => {
    const talk = await aTalk();
    await talk.answers("Your parcel is in Leipzig.");
    await timePasses();
    const mail = await demo().mailTo(ada, "Leipzig");
    const page = await openLink(talk.linkFrom(mail.text, "customer"));
    await saidBy(page, "Your parcel is in Leipzig.").waitFor();
    await menuOf(page).click();
    const mailMe = page.getByRole("switch", { name: "E-mail me about new answers" });
    await eventually(async () => expect(await mailMe.getAttribute("aria-checked")).toBe("true"));
    expect(await violationsOn(page)).toEqual([]);
    await mailMe.click();
    await eventually(async () => expect(await mailMe.getAttribute("aria-checked")).toBe("false"));
    await page.close();

    await timePasses(awayPeriod);
    await talk.answers("It has arrived.");
    await timePasses();
    expect(await mailsToAda()).toBe(1);

    const again = await openLink((await talk.linkFor("customer")).url);
    await saidBy(again, "It has arrived.").waitFor();
    await menuOf(again).click();
    await again.locator('[role="switch"][aria-checked="false"]:enabled').press("Space");
    await again.getByRole("switch", { name: "E-mail me about new answers", checked: true }).waitFor();
    await again.close();
    await timePasses(awayPeriod);
    await talk.answers("Do you like it?");
    await timePasses();
    await demo().mailTo(ada, "Do you like it?");
    expect(complaints()).toEqual([]);
  });

  it("stop by the link at a mail's foot once its button is pressed, and the page knows it when it is opened again", async () => {
    const talk = await aTalk();
    await talk.answers("Your parcel is in Leipzig.");
    await timePasses();
    const link = talk.linkFrom((await demo().mailTo(ada, "Leipzig")).text, "mail");
    const page = await openLink(link, { viewport: phone });
    await heading(page, "No more e-mails about this conversation?").waitFor();
    await page.getByText("Fernweh Outdoor").waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole("button", { name: "Stop these e-mails" }).click();
    await heading(page, "You will get no more e-mails about this conversation").waitFor();
    await page.reload();
    await heading(page, "You will get no more e-mails about this conversation").waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await timePasses(awayPeriod);
    await talk.answers("It has arrived.");
    await timePasses();
    expect(await mailsToAda()).toBe(1);
    await page.getByRole("button", { name: "Send them again" }).click();
    await heading(page, "You will be told by e-mail again").waitFor();
    expect(complaints()).toEqual([]);
  });
});

describe("a link that opens nothing", () => {
  it("says why and what to do, under the owner's name where the link was ours, and under nobody's where not", async () => {
    const talk = await aTalk();
    const revoked = await talk.linkFor("customer");
    const expired = await talk.linkFor("agent");
    const agent = await Agent.signsIn(demo());
    const links = `${agent.base}/conversations/${talk.visitor.conversationId}/links`;
    await mustCall(demo(), "DELETE", `${links}/${revoked.linkId}`, { token: agent.token });
    const bent = `${expired.url.slice(0, -6)}AAAAAA`;
    const empty = expired.url.split("#")[0] ?? "";

    const shown = async (link: string, name: string | RegExp, brand: boolean, options: BrowserContextOptions = {}) => {
      const page = await openLink(link, options);
      await heading(page, name).waitFor();
      expect(await page.title()).toBe(brand ? "Fernweh Outdoor" : "Conversation");
      expect(await page.getByText("Fernweh Outdoor").count()).toBe(brand ? 1 : 0);
      expect(await violationsOn(page)).toEqual([]);
      expect(await overflowOf(page)).toEqual([0, 0]);
      return page;
    };
    await shown(revoked.url, "This link is no longer valid", true);
    await shown(revoked.url, "This link is no longer valid", true, { viewport: phone, colorScheme: "dark" });
    await shown(bent, "This link does not work", false);
    await shown(empty, "This link does not work", false, { colorScheme: "dark" });
    const arabic = await openLink(empty, { locale: "ar" });
    await heading(arabic, "هذا الرابط لا يعمل").waitFor();
    expect(await arabic.locator("html").getAttribute("dir")).toBe("rtl");
    expect(await violationsOn(arabic)).toEqual([]);
    await demo().advance(31 * 24 * 60 * minutes);
    await shown(expired.url, "This link has expired", true);
    expect(complaints()).toEqual([]);
  });

  it("opens by itself when the network is back", async () => {
    const talk = await aTalk();
    const { url } = await talk.linkFor("customer");
    const context = await screens.somebody();
    await context.route("**/api/**", (route) => route.abort("internetdisconnected"));
    const page = await openIn(context, url);
    await heading(page, "No connection").waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await context.unroute("**/api/**");
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await page.getByText(hostile).waitFor();
  });
});

describe("a portal under the owner's own host name", () => {
  it("has everything from there, and shows nothing of ours", async () => {
    const settings = (host: string) => settingsOf("demo", (now) => ({ ...now, brand: { ...now.brand, host } }));
    await settings("help.localhost");
    const talk = await aTalk();
    await talk.answers("Your parcel is in Leipzig.");
    await timePasses();
    const mail = await demo().mailTo(ada, "Leipzig");
    const link = talk.linkFrom(mail.text, "customer");
    const { host } = new URL(link);
    expect(new URL(link).hostname).toBe("help.localhost");
    expect(new URL(talk.linkFrom(mail.text, "mail")).host).toBe(host);

    const context = await screens.somebody();
    const addresses: URL[] = [];
    context.on("request", (request) => addresses.push(new URL(request.url())));
    context.on("page", (page) => page.on("websocket", (socket) => addresses.push(new URL(socket.url()))));
    const page = await openIn(context, link);
    await saidBy(page, "Your parcel is in Leipzig.").waitFor();
    await say(page, "Thank you!");
    await saidBy(page, "Thank you!").waitFor();
    await page.getByRole("log").getByText("Sent").waitFor();
    await page.locator('input[type="file"]').setInputFiles({
      name: "receipt.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("4711"),
    });
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page
        .getByRole("log")
        .getByRole("button", { name: /^receipt\.txt/ })
        .click(),
    ]);
    expect(await readFile(await file.path(), "utf8")).toBe("4711");
    const asked = addresses.filter(({ protocol }) => protocol !== "data:");
    expect([...new Set(asked.map((address) => `${address.protocol}//${address.host}`))].toSorted()).toEqual([
      `http://${host}`,
      `ws://${host}`,
    ]);
    expect(addresses.some(({ pathname }) => pathname.startsWith("/files/"))).toBe(true);

    expect(await page.title()).toBe("Fernweh Outdoor");
    const head = await page.evaluate(() => document.head.outerHTML);
    const icon = await page.locator('link[rel="icon"]').getAttribute("href");
    expect(icon).toContain(encodeURIComponent(">F</text>"));
    expect(head + (await page.content())).not.toMatch(/live[ -]?chat|powered|generator|escalation/i);
    expect(complaints()).toEqual([]);
    await settings("");
  });

  it("shows a conversation of another chatbot under that one's own brand, and mixes nothing", async () => {
    const { conversationId } = await Visitor.arrives(demo(), "acme");
    const agent = await Agent.signsIn(demo(), "agent@acme.test");
    const links = `${agent.base}/conversations/${conversationId}/links`;
    const { url } = await mustCall<ReplyOf<"createLink">>(demo(), "POST", links, {
      token: agent.token,
      body: { role: "customer", recipient: "Carl" },
    });
    const page = await openLink(url.replace("//localhost", "//help.localhost"));
    await heading(page, "Acme Dental").waitFor();
    expect(await page.title()).toBe("Acme Dental");
    expect(await page.content()).not.toContain("Fernweh");
    const brand = () => page.evaluate(() => document.documentElement.style.getPropertyValue("--brand"));
    const { chatbots } = demo().stores;
    expect(await brand()).toBe((await chatbots.get("acme"))?.settings.brand.color);
    expect(complaints()).toEqual([]);
  });
});

describe("the agent's portal", () => {
  it("shows who it is about, notes of colleagues, and can do what an agent does, on a phone", async () => {
    await settingsOf("demo", (now) => ({ ...now, liveChat: { ...now.liveChat, handBack: { enabled: true } } }));
    const visitor = await Visitor.arrives(demo());
    await visitor.escalates();
    const agent = await Agent.signsIn(demo());
    await agent.act(visitor.conversationId, { action: "note", id: newId(), text: "She has called before." });
    const links = `${agent.base}/conversations/${visitor.conversationId}/links`;
    const { url } = await mustCall<ReplyOf<"createLink">>(demo(), "POST", links, {
      token: agent.token,
      body: { role: "agent", recipient: "team@demo.test" },
    });
    const page = await openLink(url, { viewport: phone, isMobile: true, hasTouch: true });
    await saidBy(page, "She has called before.").waitFor();
    await page.getByText("Private note · Mia").waitFor();
    await page.getByRole("button", { name: "Details" }).click();
    await page.getByText("🇩🇪 Germany").waitFor();
    await page.getByText("Local time").waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await mustCall(demo(), "PUT", `/api/conversations/${visitor.conversationId}/lead`, {
      token: visitor.session,
      body: { name: "Ada Lovelace", email: ada },
    });
    await page.getByText(ada).waitFor();
    await heading(page, "Ada Lovelace").waitFor();
    await page.getByRole("button", { name: "Details" }).click();

    await page.getByRole("button", { name: "Take over" }).click();
    await page.getByText("In progress", { exact: true }).waitFor();
    await say(page, "Hello Ada.");
    expect(await overflowOf(page)).toEqual([0, 0]);
    await menuOf(page).click();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole("button", { name: "Hand back to the AI" }).click();
    await page.getByText("AI is answering", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Take over" }).click();
    await menuOf(page).click();
    await page.getByRole("button", { name: "End conversation" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "End", exact: true }).click();
    await page.getByText("Write, and it opens again.").waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await say(page, "One more thing…");
    await page.getByText("In progress", { exact: true }).waitFor();
    expect(complaints()).toEqual([]);
  });
});

describe("portals in every light", () => {
  it.each([
    ["360 pixels, dark", { viewport: phone, colorScheme: "dark" }, "en"],
    ["768 pixels, right to left", { viewport: { width: 768, height: 1024 } }, "ar"],
    ["1440 pixels", { viewport: { width: 1440, height: 900 } }, "de"],
  ] as const)("fit and are accessible at %s", async (name, options, locale) => {
    await settingsOf("demo", (now) => ({ ...now, brand: { ...now.brand, locale } }));
    const talk = await aTalk();
    await talk.answers("1. **Open** the parcel\n2. `Scan` the label\n\nhttps://shop.example/returns");
    for (const role of ["agent", "customer"] as const) {
      const page = await openLink((await talk.linkFor(role)).url, options);
      await saidBy(page, "Open").waitFor();
      expect(await violationsOn(page)).toEqual([]);
      expect(await overflowOf(page)).toEqual([0, 0]);
      await page.screenshot({ path: `test-results/portals/${role}-${name}.png` });
      if (role === "customer") {
        await talk.visitor.act({ action: "end", id: newId() });
        await page.locator(".portal-end").waitFor();
        expect(await violationsOn(page)).toEqual([]);
        await page.screenshot({ path: `test-results/portals/ended-${name}.png` });
        await page.locator(".portal-header [popovertarget]").click();
        await page.locator('[role="switch"]:not([aria-busy="true"])').waitFor();
        expect(await violationsOn(page)).toEqual([]);
        await page.screenshot({ path: `test-results/portals/menu-${name}.png` });
        await page.locator(".portal-menu .is-dangerous").click();
        await page.getByRole("dialog").waitFor();
        await page.screenshot({ path: `test-results/portals/delete-${name}.png` });
      }
    }
    await settingsOf("demo", (now) => ({ ...now, brand: { ...now.brand, locale: "en" } }));
    expect(complaints()).toEqual([]);
  });
});
