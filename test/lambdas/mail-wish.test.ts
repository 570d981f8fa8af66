import { describe, expect, it } from "vitest";
import { readMailWish, writeMailWish } from "../../lambdas/notification/mail-wish.ts";
import { recipientHash } from "../../lambdas/notification/notification-ids.ts";
import { makeLink } from "../../lambdas/portal/make-link.ts";
import { openPortal } from "../../lambdas/portal/open-portal.ts";
import { aChat, type Chat } from "./chat-world.ts";

const email = "ada@example.com";

async function aWish(over: { readonly conversationId?: string } = {}) {
  const chat = await aChat();
  const services = { ...chat.stores, tokens: chat.tokens, now: chat.services.now };
  const claims = { ...chat.ref, recipientHash: recipientHash(email), ...over };
  const token = await chat.tokens.createMailToken(claims, chat.clock.now + 60_000);
  return { chat, services, token };
}

const portalServices = (chat: Chat) => ({
  ...chat.services,
  tokens: chat.tokens,
  publicOrigin: "https://chat.example.com",
});

async function openedBy(chat: Chat, role: "agent" | "customer") {
  const { url } = await makeLink(portalServices(chat), chat.ref, { linkId: `link-${role}`, role, recipient: email });
  return openPortal(portalServices(chat), url.split("#")[1] ?? "");
}

describe("the wish for mails", () => {
  it("is there from the beginning, can be taken back, and said again", async () => {
    const { services, token } = await aWish();
    expect(await readMailWish(services, token)).toEqual({ wanted: true });
    for (const wanted of [false, false, true, true]) {
      expect(await writeMailWish(services, token, wanted)).toEqual({ wanted });
      expect(await readMailWish(services, token)).toEqual({ wanted });
    }
  });

  it("is nobody's without our signature", async () => {
    const { services } = await aWish();
    await expect(readMailWish(services, "bent")).rejects.toMatchObject({ code: "unauthorized" });
    await expect(writeMailWish(services, "bent", true)).rejects.toMatchObject({ code: "unauthorized" });
  });

  it("leaves no trace of a conversation that is gone", async () => {
    const { services, token } = await aWish({ conversationId: "conversation-gone" });
    await expect(writeMailWish(services, token, true)).rejects.toMatchObject({ code: "not_found" });
    await expect(readMailWish(services, token)).rejects.toMatchObject({ code: "not_found" });
    expect(await writeMailWish(services, token, false)).toEqual({ wanted: false });
  });
});

describe("the customer's portal", () => {
  it("gets the token of the address that the customer left", async () => {
    const { chat, services } = await aWish();
    await chat.stores.conversations.saveLead(chat.ref, { email });
    const { mailToken = "" } = await openedBy(chat, "customer");
    await writeMailWish(services, mailToken, false);
    expect(await chat.stores.mailWishes.isMuted(chat.ref, recipientHash(email))).toBe(true);
  });

  it("gets none without an address, and an agent's never does", async () => {
    const { chat } = await aWish();
    expect(await openedBy(chat, "customer")).not.toHaveProperty("mailToken");
    await chat.stores.conversations.saveLead(chat.ref, { email });
    expect(await openedBy(chat, "agent")).not.toHaveProperty("mailToken");
  });
});
