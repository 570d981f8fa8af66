import { describe, expect, it } from "vitest";
import type { MailFeedback } from "../../lambdas/adapters/mail-feedback.ts";
import { leaseUntil } from "../../lambdas/domain/presence.ts";
import { notificationView } from "../../lambdas/notification/notification-view.ts";
import { recordMailOutcome } from "../../lambdas/notification/record-mail-outcome.ts";
import { aNotification } from "../store/builders.ts";
import { aChat, type Chat, minute } from "./chat-world.ts";

const notificationId = "unseen-visitor-0-1:email:0123456789abcdef";

/** A conversation with a mail to its customer on the way. */
async function aSentMail(state: "sending" | "sent" = "sending") {
  const chat = await aChat();
  await chat.stores.conversations.claim(
    chat.ref,
    aNotification(notificationId, {
      recipient: "ada@example.com",
      state: "sending",
      detail: "TimeoutError: perhaps sent.",
      subject: "Shop has answered you",
    }),
  );
  if (state === "sent") await chat.stores.conversations.settle(chat.ref, notificationId, { state, at: minute });
  return chat;
}

const says = (chat: Chat, kind: MailFeedback["kind"], at = chat.clock.now) =>
  recordMailOutcome(
    { conversations: chat.stores.conversations, delivery: chat.services.delivery, log: chat.log },
    { notification: { ...chat.ref, notificationId }, kind, at, messageId: "ses-1" },
  );

const line = async (chat: Chat) => {
  const known = await chat.stores.conversations.notification(chat.ref, notificationId);
  return known && notificationView(known);
};

describe("what SES says of a mail", () => {
  it("settles a mail of which nobody knew whether it was sent", async () => {
    const chat = await aSentMail();
    await says(chat, "sent");
    expect(await line(chat)).toMatchObject({ state: "sent", externalId: "ses-1" });
    expect(await line(chat)).not.toHaveProperty("detail");
    await says(chat, "delivered");
    expect(await line(chat)).toMatchObject({ state: "delivered" });
  });

  it.each([
    ["hardBounce", "hard_bounce"],
    ["softBounce", "soft_bounce"],
    ["complaint", "complaint"],
    ["rejected", "rejected"],
  ] as const)("is shown as bounced after %s, with the reason", async (kind, detail) => {
    const chat = await aSentMail("sent");
    await says(chat, kind);
    expect(await line(chat)).toMatchObject({ state: "bounced", detail });
  });

  it("never takes a line back, in whatever order and however often it is said", async () => {
    const chat = await aSentMail();
    for (const kind of ["delivered", "sent", "hardBounce", "delivered", "sent", "hardBounce"] as const) {
      await says(chat, kind);
    }
    expect(await line(chat)).toMatchObject({ state: "bounced", detail: "hard_bounce" });
  });

  it("changes nothing where there is no such line", async () => {
    const chat = await aChat();
    await says(chat, "delivered");
    expect(await line(chat)).toBeUndefined();
  });
});

describe("who hears of it", () => {
  async function withAudience(chat: Chat) {
    const until = leaseUntil(chat.clock.now);
    await chat.join(chat.visitor, "visitor-socket");
    await chat.join(chat.agent, "agent-socket");
    const socket = { chatbotId: "shop", agentId: "agent-bea", name: "Bea", until };
    await chat.stores.team.join({ ...socket, connectionId: "dashboard" });
    await chat.stores.team.join({ ...socket, connectionId: "agent-socket" });
    chat.connections.posted.length = 0;
  }
  const heard = (chat: Chat) =>
    chat.connections.posted.map(({ to, frame }) => [to, frame.type === "notification" && frame.notification.state]);

  it("is the agent who looks at the conversation, and never the visitor", async () => {
    const chat = await aSentMail();
    await withAudience(chat);
    await says(chat, "delivered");
    expect(heard(chat)).toEqual([["agent-socket", "delivered"]]);
    expect(chat.connections.posted[0]?.frame).toMatchObject({
      type: "notification",
      conversationId: chat.ref.conversationId,
      notification: { notificationId, recipient: "ada@example.com", state: "delivered" },
    });
    expect(JSON.stringify(chat.connections.posted)).not.toMatch(/claimedAt|attempts|subject/);
  });

  it("is the whole team when it bounced, everybody once", async () => {
    const chat = await aSentMail();
    await withAudience(chat);
    await says(chat, "hardBounce");
    expect(heard(chat).sort()).toEqual([
      ["agent-socket", "bounced"],
      ["dashboard", "bounced"],
    ]);
  });

  it("is nobody when a late event changed nothing", async () => {
    const chat = await aSentMail();
    await says(chat, "hardBounce");
    await withAudience(chat);
    await says(chat, "sent");
    expect(heard(chat)).toEqual([]);
  });

  it("does not matter to the ledger when a socket is broken", async () => {
    const chat = await aSentMail();
    await withAudience(chat);
    chat.connections.broken.add("agent-socket");
    chat.connections.gone.add("dashboard");
    await says(chat, "hardBounce");
    expect(await line(chat)).toMatchObject({ state: "bounced" });
  });
});
