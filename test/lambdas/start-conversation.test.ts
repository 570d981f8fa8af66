import { describe, expect, test } from "vitest";
import { saveLead } from "../../lambdas/conversation/save-lead.ts";
import { startConversation } from "../../lambdas/conversation/start-conversation.ts";
import { viewConversation } from "../../lambdas/inbox/view-conversation.ts";
import { aChat, type Chat, day, refusalCode } from "./chat-world.ts";

const servicesOf = (chat: Chat) => ({ ...chat.services, tokens: chat.tokens });

describe("starting", () => {
  test("stores what the edge saw and what the page said, without control characters", async () => {
    const chat = await aChat();
    const viewer = { ip: "198.51.100.7", country: "DE", userAgent: "Browser" };
    const body = { chatbotId: "shop", page: "https://shop.example/cart", locale: "de\u0000-DE\u202E", referrer: "" };
    const started = await startConversation(servicesOf(chat), body, viewer);
    expect(started.resumed).toBe(false);
    const stored = await chat.stores.conversations.visitor({ chatbotId: "shop", ...started });
    expect(stored?.facts).toEqual({ ...viewer, page: "https://shop.example/cart", locale: "de-DE" });
  });

  test("resumes what its session names and renews the session", async () => {
    const chat = await aChat();
    const session = await chat.tokens.issueSession(chat.visitor);
    chat.clock.now += 29 * day;
    const resumed = await startConversation(servicesOf(chat), { chatbotId: "shop", session }, {});
    expect(resumed).toMatchObject({ resumed: true, conversationId: "conversation-1", visitorId: "visitor-1" });
    chat.clock.now += 29 * day;
    expect(await chat.tokens.readSession(resumed.session)).toEqual(chat.visitor);
  });

  test.each([
    ["a bent session", async () => "not.a.token"],
    ["a session of another chatbot", (chat: Chat) => chat.tokens.issueSession({ ...chat.visitor, chatbotId: "other" })],
    ["a portal's session", async (chat: Chat) => chat.tokens.issueSession(await chat.portal("agent"))],
    [
      "a session whose conversation was deleted",
      (chat: Chat) => chat.tokens.issueSession({ ...chat.visitor, conversationId: "conversation-x" }),
    ],
  ])("begins anew with %s", async (_, sessionOf) => {
    const chat = await aChat();
    const started = await startConversation(
      servicesOf(chat),
      { chatbotId: "shop", session: await sessionOf(chat) },
      {},
    );
    expect(started.resumed).toBe(false);
    expect(started.conversationId).not.toBe("conversation-1");
    expect(started.visitorId).not.toBe("visitor-1");
  });

  test("anew, begins another conversation of the same visitor, with what they left and had before", async () => {
    const chat = await aChat();
    await chat.stores.conversations.saveLead(chat.ref, { name: "Cara", email: "cara@example.com" });
    let session = await chat.tokens.issueSession(chat.visitor);
    const begun = [chat.ref.conversationId];
    for (let i = 0; i < 22; i += 1) {
      const next = await startConversation(servicesOf(chat), { chatbotId: "shop", session, anew: true }, {});
      expect(next).toMatchObject({ resumed: false, visitorId: "visitor-1" });
      begun.unshift(next.conversationId);
      session = next.session;
    }
    expect(new Set(begun).size).toBe(23);
    const newest = { chatbotId: "shop", conversationId: begun[0] ?? "" };
    const { row, visitor, earlier } = await viewConversation(chat.stores, newest, undefined);
    expect(row.displayName).toBe("Cara");
    expect(visitor.lead).toEqual({ name: "Cara", email: "cara@example.com" });
    expect(earlier.map(({ conversationId }) => conversationId)).toEqual(begun.slice(1, 21));
    expect((await viewConversation(chat.stores, chat.ref, undefined)).earlier).toEqual([]);
  });

  test("anew with a session that opens nothing here begins as a stranger", async () => {
    const chat = await aChat();
    for (const session of [
      "not.a.token",
      await chat.tokens.issueSession({ ...chat.visitor, chatbotId: "other" }),
      await chat.tokens.issueSession(await chat.portal("customer")),
      await chat.tokens.issueSession({ ...chat.visitor, conversationId: "conversation-x" }),
    ]) {
      const started = await startConversation(servicesOf(chat), { chatbotId: "shop", session, anew: true }, {});
      expect(started.visitorId).not.toBe("visitor-1");
      expect((await chat.stores.conversations.visitor({ chatbotId: "shop", ...started }))?.earlier).toEqual([]);
    }
  });

  test("finds no unknown chatbot", async () => {
    const chat = await aChat();
    expect(await refusalCode(startConversation(servicesOf(chat), { chatbotId: "nobody" }, {}))).toBe("not_found");
  });

  test("shows the new row on the dashboards", async () => {
    const chat = await aChat();
    const action = { action: "hello", version: 1, after: 0 } as const;
    await chat.act({ caller: chat.agent, connectionId: "socket-team", action });
    const { conversationId } = await startConversation(servicesOf(chat), { chatbotId: "shop" }, {});
    expect(chat.connections.framesTo("socket-team")).toMatchObject([{ type: "row", row: { conversationId } }]);
  });
});

describe("leaving a lead", () => {
  test("merges, cleans and shows the name in the inbox", async () => {
    const chat = await aChat();
    await saveLead(chat.services, chat.visitor, "conversation-1", { email: "cara@example.com" });
    const lead = await saveLead(chat.services, chat.visitor, "conversation-1", {
      name: "Cara\r\nBcc: everybody",
      notes: "one\r\ntwo\u0007",
    });
    expect(lead).toEqual({ email: "cara@example.com", name: "CaraBcc: everybody", notes: "one\ntwo" });
    expect((await chat.head()).displayName).toBe("CaraBcc: everybody");
  });

  test("is for the session's own conversation, and not for agents' portals", async () => {
    const chat = await aChat();
    expect(await refusalCode(saveLead(chat.services, chat.visitor, "conversation-2", {}))).toBe("not_found");
    const portal = await chat.portal("agent");
    expect(await refusalCode(saveLead(chat.services, portal, "conversation-1", { name: "X" }))).toBe("forbidden");
  });
});
