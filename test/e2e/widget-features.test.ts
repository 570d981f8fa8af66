import { randomBytes } from "node:crypto";
import type { Browser, Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LiveChatSettings } from "../../lambdas/contracts/settings.ts";
import { panelOf, violationsOn } from "./axe.ts";
import { launchBrowser } from "./browser.ts";
import { eventually, withDemo } from "./demo.ts";
import { Agent, newId } from "./people.ts";
import { overflowOf, phone, Screens, saidBy, Widget } from "./screens.ts";

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

const shop = () => `${demo().console}/shop`;

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Runs with some of the demo chatbot's settings changed, and puts them back. */
async function withSettings(change: Partial<LiveChatSettings>, run: () => Promise<void>): Promise<void> {
  const { chatbots } = demo().stores;
  const write = async (liveChat: (before: LiveChatSettings) => LiveChatSettings) => {
    const chatbot = await chatbots.get("demo");
    if (chatbot === undefined) throw new Error("There is no chatbot.");
    const { version, settings, sealed } = chatbot;
    await chatbots.update("demo", version, {
      settings: { ...settings, liveChat: liveChat(settings.liveChat) },
      sealed,
    });
    return settings.liveChat;
  };
  const before = await write((settings) => ({ ...settings, ...change }));
  try {
    await run();
  } finally {
    await write(() => before);
  }
}

async function aVisitor(options: Parameters<Screens["somebody"]>[0] = {}): Promise<Widget> {
  return Widget.on(await screens.somebody(options), shop());
}

/** Asks the AI, then for a person. Returns the conversation's id, as the widget's page knows it. */
async function escalate(widget: Widget): Promise<string> {
  await widget.asks("How long do I have to return something?", /60 days/);
  await widget.button("Talk to a human").click();
  await widget.panel.getByText(/^Reference /).waitFor();
  return conversationOf(widget);
}

function conversationOf(widget: Widget): Promise<string> {
  return panelOf(widget.page).evaluate(
    () => (JSON.parse(localStorage.getItem("livechat:demo") ?? "{}") as { conversationId: string }).conversationId,
  );
}

async function anAgentIn(conversationId: string) {
  const agent = await Agent.signsIn(demo());
  const socket = await agent.socket();
  await agent.watches(socket, conversationId);
  const says = (text: string) => socket.send({ action: "send", id: newId(), text, conversationId });
  return { agent, socket, says };
}

async function expectNoViolations(widget: Widget): Promise<void> {
  expect(await violationsOn(panelOf(widget.page))).toEqual([]);
  expect((await overflowOf(widget.panel))[0]).toBe(0);
}

/** Whether a picture has arrived: one that was refused has no width. */
function widthOf(picture: Locator): Promise<number> {
  return picture.evaluate((image) => (image as HTMLImageElement).naturalWidth);
}

describe("files", () => {
  it("are chosen, pasted and dropped, refused with a reason, and reach the agent", async () => {
    const widget = await aVisitor();
    const id = await escalate(widget);
    const { agent, socket } = await anAgentIn(id);
    const attach = widget.button("Attach files");
    await attach.waitFor();
    const chooser = widget.panel.locator("input[type=file]");
    await chooser.setInputFiles([
      { name: "jacket.png", mimeType: "image/png", buffer: png },
      { name: "film.png", mimeType: "image/png", buffer: randomBytes(10 * 1024 * 1024 + 1) },
      { name: "program.exe", mimeType: "application/x-msdownload", buffer: png },
    ]);
    await widget.panel.getByText("Larger than 10 MB").waitFor();
    await widget.panel.getByText("This kind of file can’t be sent").waitFor();
    await expectNoViolations(widget);
    await widget.button("OK").click();
    await widget.button("Remove jacket.png").waitFor();

    await widget.panel.getByLabel("Your message").evaluate((field) => {
      const data = new DataTransfer();
      data.items.add(new File(["one,two"], "sizes.csv", { type: "text/csv" }));
      field.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data }));
      const dropped = new DataTransfer();
      dropped.items.add(new File(["unwanted"], "unwanted.txt", { type: "text/plain" }));
      field.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: dropped }));
    });
    await widget.button("Remove unwanted.txt").click();
    await widget.button("Remove sizes.csv").waitFor();
    await eventually(async () => expect(await widget.button("Send").isEnabled()).toBe(true));
    await widget.button("Send").click();

    const picture = widget.panel.getByRole("img", { name: "jacket.png" });
    await eventually(async () => expect(await widthOf(picture)).toBe(1));
    await expectNoViolations(widget);
    const sent = await socket.next("entries", ({ entries }) => entries.some((each) => each.kind === "message"));
    const files = sent.entries.flatMap((entry) => (entry.kind === "message" ? (entry.attachments ?? []) : []));
    expect(files.map(({ name }) => name)).toEqual(["jacket.png", "sizes.csv"]);
    const [download] = await Promise.all([widget.page.waitForEvent("download"), widget.button("sizes.csv").click()]);
    expect(download.suggestedFilename()).toBe("sizes.csv");

    const body = { action: "send", id: newId(), text: "", attachments: files.map(({ fileId }) => fileId) } as const;
    expect((await agent.act(id, body)).status).toBe(400);
    await socket.close();
    expect(screens.complaints).toEqual([]);
  });

  it("that did not arrive can be tried again", async () => {
    const context = await screens.somebody();
    let refused = 0;
    await context.route(/\/files\/unsent\//, (route) => {
      if (refused++ === 0) return route.abort();
      return route.continue();
    });
    const widget = await Widget.on(context, shop());
    await widget.button("Attach files").waitFor();
    await widget.panel.locator("input[type=file]").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: png });
    await widget.panel.getByText("Not uploaded").waitFor();
    expect(await widget.button("Send").isEnabled()).toBe(false);
    await widget.button("Try again").click();
    await eventually(async () => expect(await widget.button("Send").isEnabled()).toBe(true));
    await widget.says("This one");
    await eventually(async () => expect(await widthOf(widget.panel.getByRole("img", { name: "a.png" }))).toBe(1));
  });

  it("have no button where the owner has switched them off", async () => {
    await withSettings({ attachments: { enabled: false } }, async () => {
      const widget = await aVisitor();
      await widget.button("Emoji").waitFor();
      expect(await widget.button("Attach files").count()).toBe(0);
    });
  });
});

describe("a talk with a person", () => {
  it("shows on both sides who is writing, and draws Markdown without following hostile links", async () => {
    const widget = await aVisitor();
    const id = await escalate(widget);
    const { socket, says } = await anAgentIn(id);
    await widget.panel.getByLabel("Your message").pressSequentially("Hel");
    expect(await socket.next("typing", ({ by }) => by === "visitor")).toMatchObject({ conversationId: id });

    says("Hello **Ada**");
    await widget.panel.locator("strong").getByText("Ada").waitFor();
    socket.send({ action: "typing", conversationId: id });
    await widget.panel.getByText("Mia is typing…").waitFor();
    await expectNoViolations(widget);
    says("[Your label](https://shop.example/label) and [nothing](javascript:alert(1)) <img src=x onerror=alert(1)>");
    const label = widget.panel.getByRole("link", { name: "Your label" });
    await label.waitFor();
    expect(await label.getAttribute("href")).toBe("https://shop.example/label");
    expect(await label.getAttribute("rel")).toContain("noopener");
    expect(await widget.panel.getByRole("log").getByRole("link").count()).toBe(1);
    expect(await widget.panel.getByRole("log").getByRole("img").count()).toBe(0);
    expect(await widget.panel.getByText("Mia is typing…").count()).toBe(0);

    socket.send({ action: "typing", conversationId: id });
    await widget.panel.getByText("Mia is typing…").waitFor();
    // Nobody says that it has ended: it ends by itself.
    await widget.panel.getByText("Mia is typing…").waitFor({ state: "detached" });

    await widget.says("**Thanks**");
    await saidBy(widget.panel, "**Thanks**").waitFor();
    await socket.next("entries", ({ entries }) =>
      entries.some((entry) => entry.kind === "message" && entry.text === "**Thanks**"),
    );
    const seq = socket.entries().at(-1)?.seq ?? 0;
    socket.send({ action: "read", seq, conversationId: id });
    await widget.panel.getByText("Seen").waitFor();
    await socket.close();
    expect(screens.complaints).toEqual([]);
  });

  it("takes emoji by keyboard, where the caret is", async () => {
    const widget = await aVisitor();
    const field = widget.panel.getByLabel("Your message");
    await field.fill("ab");
    await field.press("ArrowLeft");
    await widget.button("Emoji").press("Enter");
    await widget.panel.getByRole("button", { name: "😀" }).waitFor();
    await expectNoViolations(widget);
    await widget.page.keyboard.press("ArrowRight");
    await widget.page.keyboard.press("ArrowDown");
    await widget.page.keyboard.press("ArrowUp");
    await widget.page.keyboard.press("Enter");
    await eventually(async () => expect(await field.inputValue()).toBe("a😃b"));
  });

  it("waits for the network, and says so, when it is gone", async () => {
    const context = await screens.somebody();
    const widget = await Widget.on(context, shop());
    await widget.button("Attach files").waitFor();
    await context.setOffline(true);
    await widget.says("Is anybody there?");
    await widget.panel.getByText("Will be sent when you are back online").waitFor();
    await context.setOffline(false);
    await saidBy(widget.panel, "Is anybody there?").waitFor();
    await widget.panel.getByText(/Sent$/).waitFor();
  });
});

describe("the end of a conversation", () => {
  it("asks for a verdict that can be changed, and mails the transcript", async () => {
    await demo().reset();
    const widget = await aVisitor();
    const id = await escalate(widget);
    await widget.leavesLead("Ada Lovelace", "ada@example.com");
    const { agent, socket, says } = await anAgentIn(id);
    says("All done!");
    await saidBy(widget.panel, "All done!").waitFor();
    socket.send({ action: "end", id: newId(), conversationId: id });
    await widget.panel.getByText("How was this conversation?").waitFor();
    await expectNoViolations(widget);

    await widget.panel.getByRole("radio", { name: "4 Good" }).press("Space");
    await widget.page.keyboard.press("ArrowRight");
    await widget.panel.getByLabel("What would you like to add?").fill("Very quick");
    await widget.button("Send rating").click();
    await widget.panel.getByText("Thank you for your rating: Very good").waitFor();
    await eventually(async () => expect((await agent.view(id)).row.rating).toBe(5));
    await widget.button("Change").click();
    await widget.panel.getByRole("radio", { name: "3 Okay" }).check();
    await widget.button("Send rating").click();
    await widget.panel.getByText("Thank you for your rating: Okay").waitFor();
    await eventually(async () => expect((await agent.view(id)).row.rating).toBe(3));

    await widget.button("Mail me the transcript").click();
    const address = widget.panel.getByLabel("E-mail address");
    expect(await address.inputValue()).toBe("ada@example.com");
    await address.fill("ada@");
    await widget.button("Send transcript").click();
    await widget.panel.getByText("Please enter an e-mail address").waitFor();
    await expectNoViolations(widget);
    await address.fill("ada@home.example");
    await widget.button("Send transcript").click();
    await widget.panel.getByText("The transcript is on its way to ada@home.example.").waitFor();
    const mail = await demo().mailTo("ada@home.example", "All done!");
    expect(mail.text).toContain("60 days");
    await socket.close();
    expect(screens.complaints).toEqual([]);
  });
});

describe("contact details that the owner requires", () => {
  const leadForm = { ask: "beforeChat", required: ["name", "email"] } as const;

  it("are asked for before the first message, with what is wrong at the fields", async () => {
    await withSettings({ leadForm: { ...leadForm, required: [...leadForm.required] } }, async () => {
      const widget = await aVisitor({ viewport: phone });
      const form = widget.panel.getByRole("form", { name: "How can we reach you?" });
      await form.waitFor();
      expect(await widget.panel.getByLabel("Your message").count()).toBe(0);
      expect(await widget.button("Not now").count()).toBe(0);
      await form.getByLabel("E-mail").fill("ada");
      await widget.button("Save").click();
      await form.getByText("Please fill this in.").waitFor();
      await form.getByText("Please enter an e-mail address").waitFor();
      expect(await form.getByLabel("Name").evaluate((field) => field === document.activeElement)).toBe(true);
      expect(await form.getByLabel("E-mail").getAttribute("aria-invalid")).toBe("true");
      await expectNoViolations(widget);
      await form.getByLabel("Name").fill("Ada Lovelace");
      await form.getByLabel("E-mail").fill("ada@example.com");
      await widget.button("Save").click();
      await widget.asks("How long do I have to return something?", /60 days/);
      const id = await conversationOf(widget);
      const agent = await Agent.signsIn(demo());
      await eventually(async () =>
        expect((await agent.view(id)).visitor.lead).toEqual({ name: "Ada Lovelace", email: "ada@example.com" }),
      );
    });
  });

  it("are asked for before a person is, so that the team's mail has them", async () => {
    await demo().reset();
    await withSettings({ leadForm: { ask: "atEscalation", required: ["email"] } }, async () => {
      const widget = await aVisitor();
      await widget.asks("How long do I have to return something?", /60 days/);
      await widget.button("Talk to a human").click();
      await widget.panel.getByLabel("E-mail").fill("grace@example.com");
      expect(await widget.panel.getByText(/^Reference /).count()).toBe(0);
      await widget.button("Save").click();
      const reference = await widget.reference();
      expect((await demo().mailTo("team@demo.test", reference)).text).toContain("grace@example.com");
    });
  });
});

describe("outside the business hours", () => {
  it("header and waiting card say when the team is back, in the visitor's zone", async () => {
    const { businessHours } = (await demo().stores.chatbots.get("demo"))?.settings.liveChat ?? {};
    if (businessHours === undefined) throw new Error("There is no chatbot.");
    // One hour a week, five days from now.
    const opens = new Date(demo().demo.cloud.clock.now() + 5 * 24 * 60 * 60_000);
    const week = [{ day: opens.getUTCDay() || 7, from: "09:00", to: "10:00" }];
    const hours = { ...businessHours, enabled: true, timeZone: "UTC", week, closedOn: [] };
    const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" }).format(opens);
    await withSettings({ businessHours: hours }, async () => {
      const widget = await aVisitor({ timezoneId: "Asia/Tokyo" });
      const backAt = `We’re back ${weekday} 18:00`;
      await widget.panel.getByText(backAt).waitFor();
      await escalate(widget);
      await widget.panel.getByRole("log").getByText(backAt).waitFor();
      await widget.panel.getByRole("log").getByText("Our team is away right now").waitFor();
      await expectNoViolations(widget);
    });
  });
});

describe("a visitor's privacy", () => {
  it("is a menu entry away: the conversation is deleted here, and shown as deleted in the other tab", async () => {
    const context = await screens.somebody();
    const widget = await Widget.on(context, shop());
    const id = await escalate(widget);
    const other = await Widget.on(context, shop());
    await saidBy(other.panel, /60 days/).waitFor();
    await other.panel.getByText(/^Reference /).waitFor();

    await widget.button("More").click();
    await widget.button("Delete this conversation").click();
    const question = widget.panel.getByRole("alertdialog", { name: "Delete this conversation" });
    await question.waitFor();
    await expectNoViolations(widget);
    await widget.page.keyboard.press("Escape");
    await question.waitFor({ state: "detached" });
    await widget.button("More").click();
    await widget.button("Delete this conversation").click();
    await question.getByRole("button", { name: "Delete", exact: true }).click();
    await widget.panel.getByText("The conversation was deleted.").waitFor();
    await widget.panel.getByText("How long do I have").waitFor({ state: "detached" });

    await other.panel.getByText("The conversation was deleted.").waitFor();
    expect(await other.panel.getByText(/60 days/).count()).toBe(0);
    await expectNoViolations(other);
    await other.button("Start a new conversation").click();
    await other.asks("How can I wash my rain jacket?", /wash/i);
    expect(await conversationOf(other)).not.toBe(id);
  });
});
