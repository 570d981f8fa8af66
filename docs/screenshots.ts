import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { buildAssembly } from "../local/demo/build.ts";
import { type Demo, startDemo } from "../local/demo/demo.ts";
import { launchBrowser } from "../test/e2e/browser.ts";
import { logIn, Screens, saidBy, say, Widget } from "../test/e2e/screens.ts";
import { guests, receive } from "./screenshot-guests.ts";

/*
 * `npm run screenshots`: plays a short conversation in a real browser against the product on this machine and
 * photographs what its people see.
 */

const directory = fileURLToPath(new URL("./screenshots/", import.meta.url));
const phone = { viewport: { width: 390, height: 760 }, isMobile: true, hasTouch: true } as const;
/** Dashboards name the visitor's browser and country; a headless one on this machine has no interesting ones. */
const visitorsBrowser = {
  locale: "en-GB",
  timezoneId: "Europe/Amsterdam",
  extraHTTPHeaders: { "x-local-country": "NL" },
  userAgent:
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
} as const;

/** Parts of the settings, by the heading of their page, and the picture's name. */
const photographedSettings = [
  ["live-chat", "Live chat", "settings"],
  ["knowledge", "Knowledge", "settings-knowledge"],
  ["branding", "Brand", "settings-brand"],
  ["install", "Install", "settings-install"],
] as const;

interface Mail {
  readonly id: string;
  readonly text: string;
}

const assembly = await mkdtemp(join(tmpdir(), "screenshots-"));
await buildAssembly(assembly);
const demo = await startDemo({ assembly });
const screens = new Screens(await launchBrowser());
try {
  await mkdir(directory, { recursive: true });
  await play(demo);
  if (screens.complaints.length > 0) throw new Error(`The pages complained:\n${screens.complaints.join("\n")}`);
} catch (error) {
  await screens.photograph("test-results/screenshots");
  throw error;
} finally {
  await screens.browser.close();
  await demo.close();
  await rm(assembly, { recursive: true, force: true });
}

async function play({ frontDoor, console: consoleOrigin }: Demo): Promise<void> {
  for (const guest of guests) await receive(demo, guest);
  const visitor = await screens.somebody({ ...visitorsBrowser, viewport: { width: 1120, height: 720 } });
  const widget = await Widget.on(visitor, `${consoleOrigin}/shop`);
  const reference = await escalate(widget);

  const agent = await screens.somebody();
  const dashboard = await logIn(agent, `${frontDoor}/chatbot/demo/dashboard/live-chats`, "agent@demo.test");
  await dashboard.getByRole("list", { name: "Conversations" }).getByText("Ada Lovelace").click();
  await saidBy(dashboard, /60 days/).waitFor();
  await talk(widget, dashboard);
  await shoot(widget.page, "widget");
  await shoot(dashboard, "dashboard");
  await dashboard.emulateMedia({ colorScheme: "dark" });
  await shoot(dashboard, "dashboard-dark");

  await photographPortals(dashboard, reference);
  await photographPhone(`${consoleOrigin}/shop`);
  await photographSettings(`${frontDoor}/chatbot/demo/settings`);
  await photographAnalytics(dashboard);
  await photographMail("Camille Roux");
}

/** Asks the AI, asks for a person, leaves an address. */
async function escalate(widget: Widget): Promise<string> {
  await widget.asks("How long do I have to return something?", /60 days/);
  await widget.button("Talk to a human").click();
  const reference = await widget.reference();
  await widget.leavesLead("Ada Lovelace", "ada@example.com");
  return reference;
}

/** The team's mail that contains a text, as soon as it has arrived. */
async function mailWith(text: string): Promise<Mail> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const mails = (await (await fetch(`${demo.console}/api/mail`)).json()) as readonly Mail[];
    const found = mails.find((mail) => mail.text.includes(text));
    if (found !== undefined) return found;
    await sleep(100);
  }
  throw new Error(`No mail with “${text}” has arrived.`);
}

async function talk(widget: Widget, dashboard: Page): Promise<void> {
  const answer = async (text: string) => {
    await say(dashboard, text);
    await saidBy(widget.panel, text).waitFor();
  };
  await answer("Hello Ada, this is Mia. What would you like to send back?");
  await dashboard.getByText("Mia joined").waitFor();
  await widget.says("The rain jacket. It is a little too wide at the shoulders.");
  await saidBy(dashboard, /too wide/).waitFor();
  await answer("No problem. Shall I send you the next size down?");
  await dashboard.getByText("Seen", { exact: true }).waitFor();
  await widget.panel.getByText("You are talking to Mia").waitFor();
}

async function photographPortals(dashboard: Page, reference: string): Promise<void> {
  const { text } = await mailWith(reference);
  const link = /http\S+\/portal\/agent#\S+/.exec(text)?.[0] ?? "";
  const agent = await (await screens.somebody({ viewport: { width: 1120, height: 720 } })).newPage();
  await agent.goto(link);
  await saidBy(agent, /next size down/).waitFor();
  await shoot(agent, "portal-agent");

  await dashboard.getByRole("button", { name: "Create link" }).click();
  await dashboard.getByRole("combobox", { name: "For" }).selectOption("customer");
  await dashboard.getByLabel("Recipient").fill("ada@example.com");
  await dashboard.getByRole("button", { name: "Create", exact: true }).click();
  const customer = await (await screens.somebody(phone)).newPage();
  await customer.goto(await dashboard.getByRole("textbox", { name: "Portal links" }).inputValue());
  await saidBy(customer, /next size down/).waitFor();
  await shoot(customer, "portal-customer");
}

async function photographPhone(shop: string): Promise<void> {
  const widget = await Widget.on(await screens.somebody(phone), shop);
  await widget.asks("Do you deliver to Norway?", /Norway/);
  await widget.button("Talk to a human").waitFor();
  await shoot(widget.page, "widget-phone");
}

async function photographSettings(address: string): Promise<void> {
  const owner = await screens.somebody({ viewport: { width: 1120, height: 900 } });
  const page = await logIn(owner, `${address}/live-chat`, "owner@demo.test");
  for (const [part, heading, picture] of photographedSettings) {
    await page.goto(`${address}/${part}`);
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    await page.waitForLoadState("networkidle");
    await shoot(page, picture);
  }
}

async function photographAnalytics(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByRole("link", { name: "Analytics" }).click();
  await page.getByRole("heading", { name: "Conversations and escalations by day" }).waitFor();
  await shoot(page, "analytics");
}

async function photographMail(text: string): Promise<void> {
  const { id } = await mailWith(text);
  const page = await (await screens.somebody({ viewport: { width: 680, height: 1080 } })).newPage();
  await page.goto(`${demo.console}/mail/${id}/html`);
  await shoot(page, "mail");
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  await page.mouse.move(0, 0);
  const path = join(directory, `${name}.png`);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
  console.log(`docs/screenshots/${name}.png  ${Math.ceil((await stat(path)).size / 1024)} kB`);
}
