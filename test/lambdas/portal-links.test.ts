import { describe, expect, test } from "vitest";
import { actOnConversation } from "../../lambdas/conversation/act-on-conversation.ts";
import { makeLink } from "../../lambdas/portal/make-link.ts";
import { openPortal } from "../../lambdas/portal/open-portal.ts";
import { revokeLink } from "../../lambdas/portal/revoke-link.ts";
import { rotateLink } from "../../lambdas/portal/rotate-link.ts";
import { aChat, type Chat, day, minute, refusalCode, send } from "./chat-world.ts";

const servicesOf = (chat: Chat) => ({
  ...chat.services,
  tokens: chat.tokens,
  connections: chat.connections,
  publicOrigin: "https://chat.example.com",
});
const tokenIn = (url: string) => url.split("#")[1] ?? "";

async function aLink(chat: Chat, role: "agent" | "customer" = "customer", linkId = "link-0001") {
  return makeLink(servicesOf(chat), chat.ref, { linkId, role, recipient: "cara@example.com" });
}

describe("making a link", () => {
  test("puts the token into the fragment of the role's page", async () => {
    const chat = await aChat();
    const { url } = await aLink(chat, "agent");
    expect(url).toMatch(/^https:\/\/chat\.example\.com\/portal\/agent#[\w.-]+$/);
  });

  test("uses the owner's own host name", async () => {
    const chat = await aChat();
    const chatbot = await chat.stores.chatbots.get("shop");
    if (chatbot === undefined) throw new Error("no chatbot");
    const brand = { ...chatbot.settings.brand, host: "help.shop.example" };
    await chat.stores.chatbots.put({ ...chatbot, settings: { ...chatbot.settings, brand } });
    expect((await aLink(chat)).url).toMatch(/^https:\/\/help\.shop\.example\/portal\/customer#/);
  });

  test("finds no conversation of another chatbot", async () => {
    const chat = await aChat();
    const foreign = { ...chat.ref, chatbotId: "other" };
    const order = { linkId: "link-0001", role: "agent", recipient: "x" } as const;
    expect(await refusalCode(makeLink(servicesOf(chat), foreign, order))).toBe("not_found");
  });
});

describe("opening a portal", () => {
  test("gives a session of one hour, logs the opening and changes nothing in the conversation", async () => {
    const chat = await aChat();
    const { url } = await aLink(chat);
    const before = await chat.head();
    const opened = await openPortal(servicesOf(chat), tokenIn(url));
    expect(opened).toMatchObject({ role: "customer", expiresInSeconds: 3600, conversationId: "conversation-1" });
    expect(opened).not.toHaveProperty("visitor");
    expect(await chat.head()).toEqual(before);
    expect(await chat.stores.conversations.link(chat.ref, "link-0001")).toMatchObject({ opened: 1 });
    expect(await chat.tokens.readSession(opened.session)).toMatchObject({ kind: "portal", role: "customer" });
  });

  test("shows the visitor to an agent", async () => {
    const chat = await aChat();
    const opened = await openPortal(servicesOf(chat), tokenIn((await aLink(chat, "agent")).url));
    expect(opened.visitor).toEqual({ facts: { country: "DE" }, lead: {} });
  });

  test("works again and again until the link expires, and the last session ends with it", async () => {
    const chat = await aChat();
    const token = tokenIn((await aLink(chat)).url);
    await openPortal(servicesOf(chat), token);
    chat.clock.now += 30 * day - minute;
    const { session, expiresInSeconds } = await openPortal(servicesOf(chat), token);
    expect(expiresInSeconds).toBe(60);
    chat.clock.now += 2 * minute;
    expect(await refusalCode(openPortal(servicesOf(chat), token))).toBe("link_expired");
    expect(await refusalCode(chat.tokens.readSession(session))).toBe("unauthorized");
  });

  test("refuses a bent token without a look at the table", async () => {
    const chat = await aChat();
    const token = tokenIn((await aLink(chat)).url);
    const conversations = { ...chat.stores.conversations, link: () => Promise.reject(new Error("a look")) };
    const opening = openPortal({ ...servicesOf(chat), conversations }, `${token.slice(0, -4)}AAAA`);
    expect(await refusalCode(opening)).toBe("unauthorized");
  });

  test("refuses a session in the place of a link", async () => {
    const chat = await aChat();
    const session = await chat.tokens.issueSession(await chat.portal("agent"));
    expect(await refusalCode(openPortal(servicesOf(chat), session))).toBe("unauthorized");
  });
});

describe("revoking a link", () => {
  test("closes its sockets after saying why, and takes them off the conversation", async () => {
    const chat = await aChat();
    const { url } = await aLink(chat);
    const { session } = await openPortal(servicesOf(chat), tokenIn(url));
    const caller = await chat.tokens.readSession(session);
    await chat.join(caller, "socket-c");
    await chat.act({ caller, action: { action: "heartbeat" } });
    const link = await revokeLink(servicesOf(chat), chat.ref, "link-0001");
    expect(link.revokedAt).toBe(chat.clock.now);
    expect(chat.connections.framesTo("socket-c").at(-1)).toMatchObject({ type: "closed", code: "link_revoked" });
    expect(chat.connections.closed).toEqual(["socket-c"]);
    const sending = chat.act({ caller, connectionId: "socket-c", action: send("message-1", "Hi") });
    expect(await refusalCode(sending)).toBe("hello_required");
    expect(await refusalCode(chat.join(caller, "socket-d"))).toBe("link_revoked");
  });

  test("ends its running sessions over HTTPS too", async () => {
    const chat = await aChat();
    const { url } = await aLink(chat);
    const caller = await chat.tokens.readSession((await openPortal(servicesOf(chat), tokenIn(url))).session);
    await revokeLink(servicesOf(chat), chat.ref, "link-0001");
    const acting = actOnConversation(chat.services, caller, "conversation-1", send("message-1", "Hi"));
    expect(await refusalCode(acting)).toBe("link_revoked");
    expect(await refusalCode(openPortal(servicesOf(chat), tokenIn(url)))).toBe("link_revoked");
  });

  test("twice succeeds and keeps the first moment; an unknown one is not found", async () => {
    const chat = await aChat();
    await aLink(chat);
    const first = await revokeLink(servicesOf(chat), chat.ref, "link-0001");
    chat.clock.now += minute;
    expect(await revokeLink(servicesOf(chat), chat.ref, "link-0001")).toEqual(first);
    expect(await refusalCode(revokeLink(servicesOf(chat), chat.ref, "link-none"))).toBe("not_found");
  });
});

test("rotating makes a successor for the same recipient and revokes the old link", async () => {
  const chat = await aChat();
  const { url } = await aLink(chat);
  const successor = await rotateLink(servicesOf(chat), chat.ref, "link-0001");
  expect(successor.link).toMatchObject({ role: "customer", recipient: "cara@example.com" });
  expect(await refusalCode(openPortal(servicesOf(chat), tokenIn(url)))).toBe("link_revoked");
  expect(await openPortal(servicesOf(chat), tokenIn(successor.url))).toMatchObject({ role: "customer" });
  expect(await refusalCode(rotateLink(servicesOf(chat), chat.ref, "link-0001"))).toBe("link_revoked");
});
