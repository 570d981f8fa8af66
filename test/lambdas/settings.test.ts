import { describe, expect, test } from "vitest";
import { publicChatbot } from "../../lambdas/chatbot/public-chatbot.ts";
import {
  identitySecretContext,
  readSettings,
  writeSettings,
  zendeskTokenContext,
} from "../../lambdas/chatbot/settings.ts";
import { SettingsChange, SettingsView } from "../../lambdas/contracts/settings.ts";
import { aChat, type Chat, refusalCode } from "./chat-world.ts";

const brand = { name: "Shop" };
const write = (chat: Chat, settings: object, { version = 1, secrets = {} } = {}) =>
  writeSettings(
    { ...chat.services, chatbots: chat.stores.chatbots, tokens: chat.tokens },
    "shop",
    SettingsChange.parse({ version, settings: { brand, ...settings }, secrets }),
  );
const read = (chat: Chat) => readSettings({ chatbots: chat.stores.chatbots, now: () => chat.clock.now }, "shop");

const zendesk = { enabled: true, subdomain: "shop", user: "ada@example.com" };

describe("writing settings", () => {
  test("answers with what is stored from now on, under a new version", async () => {
    const chat = await aChat();
    const view = await write(chat, { liveChat: { enabled: true, waitingMessage: "Hold on" } });
    expect(view).toMatchObject({ version: 2, settings: { liveChat: { waitingMessage: "Hold on" } } });
    expect(SettingsView.parse(view)).toEqual(view);
    expect(await read(chat)).toEqual(view);
  });

  test("over somebody else's change is a conflict and overwrites nothing", async () => {
    const chat = await aChat();
    const [one, other] = await Promise.allSettled([
      write(chat, { brand: { name: "One" } }),
      write(chat, { brand: { name: "Other" } }),
    ]);
    expect(one.status).toBe("fulfilled");
    expect(other).toMatchObject({ status: "rejected", reason: { code: "conflict" } });
    expect((await read(chat)).settings.brand.name).toBe("One");
    expect(await refusalCode(write(chat, {}, { version: 7 }))).toBe("conflict");
  });

  test("is refused for what the plan lacks, field by field", async () => {
    const chat = await aChat({ plan: { name: "entry", liveChatAddOn: false }, liveChat: false });
    const email = { enabled: true, addresses: ["team@example.com"] };
    await expect(write(chat, { liveChat: { enabled: true, email } })).rejects.toMatchObject({
      code: "not_entitled",
      fields: [{ path: "settings.liveChat.enabled" }, { path: "settings.liveChat.email.enabled" }],
    });
    expect(await write(chat, { liveChat: { enabled: false } })).toMatchObject({ version: 2 });
  });

  test("seals secrets for their chatbot, keeps absent ones, removes empty ones and never shows them", async () => {
    const chat = await aChat();
    const view = await write(chat, { liveChat: { zendesk } }, { secrets: { zendeskToken: "zd-secret" } });
    expect(view.secretsSet).toEqual({ zendeskToken: true, webhookSecret: false, identitySecret: false });
    expect(JSON.stringify(view)).not.toContain("zd-secret");
    await write(chat, { liveChat: { zendesk } }, { version: 2 });
    const sealed = (await chat.stores.chatbots.get("shop"))?.sealed.zendeskToken ?? "";
    expect(sealed).not.toContain("zd-secret");
    expect(await chat.tokens.open(zendeskTokenContext("shop"), sealed)).toBe("zd-secret");
    await expect(chat.tokens.open(zendeskTokenContext("other"), sealed)).rejects.toThrow("another place");
    const removed = await write(chat, {}, { version: 3, secrets: { zendeskToken: "" } });
    expect(removed.secretsSet.zendeskToken).toBe(false);
  });

  test("keeps the identity secret apart from the others", async () => {
    const chat = await aChat();
    const identitySecret = "0123456789abcdef0123456789abcdef";
    const view = await write(chat, {}, { secrets: { identitySecret } });
    expect(view.secretsSet).toEqual({ zendeskToken: false, webhookSecret: false, identitySecret: true });
    const sealed = (await chat.stores.chatbots.get("shop"))?.sealed.identitySecret ?? "";
    expect(await chat.tokens.open(identitySecretContext("shop"), sealed)).toBe(identitySecret);
    await expect(chat.tokens.open(zendeskTokenContext("shop"), sealed)).rejects.toThrow("another place");
    expect(SettingsChange.shape.secrets.safeParse({ identitySecret: "too short" }).success).toBe(false);
  });

  test("is refused for a channel that could not sign in", async () => {
    const chat = await aChat();
    await expect(write(chat, { liveChat: { zendesk } })).rejects.toMatchObject({
      code: "bad_request",
      fields: [{ path: "secrets.zendeskToken" }],
    });
    const responder = { kind: "webhook", url: "https://bot.example.com/answer" };
    await expect(write(chat, { responder })).rejects.toMatchObject({ fields: [{ path: "secrets.webhookSecret" }] });
  });
});

test("the quota's use is that of the running month", async () => {
  const chat = await aChat();
  await chat.stores.chatbots.takeMail("shop", "2026-11", 10);
  expect(await read(chat)).toMatchObject({ mailsUsed: 1, entitlements: { liveChat: true, mailsPerMonth: 1000 } });
  chat.clock.now = Date.UTC(2026, 11, 1);
  expect((await read(chat)).mailsUsed).toBe(0);
});

describe("what anyone may read of a chatbot", () => {
  test("live chat shows only where the plan has it, and the host name does not show", async () => {
    const chat = await aChat({ plan: { name: "entry", liveChatAddOn: false } });
    const chatbot = await chat.stores.chatbots.get("shop");
    if (chatbot === undefined) throw new Error("no chatbot");
    const shown = await publicChatbot(chat.services, chatbot);
    expect(shown.liveChat.enabled).toBe(false);
    expect(shown.brand).not.toHaveProperty("host");
    const withAddOn = { ...chatbot, plan: { name: "entry", liveChatAddOn: true } } as const;
    expect((await publicChatbot(chat.services, withAddOn)).liveChat.enabled).toBe(true);
  });

  test("the button waits for the n-th answer only with lazy triggering", async () => {
    const chat = await aChat();
    await write(chat, { liveChat: { enabled: true, buttonTrigger: { lazy: false, fromAnswer: 4 } } });
    const eager = await chat.stores.chatbots.get("shop");
    await write(chat, { liveChat: { enabled: true, buttonTrigger: { lazy: true, fromAnswer: 4 } } }, { version: 2 });
    const lazy = await chat.stores.chatbots.get("shop");
    const shown = await Promise.all([eager, lazy].map((each) => each && publicChatbot(chat.services, each)));
    expect(shown.map((each) => each?.liveChat.button.fromAnswer)).toEqual([1, 4]);
  });
});
