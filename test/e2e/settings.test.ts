import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { settingsSections } from "../../frontend/dashboard/settings/settings-sections.ts";
import type { ReplyOf } from "../../lambdas/contracts/http.ts";
import { violationsOn } from "./axe.ts";
import { launchBrowser } from "./browser.ts";
import { eventually, withDemo } from "./demo.ts";
import { Agent, mustCall } from "./people.ts";
import { logIn, overflowOf, phone, Screens, Widget } from "./screens.ts";

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

const owner = "owner@demo.test";
const settings = (section: string, chatbotId = "demo"): string =>
  `${demo().origin}/chatbot/${chatbotId}/settings/${section}`;

async function openSettings(section: string): Promise<Page> {
  return logIn(await screens.somebody(), settings(section), owner);
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("Saved", { exact: true }).waitFor();
}

/** What a person who follows the navigation does. */
async function goTo(page: Page, title: string): Promise<void> {
  await page.getByRole("navigation", { name: "Parts of the settings" }).getByRole("link", { name: title }).click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

async function stored(): Promise<ReplyOf<"readSettings">["settings"]> {
  const { base, token } = await Agent.signsIn(demo(), owner);
  return (await mustCall<ReplyOf<"readSettings">>(demo(), "GET", `${base}/settings`, { token })).settings;
}

describe("an owner", () => {
  it("sets business hours, and visitors outside them read the away message", async () => {
    const page = await openSettings("hours");
    await page.getByRole("switch", { name: "We have business hours" }).check();
    await page.getByRole("button", { name: /^Time zone/ }).click();
    await page.getByRole("combobox", { name: "Time zone" }).fill("berlin");
    await page.getByRole("combobox", { name: "Time zone" }).press("Enter");
    for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) {
      await page.getByRole("group", { name: day }).getByRole("switch").uncheck();
    }
    const sunday = page.getByRole("group", { name: "Sunday" });
    await page.getByText("Never open: every day is closed").waitFor();
    // An hour of Sunday, and never the hour of the test.
    const hour = new Date(Date.now() + 6 * 3_600_000).getUTCHours();
    const clock = (at: number): string => `${String(at % 24).padStart(2, "0")}:00`;
    await sunday.getByRole("switch").check();
    await sunday.getByLabel("Sunday, from").fill(clock(hour));
    await sunday.getByLabel("Sunday, to").fill(clock(hour + 1));
    await page.getByText(/^Closed now, opens Sunday/).waitFor();
    await page.getByLabel("Day", { exact: true }).fill("2031-12-25");
    await page.getByRole("button", { name: "Add day" }).click();
    await page.getByText(/25 December 2031/).waitFor();
    await page.getByRole("textbox", { name: "Away message" }).fill("We are back on Sunday.");
    await save(page);
    expect((await stored()).liveChat.businessHours).toMatchObject({
      timeZone: "Europe/Berlin",
      week: [{ day: 7, from: clock(hour) }],
      closedOn: ["2031-12-25"],
    });

    const widget = await Widget.on(await screens.somebody(), `${demo().console}/shop`);
    await widget.asks("How long do I have to return something?", /60 days/);
    await widget.button("Talk to a human").click();
    await widget.panel.getByText("We are back on Sunday.").waitFor();

    await page.getByRole("switch", { name: "We have business hours" }).uncheck();
    await save(page);
    expect(screens.complaints).toEqual([]);
  });

  it("sees the brand while it is typed, with its contrast, and the widget wears it", async () => {
    const page = await openSettings("branding");
    const preview = page.getByRole("figure", { name: "Preview" });
    await page.getByLabel("Name", { exact: true }).fill("Bergfreunde");
    await page.getByLabel("Colour", { exact: true }).fill("#ffd400");
    await page.getByText(/^Black on this colour is readable/).waitFor();
    await page.getByText(/^As text on white it becomes #/).waitFor();
    await page.getByLabel("Greeting").fill("Grüß Gott!");
    expect(await preview.textContent()).toContain("Bergfreunde");
    expect(await preview.textContent()).toContain("Grüß Gott!");
    await page.getByRole("radio", { name: "Left" }).check();
    await page.getByLabel("Colour", { exact: true }).fill("#ffd40");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Not saved: please check the marked fields").waitFor();
    await page.getByText("A colour such as #0a66ff").waitFor();
    await page.getByLabel("Colour", { exact: true }).fill("#ffd400");
    await save(page);

    const widget = await Widget.on(await screens.somebody(), `${demo().console}/shop`);
    await widget.panel.getByRole("heading", { name: "Bergfreunde" }).waitFor();
    await widget.panel.getByText("Grüß Gott!").waitFor();
    expect(screens.complaints).toEqual([]);
  });

  it("imports files, edits, deletes and takes it back, and tries a question", async () => {
    const page = await openSettings("knowledge");
    await page.getByRole("button", { name: "Import files" }).click();
    await page.getByLabel("Choose files").setInputFiles([
      {
        name: "faq.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(
          "question,answer\nDo you rent snowshoes?,Snowshoes are 9 € a day in every store.\nNo answer,\n",
        ),
      },
      {
        name: "help.html",
        mimeType: "text/html",
        buffer: Buffer.from(
          "<title>Help</title><nav>Menu</nav><main><h2>Avalanche courses</h2><p>Every <b>January</b>.</p><script>alert(1)</script><ul><li>Two days</li></ul></main>",
        ),
      },
      { name: "price.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF") },
    ]);
    await page.getByText("only CSV, Markdown and HTML files can be read").waitFor();
    await page.getByText("the text is missing").waitFor();
    const html = page.getByRole("region", { name: "help.html" });
    await html.getByText("Show what will be imported").click();
    await html.getByText("Every January. - Two days").waitFor();
    await page.getByRole("button", { name: "Import 2 entries" }).click();
    await page.getByText("2 entries imported").waitFor();
    await page.getByRole("button", { name: "Back to the entries" }).click();

    const trial = page.getByRole("region", { name: "Try a question" });
    await trial.getByLabel("Question").fill("can I rent snowshoes?");
    await trial.getByRole("button", { name: "Ask" }).click();
    await trial.getByText("Snowshoes are 9 € a day in every store.").waitFor();
    await trial.getByRole("button", { name: "Do you rent snowshoes? Answer" }).click();
    await page.getByRole("textbox", { name: "Text", exact: true }).fill("Snowshoes are 12 € a day.");
    await page.getByRole("button", { name: "Save entry" }).click();
    await trial.getByRole("button", { name: "Ask" }).click();
    await trial.getByText("Snowshoes are 12 € a day.").waitFor();

    await page.getByLabel("Search entries").fill("snowshoes");
    await page.getByRole("button", { name: "Delete “Do you rent snowshoes?”" }).click();
    await page.getByText("“Do you rent snowshoes?” was deleted").waitFor();
    await trial.getByLabel("Question").fill("rent snowshoes");
    await trial.getByRole("button", { name: "Ask" }).click();
    await trial.getByText("Snowshoes are 12 € a day.").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("“Do you rent snowshoes?” was deleted").waitFor({ state: "detached" });
    await page.getByRole("button", { name: /^Do you rent snowshoes/ }).waitFor();

    const widget = await Widget.on(await screens.somebody(), `${demo().console}/shop`);
    await widget.asks("Do you rent snowshoes?", /12 € a day/);
    expect(screens.complaints).toEqual([]);
  });

  it("sends a test mail, reads why it failed, and sends it again", async () => {
    const page = await openSettings("live-chat");
    const email = page.getByRole("region", { name: "E-mail" });
    await demo().fault("ses.error", { times: 3, options: { status: 400 } });
    await email.getByRole("button", { name: "Send a test mail" }).click();
    await email.getByText("Failed:").waitFor();
    expect(await email.getByText("Failed:").locator("..").textContent()).toMatch(/team@demo\.test.+\w/);
    await demo().ask("DELETE", "/api/faults");
    await email.getByRole("button", { name: "Send a test mail" }).click();
    await email.getByText("Accepted by SES").waitFor();
    await demo().mailTo("team@demo.test", "TEST");

    await email.getByRole("switch", { name: "Notify by e-mail" }).uncheck();
    await email.getByRole("switch", { name: "Notify by e-mail" }).check();
    await page.getByLabel("Text of the button").fill("Somebody, please");
    expect(await email.getByRole("button", { name: "Send a test mail" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Discard" }).click();
    expect(screens.complaints).toEqual([]);
  });

  it("keeps what was typed from page to page, and is asked before it is lost", async () => {
    const page = await openSettings("live-chat");
    await page.getByLabel("Text of the button").fill("A person, please");
    await goTo(page, "Brand");
    await page.getByText("You have unsaved changes").waitFor();
    await page.getByRole("link", { name: "Live chat (not saved)" }).waitFor();
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.message());
      void (asked.length === 1 ? dialog.dismiss() : dialog.accept());
    });
    await page.getByRole("link", { name: "Live chats" }).click();
    expect(asked).toEqual(["You have unsaved changes. Leave without saving?"]);
    expect(page.url()).toContain("/settings/branding");
    await goTo(page, "Live chat");
    expect(await page.getByLabel("Text of the button").inputValue()).toBe("A person, please");
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByRole("link", { name: "Live chats" }).click();
    await page.waitForURL("**/dashboard/live-chats*");
    expect(asked).toHaveLength(1);
    expect(screens.complaints).toEqual([]);
  });

  it("sees what another owner has saved meanwhile, and chooses", async () => {
    const mine = await openSettings("live-chat");
    const theirs = await openSettings("live-chat");
    await theirs.getByLabel("Message", { exact: true }).fill("Theirs");
    await theirs.getByLabel("Text of the button").fill("Their button");
    await theirs.getByRole("switch", { name: "Hand back to the AI" }).check();
    await save(theirs);

    await mine.getByLabel("Message", { exact: true }).fill("Mine");
    await mine.getByLabel("Text of the button").fill("My button");
    await mine.getByRole("switch", { name: "Ask for a rating" }).uncheck();
    await mine.getByRole("button", { name: "Save changes" }).click();
    const conflict = mine.getByRole("dialog", { name: "Somebody else has saved meanwhile" });
    await conflict.getByRole("listitem").filter({ hasText: "Hand back to the AI On" }).waitFor();
    expect(await violationsOn(mine)).toEqual([]);
    await conflict
      .getByRole("group", { name: "Waiting message" })
      .getByRole("radio", { name: /^Theirs/ })
      .check();
    await conflict.getByRole("button", { name: "Save with these choices" }).click();
    await mine.getByText("Saved", { exact: true }).waitFor();
    const { liveChat } = await stored();
    expect(liveChat).toMatchObject({
      waitingMessage: "Theirs",
      buttonTrigger: { text: "My button" },
      handBack: { enabled: true },
      rating: { enabled: false },
    });

    await mine.getByLabel("Text of the button").fill("Talk to a human");
    await mine.getByRole("switch", { name: "Hand back to the AI" }).uncheck();
    await mine.getByRole("switch", { name: "Ask for a rating" }).check();
    await save(mine);
    // The refusal is the browser's own line about it.
    expect(screens.complaints.filter((line) => !line.includes("409"))).toEqual([]);
  });

  it("generates the identity secret once, and copies it", async () => {
    const context = await screens.somebody({ permissions: ["clipboard-read", "clipboard-write"] });
    const page = await logIn(context, settings("identity"), owner);
    await page.getByRole("button", { name: "Generate a secret" }).click();
    const shown = await page.locator(".identity-secret").textContent();
    expect(shown).toMatch(/^[\w-]{43}$/);
    await page.getByRole("region", { name: "Identity secret" }).getByRole("button", { name: "Copy" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
    await save(page);
    await page.getByText("A secret is set").waitFor();
    expect(await page.content()).not.toContain(shown);
    await page.reload();
    await page.getByRole("button", { name: "Make a new one" }).click();
    await page.getByText(/tokens that were signed with the old secret are refused/).waitFor();
    expect(screens.complaints).toEqual([]);
  });

  it("checks the chatbot's own domain and is told what to write into the DNS", async () => {
    const page = await openSettings("domain");
    await page.getByLabel("Own domain for portal links").fill("help.localhost");
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByText("This deployment answers under the name.").waitFor();
    await page.getByRole("cell", { name: /^help\.localhost/ }).waitFor();
    await page.getByLabel("Own domain for portal links").fill("not a host");
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByText("This is not a host name.").waitFor();
    await page.getByText("A host name such as help.example.com").waitFor();
    expect(screens.complaints.filter((line) => !line.includes("400"))).toEqual([]);
  });
});

describe("an agent", () => {
  it("edits the canned replies of the team, and nothing that is an owner's", async () => {
    const page = await logIn(await screens.somebody(), settings("replies"), "agent@demo.test");
    await page.getByRole("button", { name: "Add a reply" }).click();
    await page.getByRole("button", { name: "Save reply" }).click();
    await page.getByText("A title of 1 to 100 characters").waitFor();
    await page.getByLabel("Shortcut").fill("hours");
    await page.getByLabel("Title", { exact: true }).fill("Opening hours");
    await page.getByLabel("Text", { exact: true }).fill("We are there from 9 to 17, {name}.");
    await page.getByRole("button", { name: "Save reply" }).click();
    await page.getByRole("button", { name: /^\/hours Opening hours/ }).click();
    await page.getByLabel("Shortcut").fill("Open");
    await page.getByRole("button", { name: "Save reply" }).click();
    await page.getByRole("button", { name: /^\/Open/ }).waitFor();
    expect(await page.getByRole("button", { name: /^\/hours/ }).count()).toBe(0);
    await page.getByRole("button", { name: "Delete /Open" }).click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: /^\/Open/ }).waitFor({ state: "detached" });

    expect(await page.getByRole("link", { name: "Members" }).count()).toBe(0);
    await page.goto(settings("members"));
    await page.getByText("Only owners can change the settings").waitFor();
    expect(screens.complaints).toEqual([]);
  });
});

describe("every page of the settings", () => {
  it.each([
    { locale: "en-GB", colorScheme: "light" },
    { locale: "ar", colorScheme: "dark" },
  ] as const)(
    "has no barrier that a program can find, and fits a phone, in $locale and $colorScheme",
    async (person) => {
      const page = await logIn(await screens.somebody({ ...person, viewport: phone }), settings("live-chat"), owner);
      for (const { id } of settingsSections) {
        await page.goto(settings(id));
        await page.getByRole("heading", { level: 1 }).waitFor();
        await eventually(async () => expect(await page.locator(".bone, [aria-busy=true]").count()).toBe(0));
        expect([id, await overflowOf(page)]).toEqual([id, [0, 0]]);
        const across = await page.locator(".settings").evaluate((box) => box.scrollWidth - box.clientWidth);
        expect([id, across]).toEqual([id, 0]);
        expect([id, await violationsOn(page)]).toEqual([id, []]);
      }
      expect(screens.complaints).toEqual([]);
    },
  );

  it("says what a plan does not include", async () => {
    const page = await logIn(await screens.somebody(), settings("hours", "acme"), "owner@acme.test");
    expect(await page.getByRole("switch", { name: "We have business hours" }).isDisabled()).toBe(true);
    await page.getByText("Live chat is not part of your plan").waitFor();
    expect(await violationsOn(page)).toEqual([]);
    expect(screens.complaints).toEqual([]);
  });
});
