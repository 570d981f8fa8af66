import { describe, expect, test } from "vitest";
import { publicChatbot } from "../../lambdas/chatbot/public-chatbot.ts";
import { LiveChatSettings, PublicChatbot } from "../../lambdas/contracts/settings.ts";
import { aChat, type Chat, change, day, minute, start } from "./chat-world.ts";

/** Tuesday and Wednesday, while `start` is a Monday morning. */
const businessHours = {
  enabled: true,
  timeZone: "UTC",
  week: [2, 3].map((weekday) => ({ day: weekday, from: "09:00", to: "17:00" })),
  awayMessage: "We are back on Tuesday.",
};
const tuesday = start + day;

async function aChatWithHours() {
  const chat = await aChat();
  await configure(chat, { businessHours });
  return chat;
}

async function configure(chat: Chat, liveChat: object): Promise<void> {
  const chatbot = await chat.stores.chatbots.get("shop");
  if (chatbot === undefined) throw new Error("the chatbot is gone");
  const settings = { ...chatbot.settings, liveChat: LiveChatSettings.parse({ enabled: true, ...liveChat }) };
  await chat.stores.chatbots.put({ ...chatbot, settings });
}

async function shown(chat: Chat, over: Partial<Parameters<typeof publicChatbot>[0]> = {}) {
  const chatbot = await chat.stores.chatbots.get("shop");
  if (chatbot === undefined) throw new Error("the chatbot is gone");
  const view = await publicChatbot({ ...chat.services, ...over }, chatbot);
  expect(PublicChatbot.parse(view)).toEqual(view);
  return view.liveChat;
}

async function waitingText(chat: Chat): Promise<unknown> {
  await chat.join(chat.visitor, "socket-visitor");
  const frame = await chat.act({ caller: chat.visitor, connectionId: "socket-visitor", action: change("escalate") });
  if (frame.type !== "state") throw new Error(`answered ${frame.type}`);
  return frame.entries.find((entry) => entry.kind === "status")?.text;
}

describe("asking for a human", () => {
  test("outside the hours is answered by the away message", async () => {
    expect(await waitingText(await aChatWithHours())).toBe("We are back on Tuesday.");
  });

  test("within the hours is answered by the waiting message", async () => {
    const chat = await aChatWithHours();
    chat.clock.now = tuesday;
    expect(await waitingText(chat)).toMatch(/^Thanks!/);
  });
});

describe("what a visitor learns of the team beforehand", () => {
  test("is when it answers again", async () => {
    const chat = await aChatWithHours();
    expect((await shown(chat)).availability).toEqual({ open: false, opensAt: tuesday, teamUntil: 0 });
    chat.clock.now = tuesday;
    expect((await shown(chat)).availability).toEqual({ open: true, teamUntil: 0 });
  });

  test("is until when somebody is there, and how long it took lately", async () => {
    const chat = await aChat();
    const until = Math.floor(start / 1000) + 100;
    await chat.stores.team.join({ chatbotId: "shop", connectionId: "c", agentId: "a", name: "Ada", until });
    const { availability } = await shown(chat, { expectedWait: async () => 90 });
    expect(availability).toEqual({ open: true, teamUntil: until * 1000, expectedWaitSeconds: 90 });
    chat.clock.now = start + 10 * minute;
    expect((await shown(chat, { expectedWait: async () => undefined })).availability).toEqual({
      open: true,
      teamUntil: 0,
    });
  });

  test("costs no look-up where live chat is off", async () => {
    const chat = await aChat({ liveChat: false });
    const present = () => Promise.reject(new Error("looked up"));
    expect((await shown(chat, { team: { ...chat.stores.team, present } })).enabled).toBe(false);
  });

  test("includes the lead form, the rating and whether files can be sent", async () => {
    const chat = await aChat();
    await configure(chat, { leadForm: { ask: "beforeChat", required: ["email"] }, attachments: { enabled: false } });
    expect(await shown(chat)).toMatchObject({
      leadForm: { ask: "beforeChat", required: ["email"] },
      rating: true,
      attachments: false,
    });
  });
});
