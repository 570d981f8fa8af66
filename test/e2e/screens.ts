import { mkdirSync } from "node:fs";
import type { Browser, BrowserContext, BrowserContextOptions, FrameLocator, Locator, Page } from "playwright-core";

/** Milliseconds within which whatever a person does has to show. */
const patience = 20_000;

export const desktop = { width: 1280, height: 800 } as const;
export const phone = { width: 360, height: 740 } as const;

/** Contexts of one browser, and everything that their pages complained about. */
export class Screens {
  readonly browser: Browser;
  readonly complaints: string[] = [];
  readonly #open = new Set<BrowserContext>();

  constructor(browser: Browser) {
    this.browser = browser;
  }

  /** A person with a browser of their own. */
  async somebody(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({ viewport: desktop, locale: "en-GB", ...options });
    context.setDefaultTimeout(patience);
    // Violations of the content security policy are errors of the console, too.
    context.on("console", (message) => {
      if (message.type() !== "error" && message.type() !== "warning") return;
      const { url } = message.location();
      this.complaints.push(`${message.type()}: ${message.text()} (${url.split("#")[0]})`);
    });
    context.on("weberror", (error) => this.complaints.push(String(error.error().stack ?? error.error())));
    this.#open.add(context);
    context.on("close", () => this.#open.delete(context));
    return context;
  }

  /** Pictures of all open pages, for whoever looks for the reason of a failure. */
  async photograph(directory: string): Promise<void> {
    mkdirSync(directory, { recursive: true });
    const pages = [...this.#open].flatMap((context) => context.pages());
    await Promise.allSettled(pages.map((page, index) => page.screenshot({ path: `${directory}/${index}.png` })));
  }

  async closeAll(): Promise<void> {
    await Promise.allSettled([...this.#open].map((context) => context.close()));
  }
}

/** The widget on somebody's page, as a visitor handles it. */
export class Widget {
  readonly page: Page;
  readonly panel: FrameLocator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByTitle("Chat").contentFrame();
  }

  static async on(context: BrowserContext, shop: string): Promise<Widget> {
    const page = await context.newPage();
    await page.goto(shop);
    const widget = new Widget(page);
    await widget.open();
    return widget;
  }

  async open(): Promise<void> {
    await this.page.getByRole("button", { name: "Chat", exact: true }).click();
    await this.panel.getByRole("heading", { level: 1 }).waitFor();
  }

  says(text: string): Promise<void> {
    return say(this.panel, text);
  }

  /** Asks and waits until the AI's answer is stored. */
  async asks(question: string, answer: string | RegExp): Promise<void> {
    await this.says(question);
    await saidBy(this.panel, answer).waitFor();
  }

  /** The number that the visitor can refer to, once a person was asked for. */
  async reference(): Promise<string> {
    const shown = await this.panel.getByText(/^Reference /).textContent();
    return shown?.replace("Reference ", "") ?? "";
  }

  async leavesLead(name: string, email: string): Promise<void> {
    await this.panel.getByLabel("Name").fill(name);
    await this.panel.getByLabel("E-mail").fill(email);
    await this.button("Save").click();
    await this.panel.getByText("Thank you. We can reach you now").waitFor();
  }

  button(name: string | RegExp): Locator {
    return this.panel.getByRole("button", { name });
  }
}

/** Types a message and sends it by Enter. */
export async function say(talk: Page | FrameLocator, text: string): Promise<void> {
  await talk.getByLabel("Your message").fill(text);
  await talk.getByLabel("Your message").press("Enter");
}

/** A message of the conversation that is open. */
export function saidBy(talk: Page | FrameLocator, text: string | RegExp): Locator {
  return talk.getByRole("log").getByText(text).first();
}

/** Opens a page of the dashboard and logs in on the way. */
export async function logIn(context: BrowserContext, url: string, email: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole("button", { name: email }).click();
  await page.waitForURL(`${url}*`);
  return page;
}

/** Pixels by which the page is wider and higher than its window: its parts scroll, the page never does. */
export async function overflowOf(page: Page | FrameLocator): Promise<readonly [across: number, down: number]> {
  return page
    .locator("html")
    .evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [
      scrollWidth - clientWidth,
      scrollHeight - clientHeight,
    ]);
}
