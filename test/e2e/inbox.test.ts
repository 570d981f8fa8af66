import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { violationsOn } from "./axe.ts";
import { launchBrowser } from "./browser.ts";
import { eventually, withDemo } from "./demo.ts";
import { Agent, mustCall, Visitor } from "./people.ts";
import { logIn, Screens, saidBy, say, Widget } from "./screens.ts";

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

const inbox = (rest = ""): string => `${demo().origin}/chatbot/demo/dashboard/live-chats${rest}`;
const rows = (dashboard: Page) => dashboard.getByRole("list", { name: "Conversations" }).getByRole("link");
const composer = (dashboard: Page) => dashboard.getByLabel("Your message");

/** A visitor who asked for a person and left a name. */
async function waiting(name: string): Promise<Visitor> {
  const visitor = await Visitor.arrives(demo());
  await mustCall(demo(), "PUT", `/api/conversations/${visitor.conversationId}/lead`, {
    token: visitor.session,
    body: { name, email: "ada@example.com" },
  });
  await visitor.escalates();
  return visitor;
}

/** Opens a conversation of the inbox and waits until it is there. */
async function agentAt(visitor: Visitor, email: string, context?: BrowserContext): Promise<Page> {
  const page = await logIn(context ?? (await screens.somebody()), inbox(), email);
  await page.goto(inbox(`/${visitor.conversationId}`));
  await composer(page).waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  return page;
}

/** Lets the test hold back what the server pushes to a page, as a slow network does. */
async function slowNetwork(context: BrowserContext) {
  const held: (() => void)[] = [];
  let holding = false;
  await context.routeWebSocket(/\/ws\?/, (page) => {
    const server = page.connectToServer();
    server.onMessage((message) => {
      if (holding) held.push(() => page.send(message));
      else page.send(message);
    });
  });
  return {
    hold: () => {
      holding = true;
    },
    release: () => {
      holding = false;
      for (const pass of held.splice(0)) pass();
    },
  };
}

describe("two agents", () => {
  it("see who was quicker when both want a conversation", async () => {
    const visitor = await waiting("Ada Lovelace");
    const context = await screens.somebody();
    const network = await slowNetwork(context);
    const olivia = await agentAt(visitor, "owner@demo.test", context);
    const mia = await agentAt(visitor, "agent@demo.test");

    network.hold();
    await mia.getByRole("button", { name: "Take over" }).click();
    await mia.getByText("Mia joined").waitFor();
    await olivia.getByRole("button", { name: "Take over" }).click();
    network.release();
    await olivia.getByText(/Mia took this \d+ seconds? ago|Mia took this now/).waitFor();
    expect(await mia.getByText(/took this/).count()).toBe(0);

    await olivia.getByRole("button", { name: "Dismiss" }).click();
    network.hold();
    await mia.getByRole("button", { name: /Assigned to/ }).click();
    await mia.getByRole("combobox", { name: "Assign to…" }).fill("Olivia");
    await mia.keyboard.press("Enter");
    await mia.getByText("Mia gave this to Olivia").waitFor();
    await olivia.getByRole("button", { name: /Assigned to/ }).click();
    await olivia.getByRole("listbox").getByRole("option", { name: "Nobody" }).click();
    network.release();
    await olivia.getByText(/Olivia took this/).waitFor();
    expect(screens.complaints).toEqual([]);
  });

  it("share a note that the visitor never gets", async () => {
    const context = await screens.somebody();
    const frames: string[] = [];
    context.on("page", (page) =>
      page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(String(payload)))),
    );
    const widget = await Widget.on(context, `${demo().console}/shop`);
    await widget.asks("How long do I have to return something?", /60 days/);
    await widget.button("Talk to a human").click();
    await widget.reference();
    const mia = await logIn(await screens.somebody(), inbox(), "agent@demo.test");
    await rows(mia).first().click();
    await composer(mia).waitFor();
    const olivia = await logIn(await screens.somebody(), mia.url(), "owner@demo.test");
    await composer(olivia).waitFor();

    await mia.getByRole("button", { name: "Note", exact: true }).click();
    await mia.getByLabel("Your note").fill("She is a **regular** customer.");
    await mia.getByRole("button", { name: "Add note" }).click();
    const note = olivia.getByRole("log").getByText("She is a regular customer.");
    await note.waitFor();
    expect(await note.locator("strong").textContent()).toBe("regular");

    await say(mia, "Hello, **how** can I help?");
    await saidBy(widget.panel, /how can I help/).waitFor();
    await composer(olivia).pressSequentially("I ");
    await mia.getByText("Olivia is typing…").waitFor();
    expect(frames.join("\n")).not.toContain("regular");
    await widget.page.reload();
    await saidBy(widget.panel, /how can I help/).waitFor();
    expect(await widget.panel.getByText("regular").count()).toBe(0);
    expect(frames.join("\n")).not.toContain("regular");
    expect(screens.complaints).toEqual([]);
  });
});

describe("an agent", () => {
  it("answers with a canned reply and the visitor's name in it", async () => {
    const visitor = await waiting("Grace Hopper");
    const { token, base } = await Agent.signsIn(demo());
    await mustCall(demo(), "PUT", `${base}/replies/welcome`, {
      token,
      body: { title: "Greeting", text: "Hello {name}, this is {agent}." },
    });
    const page = await agentAt(visitor, "agent@demo.test");
    await composer(page).pressSequentially("/wel");
    await page.getByRole("option", { name: /Greeting/ }).waitFor();
    await composer(page).press("Enter");
    await eventually(async () => expect(await composer(page).inputValue()).toBe("Hello Grace Hopper, this is Mia."));
    await composer(page).press("Enter");
    await saidBy(page, "Hello Grace Hopper, this is Mia.").waitFor();
    expect(screens.complaints).toEqual([]);
  });

  it("finds, answers and ends a conversation with the keyboard alone", async () => {
    const visitor = await waiting("Katherine Johnson");
    const page = await logIn(await screens.somebody(), inbox(), "agent@demo.test");
    await page.getByText("Live", { exact: true }).waitFor();
    const { keyboard } = page;
    await keyboard.press("g");
    await keyboard.press("u");
    await page.waitForURL(/filter=unassigned/);
    const row = rows(page).filter({ hasText: "Katherine Johnson" });
    await row.waitFor();
    await eventually(async () => {
      await keyboard.press("j");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("Katherine Johnson");
    });
    await keyboard.press("Enter");
    await page.waitForURL(new RegExp(visitor.conversationId));
    await composer(page).waitFor();
    await keyboard.press("r");
    await keyboard.type("Good morning, Katherine.");
    await keyboard.press("Enter");
    await saidBy(page, "Good morning, Katherine.").waitFor();
    await page.getByRole("button", { name: "End", exact: true }).waitFor();
    await keyboard.press("Escape");
    await keyboard.press("e");
    await page.getByRole("dialog", { name: "End" }).waitFor();
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await page.getByText("Conversation ended").waitFor();

    await keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Commands" }).waitFor();
    await keyboard.type("shortcuts");
    await keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.getByRole("switch", { name: /Single-letter shortcuts/ }).focus();
    await keyboard.press("Space");
    await keyboard.press("Escape");
    await keyboard.press("r");
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("TEXTAREA");
    expect(screens.complaints).toEqual([]);
  });

  it("keeps a draft over a reload, and an answer goes out after the connection came back", async () => {
    const visitor = await waiting("Mary Jackson");
    const context = await screens.somebody();
    const page = await agentAt(visitor, "agent@demo.test", context);
    await composer(page).fill("Not finished");
    await page.reload();
    await eventually(async () => expect(await composer(page).inputValue()).toBe("Not finished"));
    await page.getByText("Live", { exact: true }).waitFor();
    await context.setOffline(true);
    await say(page, "Sent from a tunnel");
    await saidBy(page, "Sent from a tunnel").waitFor();
    await context.setOffline(false);
    await eventually(async () => {
      const { entries } = await (await Agent.signsIn(demo())).view(visitor.conversationId);
      expect(entries.filter((entry) => entry.kind === "message" && entry.text === "Sent from a tunnel")).toHaveLength(
        1,
      );
    });
  });

  it("finds a conversation by what was said in it, and sees the words in their place", async () => {
    const visitor = await waiting("Dorothy Vaughan");
    await visitor.act({ action: "send", id: "message-0001", text: "The turquoise thermos leaks." });
    const page = await logIn(await screens.somebody(), inbox(), "agent@demo.test");
    await rows(page).first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("turquoise thermos");
    const found = rows(page).filter({ hasText: "Dorothy Vaughan" });
    await found.locator("mark").first().waitFor();
    expect(await found.locator("mark").allTextContents()).toEqual(["turquoise", "thermos"]);
    expect(await rows(page).count()).toBe(1);
    await page.getByText(/^1 found\. Searched \d+ conversations\.$/).waitFor();
    expect(page.url()).toContain("q=turquoise");
    await page.getByRole("searchbox").fill("nobody ever said this");
    await page.getByText("Nothing found").waitFor();
    expect(screens.complaints).toEqual([]);
  });

  it("saves a view under a name and finds it again", async () => {
    const page = await logIn(await screens.somebody(), inbox(), "agent@demo.test");
    await page.getByRole("combobox", { name: "Assigned to" }).selectOption("me");
    await page.getByRole("combobox", { name: "Order" }).selectOption("waiting");
    await page.getByRole("button", { name: "Saved views" }).click();
    await page.getByPlaceholder("Name of the view").fill("My queue");
    await page.getByRole("button", { name: "Save this view" }).click();
    await page.getByRole("link", { name: "My queue" }).waitFor();
    await page.keyboard.press("Escape");
    await page.goto(inbox());
    await page.getByRole("button", { name: "Saved views" }).click();
    await page.getByRole("link", { name: "My queue" }).click();
    await page.waitForURL(/assigned=me&sort=waiting/);
    expect(screens.complaints).toEqual([]);
  });

  it("exports one conversation, and all that the list shows", async () => {
    const visitor = await waiting("=SUM(A1)");
    await visitor.act({ action: "send", id: "message-0001", text: "Is anybody there?" });
    const page = await agentAt(visitor, "agent@demo.test");
    const talk = page.getByRole("main");
    await talk.getByRole("button", { name: "More actions" }).click();
    const one = page.waitForEvent("download");
    await talk.getByRole("button", { name: "Save as JSON" }).click();
    const json = JSON.parse(await readFile(await (await one).path(), "utf8"));
    expect(json[0]).toMatchObject({ conversationId: visitor.conversationId, status: "unassigned" });
    expect(JSON.stringify(json)).toContain("Is anybody there?");

    await page.getByRole("region", { name: "Conversations" }).getByRole("button", { name: "More actions" }).click();
    await page.getByRole("button", { name: "Export these conversations" }).click();
    const all = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export CSV" }).click();
    const csv = await readFile(await (await all).path(), "utf8");
    await page.getByText(/^Saved \d+ conversations?\.$/).waitFor();
    expect(csv).toContain("Is anybody there?");
    expect(csv).toContain('"\'=SUM(A1)"');
    expect(screens.complaints).toEqual([]);
  });

  it("meets WCAG 2.2 AA in every state of the inbox, by light and by dark", async () => {
    const visitor = await waiting("Annie Easley");
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await agentAt(visitor, "agent@demo.test", await screens.somebody({ colorScheme }));
      const { keyboard } = page;
      const look = async (state: string) => expect([state, ...(await violationsOn(page))]).toEqual([state]);
      await look("conversation");
      await keyboard.press("n");
      await look("note");
      await keyboard.press("Escape");
      await keyboard.press("a");
      await page.getByRole("combobox", { name: "Assign to…" }).waitFor();
      await look("assigning");
      await keyboard.press("Escape");
      await keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Commands" }).waitFor();
      await look("palette");
      await keyboard.press("Escape");
      await keyboard.press("Shift+?");
      await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
      await look("keys");
      await keyboard.press("Escape");
      await page.getByRole("searchbox").fill("easley");
      await page.locator("mark").first().waitFor();
      await look("search");
      await page.getByRole("searchbox").fill("nobody ever said this");
      await page.getByText("Nothing found").waitFor();
      await look("nothing found");
    }
    expect(screens.complaints).toEqual([]);
  });
});
