import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { composeMail, type OutgoingMail } from "../../lambdas/adapters/mail.ts";
import { quotaMonth } from "../../lambdas/domain/plan.ts";
import { notifyByEmail } from "../../lambdas/notification/notify-by-email.ts";
import { notifyUnseen } from "../../lambdas/notification/notify-unseen.ts";
import { TryAgain } from "../../lambdas/runtime/batch.ts";
import { aMessage, aMove, anAppend, minutes } from "../store/builders.ts";
import { aChatbot, anEscalation, aWorld } from "./notify-world.ts";

type Moving = (command: "takeOver" | "end") => Promise<void>;

const twoAddresses = { liveChat: { email: { enabled: true, addresses: ["a@example.com", "b@example.com"] } } };
const read = async (mail: OutgoingMail | undefined) => {
  if (mail === undefined) throw new Error("no mail");
  return PostalMime.parse(await composeMail(mail, "chat@mail.example"));
};

describe("the escalation mail", () => {
  it("tells a reader who waits, since when, from where, what was said, and where to answer", async () => {
    const world = await aWorld();
    const { detail } = await anEscalation(world, {
      lead: { name: "Ada Lovelace", email: "ada@example.com", phone: "+49 30 1234567" },
    });
    await notifyByEmail(world.outside, detail);
    const mail = await read(world.mailbox.sent[0]);

    expect(mail.from).toMatchObject({ name: "Fernweh Outdoor Live Chat", address: "chat@mail.example" });
    expect(mail.to).toEqual([{ name: "", address: "team@example.com" }]);
    expect(mail.subject).toBe("[7KQ4-M2TX] Ada Lovelace would like to talk to a person");
    for (const body of [mail.text ?? "", mail.html ?? ""]) {
      for (const expected of [
        "7KQ4-M2TX",
        "Ada Lovelace",
        "ada@example.com",
        "+49 30 1234567",
        "Germany",
        "https://shop.example/cart",
        "22 Nov 2026, 09:05 UTC",
        "Where is my parcel?",
        "I don",
        "Somebody will be with you soon.",
        "https://chat.example/portal/agent#token-of-",
      ]) {
        expect(body).toContain(expected);
      }
    }
  });

  it.each([
    ["nobody has answered", async () => {}, "nobody has answered yet", /taken over|ended/],
    [
      "an agent was quicker than the mail",
      (move: Moving) => move("takeOver"),
      "Mia has taken over",
      /nobody has answered/,
    ],
    ["the visitor was, and left", (move: Moving) => move("end"), "The chat has ended", /nobody has answered/],
  ])("tells the truth when %s", async (_, happens, said, wrong) => {
    const world = await aWorld();
    const { ref, detail } = await anEscalation(world);
    await happens(async (command) => void (await world.stores.conversations.move(ref, aMove(command))));
    await notifyByEmail(world.outside, detail);
    for (const body of [world.mailbox.sent[0]?.text.replace(/\s+/g, " "), world.mailbox.sent[0]?.html]) {
      expect(body).toContain(said);
      expect(body).not.toMatch(wrong);
    }
  });

  it("is written in the brand's language and by the clock of its business hours", async () => {
    const businessHours = { timeZone: "Europe/Berlin" };
    const world = await aWorld(aChatbot("demo", { brand: { locale: "de-AT" }, liveChat: { businessHours } }));
    await notifyByEmail(world.outside, (await anEscalation(world, { lead: { name: "Ada" } })).detail);
    const mail = world.mailbox.sent[0];
    expect(mail?.subject).toBe("[7KQ4-M2TX] Ada möchte mit einem Menschen sprechen");
    expect(mail?.html).toContain('lang="de-AT"');
    expect(mail?.text).toContain("10:05 MEZ");
    expect(mail?.text).toContain("Deutschland");
  });

  it("is followed by mails under the same subject, though the name was learnt later", async () => {
    const world = await aWorld();
    const { ref, detail } = await anEscalation(world);
    await notifyByEmail(world.outside, detail);
    await world.stores.conversations.move(ref, aMove("takeOver"));
    await world.stores.conversations.saveLead(ref, { name: "Ada" });
    for (const at of [minutes(8), minutes(8 * 60)]) {
      await world.stores.conversations.append(ref, anAppend({ message: aMessage("Hello?", { at }) }));
      const head = await world.stores.conversations.head(ref);
      const unseen = { ...ref, eventId: `e${at}`, at, recipient: "agent" as const, seq: head?.seq ?? 0 };
      world.clock.now = at;
      await notifyUnseen(world.outside, { ...unseen, readMark: head?.read.agent ?? 0 });
    }
    expect(world.mailbox.sent.map((mail) => mail.subject)).toEqual([
      "[7KQ4-M2TX] Customer would like to talk to a person",
      "Re: [7KQ4-M2TX] Customer would like to talk to a person",
      "Re: [7KQ4-M2TX] Customer would like to talk to a person",
    ]);
    expect(new Set(world.mailbox.sent.map((mail) => mail.thread)).size).toBe(1);
    expect(world.mailbox.sent[1]?.html).toContain("<bdi>Ada has written again</bdi>");
  });

  it("hangs together with the other mails of its conversation and asks for no automatic answer", async () => {
    const world = await aWorld();
    const { ref, detail } = await anEscalation(world);
    await notifyByEmail(world.outside, detail);
    const { headers } = await read(world.mailbox.sent[0]);
    const header = (key: string) => headers.find((each) => each.key === key)?.value;
    expect(header("references")).toBe(`<${ref.conversationId}@mail.example>`);
    expect(header("in-reply-to")).toBe(`<${ref.conversationId}@mail.example>`);
    expect(header("auto-submitted")).toBe("auto-generated");
    expect(header("x-auto-response-suppress")).toBe("All");
  });

  it("is sent once to each address, each with a link of its own, however often the event comes", async () => {
    const world = await aWorld(aChatbot("demo", twoAddresses));
    const { ref, detail } = await anEscalation(world);
    await Promise.all([notifyByEmail(world.outside, detail), notifyByEmail(world.outside, detail)]);
    await notifyByEmail(world.outside, detail);
    expect(world.mailbox.sent.map((mail) => mail.to).sort()).toEqual(["a@example.com", "b@example.com"]);
    const opened = await world.stores.conversations.open(ref, { limit: 10 });
    expect(opened?.links.map((link) => link.recipient).sort()).toEqual(["a@example.com", "b@example.com"]);
    const links = world.mailbox.sent.map((mail) => /portal\/agent#(\S+)/.exec(mail.text)?.[1]);
    expect(new Set(links).size).toBe(2);
    expect(opened?.notifications.map((each) => each.state)).toEqual(["sent", "sent"]);
  });

  it("goes to an address that is listed in two spellings once", async () => {
    const addresses = ["Team@example.com", "team@example.com"];
    const world = await aWorld(aChatbot("demo", { liveChat: { email: { enabled: true, addresses } } }));
    await notifyByEmail(world.outside, (await anEscalation(world)).detail);
    expect(world.mailbox.sent).toHaveLength(1);
  });

  it("is skipped, with its reason in the ledger, when the month's quota is used up", async () => {
    const world = await aWorld(aChatbot("demo", {}, { plan: { name: "entry", liveChatAddOn: true } }));
    const month = quotaMonth(world.clock.now);
    for (let n = 0; n < 100; n++) await world.stores.chatbots.takeMail("demo", month, 100);
    const { ref, detail } = await anEscalation(world);
    await notifyByEmail(world.outside, detail);
    expect(world.mailbox.sent).toEqual([]);
    const opened = await world.stores.conversations.open(ref, { limit: 10 });
    expect(opened?.notifications).toMatchObject([{ state: "skipped", detail: "quota_exhausted" }]);
  });

  it.each([
    ["live chat is off", aChatbot("demo", { liveChat: { enabled: false } })],
    ["e-mail is off", aChatbot("demo", { liveChat: { email: { enabled: false, addresses: ["a@example.com"] } } })],
    ["the plan has no live chat", aChatbot("demo", {}, { plan: { name: "entry", liveChatAddOn: false } })],
  ])("is not written when %s", async (_, chatbot) => {
    const world = await aWorld(chatbot);
    const { ref, detail } = await anEscalation(world);
    await notifyByEmail(world.outside, detail);
    expect(world.mailbox.sent).toEqual([]);
    expect((await world.stores.conversations.open(ref, { limit: 10 }))?.notifications).toEqual([]);
  });

  it("comes later, once, when SES was not available, and costs the quota once", async () => {
    const world = await aWorld();
    const { ref, detail } = await anEscalation(world);
    world.mailbox.answers.push({ kind: "unavailable", detail: "SES 503 ServiceUnavailable" });
    await expect(notifyByEmail(world.outside, detail)).rejects.toBeInstanceOf(TryAgain);
    expect((await world.stores.conversations.open(ref, { limit: 10 }))?.notifications).toMatchObject([
      { state: "failed", detail: "SES 503 ServiceUnavailable. Trying again." },
    ]);
    await notifyByEmail(world.outside, detail);
    await notifyByEmail(world.outside, detail);
    expect(world.mailbox.sent).toHaveLength(1);
    expect(await world.stores.chatbots.mailsUsed("demo", quotaMonth(world.clock.now))).toBe(1);
    expect((await world.stores.conversations.open(ref, { limit: 10 }))?.links).toHaveLength(1);
  });

  it("does not hold up the other addresses when one fails", async () => {
    const world = await aWorld(aChatbot("demo", twoAddresses));
    const { detail } = await anEscalation(world);
    world.mailbox.answers.push({ kind: "unavailable", detail: "SES 503" });
    await expect(notifyByEmail(world.outside, detail)).rejects.toBeInstanceOf(TryAgain);
    expect(world.mailbox.sent).toHaveLength(1);
    await notifyByEmail(world.outside, detail);
    expect(world.mailbox.sent.map((mail) => mail.to).sort()).toEqual(["a@example.com", "b@example.com"]);
  });

  it("is given up when SES refuses it, gives the quota back, and says why", async () => {
    const world = await aWorld();
    const { ref, detail } = await anEscalation(world);
    world.mailbox.answers.push({ kind: "refused", detail: "SES 400 MessageRejected" });
    await notifyByEmail(world.outside, detail);
    expect((await world.stores.conversations.open(ref, { limit: 10 }))?.notifications).toMatchObject([
      { state: "failed", detail: "SES 400 MessageRejected" },
    ]);
    expect(await world.stores.chatbots.mailsUsed("demo", quotaMonth(world.clock.now))).toBe(0);
    expect(world.logged).toContain("mail_refused");
  });

  it("is never sent again when nobody knows whether it went out", async () => {
    const world = await aWorld();
    const { ref, detail } = await anEscalation(world);
    world.mailbox.answers.push({ kind: "unknown", detail: "ECONNRESET" });
    await notifyByEmail(world.outside, detail);
    world.clock.now += 30 * 86_400_000;
    await notifyByEmail(world.outside, detail);
    expect(world.mailbox.sent).toHaveLength(1);
    expect((await world.stores.conversations.open(ref, { limit: 10 }))?.notifications[0]?.state).toBe("sending");
    expect(world.logged).toContain("mail_outcome_unknown");
  });

  it("shows hostile text as text", async () => {
    const world = await aWorld(aChatbot("demo", { brand: { name: `<b>Evil\r\nBcc: x@evil.example</b>` } }));
    const { detail } = await anEscalation(world, {
      lead: { name: "Eve\r\nBcc: all@evil.example", notes: "__proto__" },
      texts: [
        "<script>alert(1)</script>",
        "\u202egnp.exe",
        "a".repeat(4_000),
        "مرحبا",
        '"><img src=x onerror=alert(1)>',
      ],
    });
    await notifyByEmail(world.outside, detail);
    const mail = await read(world.mailbox.sent[0]);
    expect(mail.headers.filter((each) => each.key === "bcc")).toEqual([]);
    expect(mail.bcc).toBeUndefined();
    expect(mail.subject).toBe("[7KQ4-M2TX] Eve Bcc: all@evil.example would like to talk to a person");
    expect(mail.html).not.toMatch(/<script|<img|<b>Evil/);
    expect(mail.html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(`${mail.html}${mail.text}`).not.toContain("\u202e");
    expect(mail.html).toContain("مرحبا");
    const longest = Math.max(...(mail.text ?? "").split("\n").map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(200);
  });

  it("shows the newest part of a long conversation and says that it is a part", async () => {
    const world = await aWorld();
    const texts = Array.from({ length: 150 }, (_, n) => `question number ${n}`);
    await notifyByEmail(world.outside, (await anEscalation(world, { texts })).detail);
    const mail = world.mailbox.sent[0];
    expect(mail?.text).toContain("question number 149");
    expect(mail?.text).not.toContain("question number 20\n");
    expect(mail?.text).toContain("Earlier messages are left out");
    expect(mail?.html).toContain("Earlier messages are left out");
  });

  it("leads to the owner's own host name when there is one", async () => {
    const world = await aWorld(aChatbot("demo", { brand: { host: "help.fernweh.example" } }));
    await notifyByEmail(world.outside, (await anEscalation(world)).detail);
    expect(world.mailbox.sent[0]?.text).toContain("https://help.fernweh.example/portal/agent#");
  });
});
