import { describe, expect, it } from "vitest";
import { type EventDetail, events } from "../../lambdas/contracts/events.ts";
import { requestTranscript } from "../../lambdas/conversation/request-transcript.ts";
import type { ConversationRef } from "../../lambdas/domain/conversation.ts";
import { quotaMonth } from "../../lambdas/domain/plan.ts";
import { mailTranscript } from "../../lambdas/notification/mail-transcript.ts";
import { recipientHash } from "../../lambdas/notification/notification-ids.ts";
import { unsubscribeMail } from "../../lambdas/notification/unsubscribe-mail.ts";
import type { SessionCaller } from "../../lambdas/runtime/caller.ts";
import { aMessage, aMove, anAppend, anId, bot, mia, minutes } from "../store/builders.ts";
import { aChat } from "./chat-world.ts";
import { aChatbot, anEscalation, aWorld, type World } from "./notify-world.ts";

const email = "ada@example.com";
const requested = (ref: ConversationRef, at = minutes(9)): EventDetail<"transcript.requested.v1"> => ({
  ...ref,
  eventId: `transcript-${at}`,
  at,
  email,
});

async function anAnsweredEscalation(world: World) {
  const { ref } = await anEscalation(world, { lead: { name: "Ada" }, texts: ["Where is my parcel?"] });
  const { conversations } = world.stores;
  const message = aMessage("It arrives tomorrow.", { author: mia, at: minutes(6) });
  await conversations.move(ref, aMove("takeOver", { message }));
  const note = { id: anId(), author: mia, at: minutes(7), follow: () => ({ events: [] }) };
  await conversations.remark(ref, { ...note, kind: "note", text: "Customer is angry." });
  return ref;
}

describe("a transcript", () => {
  it("brings the customer what both sides said, once, and counts against the quota", async () => {
    const world = await aWorld();
    const ref = await anAnsweredEscalation(world);
    for (let n = 0; n < 3; n++) await mailTranscript(world.outside, requested(ref));
    expect(world.mailbox.sent).toHaveLength(1);
    const mail = world.mailbox.sent[0];
    expect(mail).toMatchObject({ to: email, subject: "[7KQ4-M2TX] Your chat with Fernweh Outdoor" });
    for (const body of [mail?.text, mail?.html]) {
      for (const said of ["Where is my parcel?", "I don", "It arrives tomorrow.", "You asked for a person."]) {
        expect(body).toContain(said);
      }
      expect(body).toContain("/portal/customer#");
    }
    expect(await world.stores.chatbots.mailsUsed("demo", quotaMonth(world.clock.now))).toBe(1);
    expect((await world.stores.conversations.open(ref, { limit: 1 }))?.notifications).toMatchObject([
      { reason: "transcript", recipient: email, state: "sent" },
    ]);
  });

  it("holds nothing that is between agents, nor the name that the visitor gave", async () => {
    const world = await aWorld();
    await mailTranscript(world.outside, requested(await anAnsweredEscalation(world)));
    const { text, html, subject } = world.mailbox.sent[0] ?? {};
    expect(`${text}${html}${subject}`).not.toMatch(/angry|Ada/);
  });

  it("carries no stranger's words to a stranger: without a human answer the visitor's own are left out", async () => {
    const world = await aWorld();
    const { ref } = await anEscalation(world, { texts: ["WIN A PRIZE at https://evil.example"] });
    await mailTranscript(world.outside, requested(ref));
    const { text = "", html = "" } = world.mailbox.sent[0] ?? {};
    expect(`${text}${html}`).not.toMatch(/PRIZE|evil\.example/);
    expect(text).toContain("Your own messages are not repeated here.");
    expect(html).toContain("Your own messages are not repeated here.");
  });

  it.each([
    ["who wants no more mails", "unsubscribed"],
    ["whose address bounced", "suppressed"],
  ])("is not sent to somebody %s", async (_, detail) => {
    const world = await aWorld();
    const ref = await anAnsweredEscalation(world);
    if (detail === "unsubscribed") await world.stores.mailWishes.mute(ref, recipientHash(email), minutes(8));
    else {
      await mailTranscript(world.outside, requested(ref, minutes(8)));
      const line = (await world.stores.conversations.open(ref, { limit: 1 }))?.notifications[0];
      const bounced = { state: "bounced", detail: "hard_bounce", at: minutes(8) } as const;
      await world.stores.conversations.settle(ref, line?.notificationId ?? "", bounced);
      world.mailbox.sent.length = 0;
    }
    await mailTranscript(world.outside, requested(ref));
    expect(world.mailbox.sent).toEqual([]);
    const ledger = (await world.stores.conversations.open(ref, { limit: 1 }))?.notifications;
    expect(ledger?.at(-1)).toMatchObject({ reason: "transcript", state: "skipped", detail });
  });

  it("is skipped when the plan has no mails left, and when the conversation has gone", async () => {
    const world = await aWorld(aChatbot("demo", {}, { plan: { name: "entry", liveChatAddOn: false } }));
    const { ref } = await anEscalation(world);
    await mailTranscript(world.outside, requested(ref));
    await mailTranscript(world.outside, requested({ ...ref, conversationId: "conversation-gone" }));
    expect(world.mailbox.sent).toEqual([]);
    expect((await world.stores.conversations.open(ref, { limit: 1 }))?.notifications).toMatchObject([
      { state: "skipped", detail: "quota_exhausted" },
    ]);
  });
});

describe("asking for a transcript", () => {
  async function aTalk() {
    const chat = await aChat();
    const say = (text: string) =>
      chat.stores.conversations.append(chat.ref, anAppend({ message: aMessage(text, { author: bot }) }));
    const ask = (caller: SessionCaller, address = email, conversationId = chat.ref.conversationId) =>
      requestTranscript({ ...chat.stores, now: chat.services.now }, caller, conversationId, address);
    return { chat, say, ask };
  }

  it("stores the event that the mail follows from, and the same address again is the same request", async () => {
    const { chat, say, ask } = await aTalk();
    await say("Hello!");
    await ask(chat.visitor);
    await ask(chat.visitor, "ADA@example.com");
    await ask(await chat.portal("customer"));
    const stored = chat.stores.conversations.outbox;
    expect(stored.map(({ type }) => type)).toEqual(["transcript.requested.v1"]);
    expect(events["transcript.requested.v1"].parse(stored[0]?.detail)).toMatchObject({ ...chat.ref, email });
  });

  it("is refused after three, for others, for agents, and before anything was said", async () => {
    const { chat, say, ask } = await aTalk();
    await expect(ask(chat.visitor)).rejects.toMatchObject({ code: "conflict" });
    await say("Hello!");
    await expect(ask(chat.visitor, email, "conversation-2")).rejects.toMatchObject({ code: "not_found" });
    await expect(ask(await chat.portal("agent"))).rejects.toMatchObject({ code: "forbidden" });
    for (const n of [1, 2, 3]) await ask(chat.visitor, `ada${n}@example.com`);
    await expect(ask(chat.visitor, "ada4@example.com")).rejects.toMatchObject({ code: "too_many_requests" });
    expect(chat.stores.conversations.outbox).toHaveLength(3);
  });
});

describe("unsubscribing", () => {
  it("mutes the address of the token in its conversation, and may be repeated", async () => {
    const chat = await aChat();
    const services = { ...chat.stores, tokens: chat.tokens, now: chat.services.now };
    const recipient = recipientHash(email);
    const token = await chat.tokens.createMailToken({ ...chat.ref, recipientHash: recipient }, chat.clock.now + 60_000);
    for (let n = 0; n < 2; n++) await unsubscribeMail(services, token);
    expect(await chat.stores.mailWishes.isMuted(chat.ref, recipient)).toBe(true);
    expect(await chat.stores.mailWishes.isMuted(chat.ref, recipientHash("ben@example.com"))).toBe(false);
  });

  it("is refused without our signature and after the link's time, and leaves no trace of an erased conversation", async () => {
    const chat = await aChat();
    const services = { ...chat.stores, tokens: chat.tokens, now: chat.services.now };
    const claims = { ...chat.ref, recipientHash: recipientHash(email) };
    const link = await chat.tokens.createLinkToken({ ...chat.ref, linkId: "link-0001" }, chat.clock.now + 60_000);
    for (const token of ["", "bent", link]) {
      await expect(unsubscribeMail(services, token)).rejects.toMatchObject({ code: "unauthorized" });
    }
    const gone = { ...claims, conversationId: "conversation-gone" };
    await unsubscribeMail(services, await chat.tokens.createMailToken(gone, chat.clock.now + 60_000));
    expect(await chat.stores.mailWishes.isMuted(gone, claims.recipientHash)).toBe(false);
    const late = await chat.tokens.createMailToken(claims, chat.clock.now + 1_000);
    chat.clock.now += 2_000;
    await expect(unsubscribeMail(services, late)).rejects.toMatchObject({ code: "link_expired" });
  });
});
