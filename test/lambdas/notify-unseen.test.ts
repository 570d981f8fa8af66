import { describe, expect, it } from "vitest";
import type { EventDetail } from "../../lambdas/contracts/events.ts";
import type { ConversationRef } from "../../lambdas/domain/conversation.ts";
import { leaseUntil } from "../../lambdas/domain/presence.ts";
import { recipientHash } from "../../lambdas/notification/notification-ids.ts";
import { notifyUnseen } from "../../lambdas/notification/notify-unseen.ts";
import { aConversation, aMessage, aMove, anAppend, aRef, mia, minutes } from "../store/builders.ts";
import { aChatbot, anEscalation, aWorld, type World } from "./notify-world.ts";

type Detail = EventDetail<"message.unseen.v1">;

/** An open conversation in which the agent has written two messages and the customer one after them. */
async function anOpenTalk(world: World, lead: object = { name: "Ada", email: "ada@example.com" }) {
  const { ref } = await anEscalation(world, { lead, texts: ["Where is my parcel? PLEASE"] });
  const { conversations } = world.stores;
  await conversations.move(ref, aMove("takeOver"));
  for (const text of ["Hello Ada, I am looking.", "It arrives tomorrow."]) {
    await conversations.append(ref, anAppend({ message: aMessage(text, { author: mia, at: minutes(6) }) }));
  }
  return ref;
}

async function unseenBy(
  world: World,
  ref: ConversationRef,
  recipient: Detail["recipient"],
  at = minutes(8),
): Promise<Detail> {
  const head = await world.stores.conversations.head(ref);
  return { ...ref, eventId: `e-${at}`, at, recipient, readMark: head?.read[recipient] ?? 0, seq: head?.seq ?? 0 };
}

const ledgerOf = async (world: World, ref: ConversationRef) =>
  (await world.stores.conversations.open(ref, { limit: 1 }))?.notifications;

describe("a message that waits for the customer", () => {
  it("brings everything unread in one mail with the customer's link, once per away period", async () => {
    const world = await aWorld();
    const ref = await anOpenTalk(world);
    const detail = await unseenBy(world, ref, "visitor");
    for (let n = 0; n < 3; n++) await notifyUnseen(world.outside, detail);
    expect(world.mailbox.sent).toHaveLength(1);
    const mail = world.mailbox.sent[0];
    expect(mail?.to).toBe("ada@example.com");
    expect(mail?.subject).toBe("[7KQ4-M2TX] Fernweh Outdoor has answered you");
    for (const body of [mail?.text, mail?.html]) {
      expect(body).toContain("Hello Ada, I am looking.");
      expect(body).toContain("It arrives tomorrow.");
      expect(body).toContain("https://chat.example/portal/customer#token-of-");
    }
  });

  it("holds nothing that a visitor wrote: the address is not proved to be theirs", async () => {
    const world = await aWorld();
    const ref = await anOpenTalk(world, { name: "WIN A PRIZE evil.example", email: "victim@example.com" });
    await notifyUnseen(world.outside, await unseenBy(world, ref, "visitor"));
    const mail = world.mailbox.sent[0];
    expect(`${mail?.subject}${mail?.fromName}${mail?.text}${mail?.html}`).not.toMatch(/PRIZE|PLEASE|shop\.example/);
  });

  it.each<[string, (world: World, ref: ConversationRef) => Promise<unknown>, string]>([
    [
      "has come back",
      (world, ref) =>
        world.stores.conversations.join(ref, {
          connectionId: "c",
          party: "visitor",
          until: leaseUntil(world.clock.now),
        }),
      "present",
    ],
    ["has read it", (world, ref) => world.stores.conversations.markRead(ref, { party: "visitor", seq: 99 }), "read"],
  ])("is not mailed when the customer %s", async (_, happens, reason) => {
    const world = await aWorld();
    const ref = await anOpenTalk(world);
    const detail = await unseenBy(world, ref, "visitor");
    await happens(world, ref);
    await notifyUnseen(world.outside, detail);
    await notifyUnseen(world.outside, detail);
    expect(world.mailbox.sent).toEqual([]);
    expect(await ledgerOf(world, ref)).toMatchObject([{ state: "skipped", detail: reason, attempts: 1 }]);
  });

  it("is mailed when the lease of the page has run out", async () => {
    const world = await aWorld();
    const ref = await anOpenTalk(world);
    await world.stores.conversations.join(ref, { connectionId: "c", party: "visitor", until: minutes(9) / 1000 });
    await notifyUnseen(world.outside, await unseenBy(world, ref, "visitor"));
    expect(world.mailbox.sent).toHaveLength(1);
  });

  it("tells the agent in the ledger that a customer without an address can't be reached", async () => {
    const world = await aWorld();
    const ref = await anOpenTalk(world, { name: "Ada" });
    await notifyUnseen(world.outside, await unseenBy(world, ref, "visitor"));
    expect(world.mailbox.sent).toEqual([]);
    expect(await ledgerOf(world, ref)).toMatchObject([{ state: "skipped", detail: "no_address" }]);
  });

  it("is mailed in the customer's language and by their clock", async () => {
    const world = await aWorld();
    const ref = aRef();
    const facts = { locale: "es-MX", timeZone: "America/Mexico_City" };
    await world.stores.conversations.start({ ...aConversation(ref), facts });
    await world.stores.conversations.saveLead(ref, { email: "ada@example.com" });
    const message = aMessage("Your parcel arrives tomorrow.", { author: mia, at: minutes(6) });
    await world.stores.conversations.move(ref, aMove("takeOver", { message }));
    await notifyUnseen(world.outside, await unseenBy(world, ref, "visitor"));
    expect(world.mailbox.sent[0]?.subject).toBe("Fernweh Outdoor le ha respondido");
    expect(world.mailbox.sent[0]?.html).toMatch(/lang="es-MX"/);
    expect(world.mailbox.sent[0]?.text).toMatch(/Mia, 22 nov 2026, 03:06/);
  });

  it("can be stopped from the mail: by its program with one click, and by its reader on a page", async () => {
    const world = await aWorld();
    const ref = await anOpenTalk(world);
    await notifyUnseen(world.outside, await unseenBy(world, ref, "visitor"));
    const mail = world.mailbox.sent[0];
    const hash = recipientHash("ada@example.com");
    expect(mail?.unsubscribeUrl).toBe(`https://chat.example/api/mail-preferences?token=stop-${hash}`);
    expect(mail?.text).toContain(`https://chat.example/portal/mail#stop-${hash}`);
    expect(mail?.notification).toEqual({ ...ref, notificationId: expect.stringMatching(/^unseen-visitor-/) });
  });

  it("is not mailed to somebody who wants no more mails, who is told again under another address", async () => {
    const world = await aWorld();
    const ref = await anOpenTalk(world, { email: "Ada@Example.com" });
    await world.stores.mailWishes.mute(ref, recipientHash("ada@example.com"), minutes(7));
    await notifyUnseen(world.outside, await unseenBy(world, ref, "visitor"));
    expect(world.mailbox.sent).toEqual([]);
    expect(await ledgerOf(world, ref)).toMatchObject([{ state: "skipped", detail: "unsubscribed" }]);
    await world.stores.conversations.saveLead(ref, { email: "ada@work.example" });
    await notifyUnseen(world.outside, await unseenBy(world, ref, "visitor", minutes(9)));
    expect(world.mailbox.sent.map((mail) => mail.to)).toEqual(["ada@work.example"]);
  });

  it.each([
    ["hard_bounce", 0],
    ["complaint", 0],
    ["soft_bounce", 1],
  ])("after a mail came back as %s is mailed %d more times", async (detail, times) => {
    const world = await aWorld();
    const ref = await anOpenTalk(world);
    await notifyUnseen(world.outside, await unseenBy(world, ref, "visitor"));
    const [line] = (await ledgerOf(world, ref)) ?? [];
    const bounced = { state: "bounced", detail, at: minutes(9) } as const;
    await world.stores.conversations.settle(ref, line?.notificationId ?? "", bounced);
    world.clock.now = minutes(8 * 60);
    await notifyUnseen(world.outside, await unseenBy(world, ref, "visitor", minutes(8 * 60)));
    expect(world.mailbox.sent).toHaveLength(1 + times);
    const states = (await ledgerOf(world, ref))?.map((each) => [each.state, each.detail]);
    expect(states?.[1]).toEqual(times === 0 ? ["skipped", "suppressed"] : ["sent", undefined]);
  });

  it("is one mail although two events told of the same away period, and another one hours later", async () => {
    const world = await aWorld();
    const ref = await anOpenTalk(world);
    await notifyUnseen(world.outside, await unseenBy(world, ref, "visitor", minutes(8)));
    await notifyUnseen(world.outside, await unseenBy(world, ref, "visitor", minutes(9)));
    expect(world.mailbox.sent).toHaveLength(1);
    world.clock.now = minutes(8 * 60);
    await notifyUnseen(world.outside, await unseenBy(world, ref, "visitor", minutes(8 * 60)));
    expect(world.mailbox.sent).toHaveLength(2);
  });
});

describe("a message that waits for the team", () => {
  async function answeredBy(world: World, ref: ConversationRef, text: string) {
    await world.stores.conversations.append(ref, anAppend({ message: aMessage(text, { at: minutes(7) }) }));
    return unseenBy(world, ref, "agent");
  }

  it("goes to the notification addresses with the customer's words and the agent's link", async () => {
    const world = await aWorld();
    const ref = await anOpenTalk(world);
    await notifyUnseen(world.outside, await answeredBy(world, ref, "Thanks, which day?"));
    expect(world.mailbox.sent.map((mail) => mail.to)).toEqual(["team@example.com"]);
    expect(world.mailbox.sent[0]?.subject).toBe("[7KQ4-M2TX] Ada has written again");
    expect(world.mailbox.sent[0]?.text).toContain("Thanks, which day?");
    expect(world.mailbox.sent[0]?.text).toContain("/portal/agent#");
  });

  it("is not mailed while an agent looks at the conversation", async () => {
    const world = await aWorld();
    const ref = await anOpenTalk(world);
    const detail = await answeredBy(world, ref, "Thanks!");
    const until = leaseUntil(world.clock.now);
    await world.stores.conversations.join(ref, { connectionId: "a", party: "agent", until });
    await notifyUnseen(world.outside, detail);
    expect(world.mailbox.sent).toEqual([]);
    expect(await ledgerOf(world, ref)).toMatchObject([{ state: "skipped", detail: "present" }]);
  });

  it("is not mailed when the conversation has ended in the meantime", async () => {
    const world = await aWorld();
    const ref = await anOpenTalk(world);
    const detail = await answeredBy(world, ref, "Solved, thanks!");
    await world.stores.conversations.move(ref, aMove("end"));
    await notifyUnseen(world.outside, detail);
    expect(await ledgerOf(world, ref)).toMatchObject([{ state: "skipped", detail: "not_open" }]);
  });

  it("is not mailed when notification by e-mail is off", async () => {
    const world = await aWorld(aChatbot("demo", { liveChat: { email: { enabled: false } } }));
    const ref = await anOpenTalk(world);
    await notifyUnseen(world.outside, await answeredBy(world, ref, "Thanks!"));
    expect(world.mailbox.sent).toEqual([]);
    expect(await ledgerOf(world, ref)).toEqual([]);
  });
});
