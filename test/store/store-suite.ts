import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LifecycleEvent } from "../../lambdas/contracts/events.ts";
import { limits } from "../../lambdas/contracts/limits.ts";
import { ChatbotSettings } from "../../lambdas/contracts/settings.ts";
import type { ConversationRef } from "../../lambdas/domain/conversation.ts";
import type { Stores } from "../../lambdas/store/stores.ts";
import {
  aConnection,
  aConversation,
  aLink,
  aMessage,
  aMove,
  aNote,
  aNotification,
  anAppend,
  anAssignment,
  anId,
  aRating,
  aRef,
  bot,
  escalated,
  mia,
  minutes,
  start,
  unseen,
} from "./builders.ts";
import earlierSettings from "./fixtures/settings-before-business-hours.json" with { type: "json" };

export interface StoreUnderTest {
  readonly stores: Stores;
  /** Events that left through the outbox for one conversation, in the order of their writes. */
  outbox(ref: ConversationRef): Promise<readonly LifecycleEvent[]>;
}

/** What every implementation of the stores promises. */
export function describeStores(name: string, under: () => StoreUnderTest): void {
  const conversations = () => under().stores.conversations;

  async function started(chatbotId?: string, at = start): Promise<ConversationRef> {
    const ref = aRef(chatbotId);
    await conversations().start(aConversation(ref, at));
    return ref;
  }
  async function said(ref: ConversationRef, text: string, over: Parameters<typeof aMessage>[1] = {}) {
    const result = await conversations().append(ref, anAppend({ message: aMessage(text, over) }));
    if (result.kind === "refused") throw new Error(`refused: ${result.reason}`);
    return result;
  }

  describe(`conversations in ${name}`, () => {
    it("starts unrequested, and never twice under one id", async () => {
      const ref = await started();
      expect(await conversations().head(ref)).toMatchObject({ ...ref, status: "unrequested", seq: 0, country: "DE" });
      await expect(conversations().start(aConversation(ref))).rejects.toMatchObject({ code: "conflict" });
      expect(await conversations().head({ ...ref, chatbotId: "acme" })).toBeUndefined();
    });

    it("numbers messages without a gap and returns them after any number", async () => {
      const ref = await started();
      for (const text of ["one", "two", "three"]) await said(ref, text);
      const entries = await conversations().entriesAfter(ref, 1, 10);
      expect(entries.map((entry) => [entry.seq, entry.kind === "message" && entry.text])).toEqual([
        [2, "two"],
        [3, "three"],
      ]);
      expect(await conversations().entriesAfter(ref, 0, 2)).toHaveLength(2);
      expect(await conversations().head(ref)).toMatchObject({ seq: 3, last: { by: "visitor", preview: "three" } });
    });

    it("gives every message its own number when many are written at once", async () => {
      const ref = await started();
      const results = await Promise.all(Array.from({ length: 25 }, (_, i) => said(ref, `message ${i}`)));
      const numbers = results.map(({ entry }) => entry.seq).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
      expect((await conversations().entriesAfter(ref, 0, 100)).map(({ seq }) => seq)).toEqual(numbers);
    });

    it("stores a message once, however often its sender repeats it", async () => {
      const ref = await started();
      const message = aMessage("hello");
      const first = await conversations().append(ref, anAppend({ message }));
      await said(ref, "something else");
      const again = await conversations().append(ref, anAppend({ message }));
      expect([first.kind, again.kind]).toEqual(["appended", "duplicate"]);
      expect(again).toMatchObject({ entry: { seq: 1, text: "hello" } });
      expect(await conversations().entriesAfter(ref, 0, 10)).toHaveLength(2);
    });

    it("finds a retried message again behind any number of newer ones", async () => {
      const ref = await started();
      const message = aMessage("sent, then the line was cut");
      await conversations().append(ref, anAppend({ message }));
      for (let i = 0; i < 120; i++) await said(ref, `newer ${i}`);
      const again = await conversations().append(ref, anAppend({ message, retryAfter: 0 }));
      expect(again).toMatchObject({ kind: "duplicate", entry: { seq: 1 } });
      expect((await conversations().head(ref))?.seq).toBe(121);
    });

    it("refuses a message in a status where it may not be", async () => {
      const ref = await started();
      await conversations().move(ref, aMove("escalate"));
      const result = await conversations().append(
        ref,
        anAppend({ message: aMessage("I am a bot", { author: bot }), whileStatus: ["unrequested"] }),
      );
      expect(result).toMatchObject({ kind: "refused", reason: "status", head: { status: "unassigned" } });
    });

    it("keeps the bot out once somebody else answers, whatever it had prepared", async () => {
      const ref = await started();
      const { head } = await said(ref, "where is my parcel?");
      await conversations().move(ref, aMove("takeOver"));
      const late = await conversations().append(
        ref,
        anAppend({
          message: aMessage("It is on its way.", { author: bot }),
          whileStatus: ["unrequested", "open"],
          epoch: head.epoch,
        }),
      );
      expect(late).toMatchObject({ kind: "refused", reason: "epoch" });
      const texts = (await conversations().entriesAfter(ref, 0, 10)).map((entry) => entry.kind);
      expect(texts).toEqual(["message", "status"]);
    });

    it("lets only a socket on the head write, and renews its lease by the same write", async () => {
      const ref = await started();
      const connection = aConnection("socket-1", { until: Math.floor(minutes(5) / 1000) });
      const refused = await conversations().append(ref, anAppend({ message: aMessage("hi"), connection }));
      expect(refused).toMatchObject({ kind: "refused", reason: "not_joined" });
      await conversations().join(ref, aConnection("socket-1"));
      const done = await conversations().append(ref, anAppend({ message: aMessage("hi"), connection }));
      expect(done).toMatchObject({ kind: "appended", head: { connections: [connection] } });
      await conversations().leave(ref, ["socket-1"]);
      expect(await conversations().move(ref, aMove("escalate", { connection }))).toMatchObject({
        reason: "not_joined",
      });
    });

    it("answers for a conversation that does not exist", async () => {
      const ref = aRef();
      expect(await conversations().append(ref, anAppend({ message: aMessage("hi") }))).toMatchObject({
        reason: "not_found",
      });
      expect(await conversations().move(ref, aMove("escalate"))).toMatchObject({ reason: "not_found" });
      expect(await conversations().join(ref, aConnection("a"))).toBeUndefined();
      expect(await conversations().renew(ref, "a", 1)).toBeUndefined();
      expect(await conversations().leave(ref, ["a"])).toBeUndefined();
      expect(await conversations().markRead(ref, { party: "visitor", seq: 1 })).toBeUndefined();
      expect(await conversations().open(ref, { limit: 10 })).toBeUndefined();
      expect(await conversations().visitor(ref)).toBeUndefined();
      await expect(conversations().saveLead(ref, { name: "Ada" })).rejects.toMatchObject({ code: "not_found" });
    });
  });

  describe(`changes of status in ${name}`, () => {
    it("writes status, waiting message and event together", async () => {
      const ref = await started();
      const result = await conversations().move(
        ref,
        aMove("escalate", {
          text: "Somebody will be with you soon.",
          reference: "7KQ4-M2TX",
          follow: (head) => ({ events: [escalated(ref, head.seq, head.epoch)] }),
        }),
      );
      expect(result).toMatchObject({
        kind: "moved",
        head: { status: "unassigned", epoch: 2, seq: 1, reference: "7KQ4-M2TX", escalatedAt: start },
        entries: [{ kind: "status", command: "escalate", text: "Somebody will be with you soon." }],
      });
      expect(await under().outbox(ref)).toEqual([escalated(ref, 1, 2)]);
      expect(await conversations().head(ref)).toEqual(result.head);
    });

    it("escalates once when it is asked many times at once", async () => {
      const ref = await started();
      const follow = (head: { seq: number; epoch: number }) => ({ events: [escalated(ref, head.seq, head.epoch)] });
      const results = await Promise.all(
        Array.from({ length: 6 }, () => conversations().move(ref, aMove("escalate", { follow }))),
      );
      expect(results.filter(({ kind }) => kind === "moved")).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === "settled")).toHaveLength(5);
      expect(await under().outbox(ref)).toHaveLength(1);
    });

    it("takes over with the agent's first message in one step", async () => {
      const ref = await started();
      await said(ref, "hello?");
      const message = aMessage("Mia here!", { author: mia });
      const result = await conversations().move(ref, aMove("takeOver", { message }));
      expect(result).toMatchObject({
        kind: "moved",
        head: {
          status: "open",
          seq: 3,
          assignee: { agentId: "agent-mia", name: "Mia" },
          unread: { visitor: 1, agent: 0 },
        },
        entries: [{ kind: "status" }, { kind: "message", text: "Mia here!" }],
      });
      expect(JSON.stringify(await conversations().entriesAfter(ref, 0, 10))).not.toContain("agent-mia");
      const retried = await conversations().append(ref, anAppend({ message }));
      expect(retried).toMatchObject({ kind: "duplicate", entry: { seq: 3 } });
    });

    it("refuses what the table does not allow, and settles what is done", async () => {
      const ref = await started();
      expect(await conversations().move(ref, aMove("end"))).toMatchObject({ reason: "illegal_transition" });
      expect(await conversations().move(ref, aMove("takeOver", { by: "visitor" }))).toMatchObject({
        reason: "forbidden",
      });
      await conversations().move(ref, aMove("takeOver"));
      expect(await conversations().move(ref, aMove("takeOver"))).toMatchObject({ kind: "settled" });
    });

    it("loses no message that is written while the status changes", async () => {
      const ref = await started();
      const [, ...rest] = await Promise.all([
        conversations().move(ref, aMove("escalate")),
        ...Array.from({ length: 5 }, (_, i) => said(ref, `meanwhile ${i}`)),
      ]);
      expect(rest).toHaveLength(5);
      const entries = await conversations().entriesAfter(ref, 0, 20);
      expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(entries.filter(({ kind }) => kind === "status")).toHaveLength(1);
    });
  });

  describe(`presence and read marks in ${name}`, () => {
    it("puts sockets on the head, renews and takes them off", async () => {
      const ref = await started();
      await conversations().join(ref, aConnection("v1"));
      const head = await conversations().join(
        ref,
        aConnection("a1", { party: "agent", agentId: "agent-mia", linkId: "l1" }),
      );
      expect(head?.connections).toHaveLength(2);
      expect(head?.connections).toContainEqual(
        aConnection("a1", { party: "agent", agentId: "agent-mia", linkId: "l1" }),
      );
      const renewed = await conversations().renew(ref, "v1", 99);
      expect(renewed?.connections.find(({ connectionId }) => connectionId === "v1")?.until).toBe(99);
      expect((await conversations().leave(ref, ["v1", "unknown"]))?.connections).toHaveLength(1);
      expect(await conversations().renew(ref, "v1", 100)).toBeUndefined();
    });

    it("makes room for a new socket by the oldest lease", async () => {
      const ref = await started();
      for (let i = 0; i < limits.connectionsPerConversation; i++) {
        await conversations().join(
          ref,
          aConnection(`s${i}`, { until: 1_000 + ((i + 3) % limits.connectionsPerConversation) }),
        );
      }
      const head = await conversations().join(ref, aConnection("new"));
      const names = head?.connections.map(({ connectionId }) => connectionId) ?? [];
      expect(names).toHaveLength(limits.connectionsPerConversation);
      expect(names).toContain("new");
      expect(names).not.toContain(`s${limits.connectionsPerConversation - 3}`);
    });

    it("raises read marks and never lowers them", async () => {
      const ref = await started();
      await conversations().move(ref, aMove("takeOver"));
      await said(ref, "one");
      await said(ref, "two");
      expect((await conversations().head(ref))?.unread).toEqual({ visitor: 0, agent: 2 });
      const partly = await conversations().markRead(ref, { party: "agent", seq: 2 });
      expect(partly).toMatchObject({ changed: true, head: { read: { agent: 2 }, unread: { agent: 2 } } });
      const beyond = await conversations().markRead(ref, { party: "agent", seq: 999 });
      expect(beyond).toMatchObject({ changed: true, head: { read: { agent: 3 }, unread: { agent: 0 } } });
      expect(await conversations().markRead(ref, { party: "agent", seq: 1 })).toMatchObject({ changed: false });
      expect(await conversations().markRead(ref, { party: "agent", seq: 9, connectionId: "gone" })).toBeUndefined();
    });

    it("tells an away period once", async () => {
      const ref = await started();
      const period = { party: "agent" as const, period: { readMark: 0, at: start } };
      expect(await conversations().raise(ref, { events: [unseen(ref, 0, 1)], notified: period })).toBe(true);
      expect(await conversations().raise(ref, { events: [unseen(ref, 0, 2)], notified: period })).toBe(false);
      const later = { party: "agent" as const, period: { readMark: 4, at: minutes(1) } };
      expect(await conversations().raise(ref, { events: [unseen(ref, 4, 5)], notified: later })).toBe(true);
      expect(await under().outbox(ref)).toEqual([unseen(ref, 0, 1), unseen(ref, 4, 5)]);
      expect((await conversations().head(ref))?.notified.agent).toEqual({ readMark: 4, at: minutes(1) });
    });

    it("tells an away period once when two messages arrive at once, and loses neither", async () => {
      const ref = await started();
      const follow = (head: { seq: number }) => ({
        events: [unseen(ref, 0, head.seq)],
        notified: { party: "agent" as const, period: { readMark: 0, at: start } },
      });
      const results = await Promise.all(
        ["a", "b", "c"].map((text) => conversations().append(ref, anAppend({ message: aMessage(text), follow }))),
      );
      expect(results.map(({ kind }) => kind)).toEqual(["appended", "appended", "appended"]);
      expect(await conversations().entriesAfter(ref, 0, 10)).toHaveLength(3);
      expect(await under().outbox(ref)).toHaveLength(1);
    });
  });

  describe(`a whole conversation in ${name}`, () => {
    it("opens with the newest entries, lead, links and ledger, and pages back", async () => {
      const ref = await started();
      for (let i = 1; i <= 30; i++) await said(ref, `message ${i}`);
      await conversations().saveLead(ref, { name: "Ada", email: "ada@example.com" });
      await conversations().saveLead(ref, { phone: "+49 30 1234567" });
      await conversations().createLink(aLink(ref, "link-1"));
      await conversations().claim(ref, aNotification("escalated-2:email"));
      await conversations().raise(ref, {
        events: [unseen(ref, 0, 1)],
        notified: { party: "agent", period: { readMark: 0, at: 1 } },
      });
      const opened = await conversations().open(ref, { limit: 20 });
      expect(opened?.entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 11));
      expect(opened).toMatchObject({
        more: true,
        head: { displayName: "Ada", seq: 30 },
        facts: { page: "https://shop.example/cart" },
        lead: { name: "Ada", email: "ada@example.com", phone: "+49 30 1234567" },
        links: [{ linkId: "link-1" }],
        notifications: [{ notificationId: "escalated-2:email", attempts: 1 }],
      });
      const older = await conversations().open(ref, { limit: 20, before: 11 });
      expect(older?.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(older?.more).toBe(false);
    });

    it("keeps hostile text as it is", async () => {
      const ref = await started();
      const text = '<script>alert(1)</script> \u202Ertl\u202C "quotes" \\ 😀 __proto__ %s {x}';
      await said(ref, text);
      expect(await conversations().entriesAfter(ref, 0, 1)).toMatchObject([{ text }]);
    });
  });

  describe(`portal links in ${name}`, () => {
    it("are found, logged and revoked, and their sockets lose their right to act", async () => {
      const ref = await started();
      await conversations().createLink(aLink(ref, "l1"));
      await conversations().createLink(aLink(ref, "l1", { recipient: "somebody-else@example.com" }));
      await conversations().join(ref, aConnection("via-link", { linkId: "l1" }));
      await conversations().join(ref, aConnection("other"));
      await conversations().recordLinkOpened(ref, "l1", minutes(1));
      await conversations().recordLinkOpened(ref, "l1", minutes(2));
      expect(await conversations().link(ref, "l1")).toMatchObject({
        recipient: "team@example.com",
        opened: 2,
        lastOpenedAt: minutes(2),
      });
      const revoked = await conversations().revokeLink(ref, "l1", minutes(3));
      expect(revoked).toMatchObject({ link: { revokedAt: minutes(3) }, connections: [{ connectionId: "via-link" }] });
      expect((await conversations().head(ref))?.connections.map(({ connectionId }) => connectionId)).toEqual(["other"]);
      expect(await conversations().revokeLink(ref, "l1", minutes(9))).toMatchObject({
        link: { revokedAt: minutes(3) },
        connections: [],
      });
      expect(await conversations().revokeLink(ref, "unknown", 1)).toBeUndefined();
    });
  });

  describe(`what customers wish by mail in ${name}`, () => {
    const wishes = () => under().stores.mailWishes;
    const request = (ref: ConversationRef, fact: string) => ({
      ...ref,
      eventId: `${ref.conversationId}-${fact}`,
      at: minutes(1),
      email: "ada@example.com",
    });

    it("mutes one address in one conversation, however often it is said", async () => {
      const [ref, other] = [await started(), await started()];
      expect(await wishes().isMuted(ref, "0123456789abcdef")).toBe(false);
      for (const at of [minutes(1), minutes(2)]) await wishes().mute(ref, "0123456789abcdef", at);
      expect(await wishes().isMuted(ref, "0123456789abcdef")).toBe(true);
      expect(await wishes().isMuted(ref, "fedcba9876543210")).toBe(false);
      expect(await wishes().isMuted(other, "0123456789abcdef")).toBe(false);
      expect(await wishes().isMuted({ ...ref, chatbotId: "acme" }, "0123456789abcdef")).toBe(false);
    });

    it("lets an address have mails again, and only this one", async () => {
      const ref = await started();
      for (const hash of ["0123456789abcdef", "fedcba9876543210"]) await wishes().mute(ref, hash, minutes(1));
      for (const _ of ["once", "and again"]) await wishes().unmute(ref, "0123456789abcdef");
      expect(await wishes().isMuted(ref, "0123456789abcdef")).toBe(false);
      expect(await wishes().isMuted(ref, "fedcba9876543210")).toBe(true);
    });

    it("stores a request for a transcript once, with its event, and not more of them than allowed", async () => {
      const ref = await started();
      await wishes().mute(ref, "0123456789abcdef", minutes(1));
      for (const fact of ["one", "one", "two"]) {
        expect(await wishes().requestTranscript(ref, request(ref, fact), 2)).toBe(true);
      }
      expect(await wishes().requestTranscript(ref, request(ref, "three"), 2)).toBe(false);
      expect(await wishes().requestTranscript(ref, request(ref, "two"), 2)).toBe(true);
      const events = await under().outbox(ref);
      expect(events.map(({ type, detail }) => [type, detail.eventId])).toEqual([
        ["transcript.requested.v1", `${ref.conversationId}-one`],
        ["transcript.requested.v1", `${ref.conversationId}-two`],
      ]);
      expect(await wishes().isMuted(ref, "0123456789abcdef")).toBe(true);
    });

    it("counts requests that come at the same moment", async () => {
      const ref = await started();
      const facts = ["one", "two", "three", "four", "five"];
      const stored = await Promise.all(facts.map((fact) => wishes().requestTranscript(ref, request(ref, fact), 3)));
      expect(stored.filter(Boolean)).toHaveLength(3);
      expect(await under().outbox(ref)).toHaveLength(3);
    });

    it("is no part of what opens a conversation", async () => {
      const ref = await started();
      await wishes().mute(ref, "0123456789abcdef", minutes(1));
      expect(await conversations().open(ref, { limit: 10 })).toMatchObject({
        entries: [],
        notifications: [],
        links: [],
      });
    });
  });

  describe(`the notification ledger in ${name}`, () => {
    it("gives an effect to one claimer", async () => {
      const ref = await started();
      const claims = await Promise.all(
        Array.from({ length: 5 }, () => conversations().claim(ref, aNotification("escalated-2:email"))),
      );
      expect(claims.filter(({ claimed }) => claimed)).toHaveLength(1);
      expect(claims.find(({ claimed }) => !claimed)?.notification.state).toBe("sending");
    });

    it("gives a failed effect out again, and a stale one only where that is safe", async () => {
      const ref = await started();
      await conversations().claim(ref, aNotification("n"));
      const later = aNotification("n", { claimedAt: minutes(10) });
      expect(await conversations().claim(ref, later)).toMatchObject({ claimed: false });
      expect(await conversations().claim(ref, later, 60_000)).toMatchObject({
        claimed: true,
        notification: { attempts: 2 },
      });
      await conversations().settle(ref, "n", { state: "failed", at: minutes(11), detail: "429" });
      expect(await conversations().claim(ref, later)).toMatchObject({ claimed: true, notification: { attempts: 3 } });
    });

    it("never lets a state fall back", async () => {
      const ref = await started();
      await conversations().claim(ref, aNotification("n"));
      await conversations().settle(ref, "n", { state: "delivered", at: minutes(2) });
      await conversations().settle(ref, "n", { state: "sent", at: minutes(3), externalId: "late" });
      expect(await conversations().notification(ref, "n")).toMatchObject({ state: "delivered", at: minutes(2) });
      expect(await conversations().claim(ref, aNotification("n"))).toMatchObject({ claimed: false });
    });
  });

  describe(`the list in ${name}`, () => {
    it("shows the newest activity first, page by page, without one twice or one missing", async () => {
      const chatbotId = `list-${anId()}`;
      const refs: ConversationRef[] = [];
      for (let i = 0; i < 12; i++) {
        const ref = await started(chatbotId, minutes(i));
        if (i % 3 === 1) await conversations().move(ref, aMove("escalate", { at: minutes(20 + i) }));
        if (i % 3 === 2) {
          await conversations().move(ref, aMove("takeOver", { at: minutes(20 + i) }));
          await conversations().move(ref, aMove("end", { at: minutes(40 + i) }));
        }
        refs.push(ref);
      }
      const query = {
        chatbotId,
        statuses: ["unrequested", "unassigned", "open", "ended"] as const,
        from: start,
        to: minutes(100),
        limit: 5,
      };
      const seen: string[] = [];
      let page = await conversations().list(query);
      for (;;) {
        seen.push(...page.heads.map(({ conversationId }) => conversationId));
        if (page.after === undefined) break;
        page = await conversations().list({ ...query, after: page.after });
      }
      const order = [11, 8, 5, 2, 10, 7, 4, 1, 9, 6, 3, 0];
      expect(seen).toEqual(order.map((i) => refs[i]!.conversationId));
      const unassigned = await conversations().list({ ...query, statuses: ["unassigned"] });
      expect(unassigned.heads.map(({ status }) => status)).toEqual(Array(4).fill("unassigned"));
      const early = await conversations().list({ ...query, to: minutes(4), limit: 50 });
      expect(early.heads.map(({ conversationId }) => conversationId)).toEqual(
        [3, 0].map((i) => refs[i]!.conversationId),
      );
    });

    it("finds ended conversations of many months", async () => {
      const chatbotId = `months-${anId()}`;
      const days = (n: number) => start - n * 86_400_000;
      for (const n of [0, 40, 100, 300]) {
        const ref = await started(chatbotId, days(n));
        await conversations().move(ref, aMove("takeOver", { at: days(n) }));
        await conversations().move(ref, aMove("end", { at: days(n) }));
      }
      const heads = async (from: number, to: number) =>
        (await conversations().list({ chatbotId, statuses: ["ended"], from, to, limit: 50 })).heads.map(
          ({ lastAt }) => lastAt,
        );
      expect(await heads(days(365), start)).toEqual([days(0), days(40), days(100), days(300)]);
      expect(await heads(days(120), days(30))).toEqual([days(40), days(100)]);
    });

    it("moves a conversation with its messages, once the sender's next heartbeat came", async () => {
      const chatbotId = `moves-${anId()}`;
      const old = await started(chatbotId, start);
      const recent = await started(chatbotId, minutes(5));
      const connection = aConnection("socket");
      await conversations().join(old, connection);
      await conversations().append(old, anAppend({ message: aMessage("news", { at: minutes(10) }), connection }));
      await conversations().renew(old, "socket", connection.until);
      const query = { chatbotId, statuses: ["unrequested"] as const, from: start, to: minutes(60), limit: 10 };
      const listed = (await conversations().list(query)).heads.map(({ conversationId }) => conversationId);
      expect(listed).toEqual([old.conversationId, recent.conversationId]);
    });

    it("shares nothing between chatbots", async () => {
      const [a, b] = [`tenant-a-${anId()}`, `tenant-b-${anId()}`];
      await started(a);
      const query = { chatbotId: b, statuses: ["unrequested"] as const, from: 0, to: minutes(60), limit: 10 };
      expect((await conversations().list({ ...query, from: start })).heads).toEqual([]);
    });
  });

  describe(`chatbots, members, team and tickets in ${name}`, () => {
    const settings = ChatbotSettings.parse({ brand: { name: "Demo" } });

    it("writes settings only over the version that was read", async () => {
      const { chatbots } = under().stores;
      const chatbotId = `settings-${anId()}`;
      await chatbots.put({
        chatbotId,
        version: 1,
        settings,
        plan: { name: "entry", liveChatAddOn: false },
        sealed: {},
      });
      const changed = { ...settings, brand: { ...settings.brand, name: "New" } };
      const written = await chatbots.update(chatbotId, 1, { settings: changed, sealed: { zendeskToken: "sealed" } });
      expect(written).toMatchObject({ version: 2, settings: { brand: { name: "New" } }, plan: { name: "entry" } });
      expect(await chatbots.update(chatbotId, 1, { settings, sealed: {} })).toBeUndefined();
      expect(await chatbots.get(chatbotId)).toEqual(written);
      expect(await chatbots.get("nobody")).toBeUndefined();
    });

    it("never counts more mails than the limit, whoever asks at once", async () => {
      const { chatbots } = under().stores;
      const chatbotId = `mails-${anId()}`;
      const taken = await Promise.all(Array.from({ length: 9 }, () => chatbots.takeMail(chatbotId, "2026-11", 5)));
      expect(taken.filter(Boolean)).toHaveLength(5);
      await chatbots.returnMail(chatbotId, "2026-11");
      expect(await chatbots.mailsUsed(chatbotId, "2026-11")).toBe(4);
      await chatbots.returnMail(chatbotId, "2026-12");
      expect(await chatbots.mailsUsed(chatbotId, "2026-12")).toBe(0);
      expect(await chatbots.takeMail(chatbotId, "2026-12", 0)).toBe(false);
    });

    it("keeps knowledge by entry", async () => {
      const { chatbots } = under().stores;
      const chatbotId = `knowledge-${anId()}`;
      const entries = Array.from({ length: 60 }, (_, i) => ({ entryId: `e${i}`, title: `t${i}`, text: "text" }));
      await chatbots.putKnowledge(chatbotId, entries);
      await chatbots.putKnowledge(chatbotId, [{ entryId: "e3", title: "changed", text: "text" }]);
      const known = await chatbots.knowledge(chatbotId);
      expect(known).toHaveLength(60);
      expect(known.find(({ entryId }) => entryId === "e3")?.title).toBe("changed");
      expect(await chatbots.knowledge("other")).toEqual([]);
    });

    it("reads settings of an earlier version with the defaults of what came later, and drops what is unknown", async () => {
      const { chatbots } = under().stores;
      const chatbotId = `earlier-${anId()}`;
      const plan = { name: "entry", liveChatAddOn: false } as const;
      const stored = { ...earlierSettings, retention: {} } as unknown as ChatbotSettings;
      await chatbots.put({ chatbotId, version: 3, settings: stored, plan, sealed: {} });
      const read = await chatbots.get(chatbotId);
      expect(read?.settings.liveChat).toMatchObject({
        waitingMessage: earlierSettings.liveChat.waitingMessage,
        sms: { enabled: false },
        businessHours: { enabled: false, timeZone: "UTC" },
        leadForm: { ask: "atEscalation", required: [] },
      });
      expect(read?.settings).toMatchObject({ brand: { position: "right" }, retention: { days: 0 } });
      expect(JSON.stringify(read?.settings)).not.toContain("dropped");
      const updated = await chatbots.update(chatbotId, 3, { settings: stored, sealed: {} });
      expect(updated?.settings).toEqual(read?.settings);
    });

    it("numbers every change of the knowledge", async () => {
      const { chatbots } = under().stores;
      const chatbotId = `versions-${anId()}`;
      const entry = { entryId: "e1", title: "title", text: "text" };
      expect(await chatbots.knowledgeVersion(chatbotId)).toBe(0);
      expect(await chatbots.saveKnowledgeEntry(chatbotId, entry, 10)).toBe(true);
      expect(await chatbots.saveKnowledgeEntry(chatbotId, { ...entry, text: "new" }, 10)).toBe(true);
      expect(await chatbots.knowledgeEntry(chatbotId, "e1")).toMatchObject({ text: "new" });
      expect(await chatbots.knowledgeVersion(chatbotId)).toBe(2);
      expect(await chatbots.deleteKnowledgeEntry(chatbotId, "e1")).toBe(true);
      expect(await chatbots.deleteKnowledgeEntry(chatbotId, "e1")).toBe(false);
      expect(await chatbots.knowledgeVersion(chatbotId)).toBe(3);
      expect(await chatbots.knowledgeEntry(chatbotId, "e1")).toBeUndefined();
      expect(await chatbots.knowledge(chatbotId)).toEqual([]);
    });

    it("never keeps more entries than the limit, whoever adds at once, and has room again after a deletion", async () => {
      const { chatbots } = under().stores;
      const chatbotId = `limit-${anId()}`;
      const entry = (name: string) => ({ entryId: name, title: name, text: "text" });
      await chatbots.putKnowledge(chatbotId, [entry("a"), entry("b")]);
      const added = await Promise.all(
        ["c", "d", "e"].map((name) => chatbots.saveKnowledgeEntry(chatbotId, entry(name), 4)),
      );
      expect(added.filter(Boolean)).toHaveLength(2);
      expect(await chatbots.saveKnowledgeEntry(chatbotId, { ...entry("a"), text: "replaced" }, 4)).toBe(true);
      expect(await chatbots.saveKnowledgeEntry(chatbotId, entry("f"), 4)).toBe(false);
      await chatbots.deleteKnowledgeEntry(chatbotId, "b");
      expect(await chatbots.saveKnowledgeEntry(chatbotId, entry("f"), 4)).toBe(true);
      expect(await chatbots.knowledge(chatbotId)).toHaveLength(4);
    });

    it("keeps canned replies under a shortcut that is unique whatever its case and its accents are made of", async () => {
      const { replies } = under().stores;
      const chatbotId = `replies-${anId()}`;
      const reply = { shortcut: "café", title: "Coffee", text: "We are at the café." };
      await replies.put(chatbotId, reply);
      await replies.put(chatbotId, { ...reply, shortcut: "bye" });
      await replies.put(chatbotId, { ...reply, shortcut: "CAFE\u0301", title: "Coffee, again" });
      const titles = (await replies.list(chatbotId)).map(({ title }) => title);
      expect(titles).toEqual(["Coffee", "Coffee, again"]);
      expect(await replies.remove(chatbotId, "Café")).toBe(true);
      expect(await replies.remove(chatbotId, "café")).toBe(false);
      expect((await replies.list(chatbotId)).map(({ shortcut }) => shortcut)).toEqual(["bye"]);
      expect(await replies.list("other")).toEqual([]);
    });

    it("knows members from both sides", async () => {
      const { members } = under().stores;
      const [agentId, chatbotId] = [anId(), `members-${anId()}`];
      const membership = { agentId, chatbotId, role: "agent" as const, email: "mia@example.com", name: "Mia" };
      await members.put(membership);
      expect(await members.get(agentId, chatbotId)).toEqual(membership);
      expect(await members.ofAgent(agentId)).toEqual([membership]);
      expect(await members.ofChatbot(chatbotId)).toEqual([membership]);
      expect(await members.get(agentId, "other")).toBeUndefined();
      await members.remove(agentId, chatbotId);
      expect([await members.ofAgent(agentId), await members.ofChatbot(chatbotId)]).toEqual([[], []]);
    });

    it("keeps one owner, however many of them are removed or made agents at once", async () => {
      const { members } = under().stores;
      const chatbotId = `owners-${anId()}`;
      const owner = (name: string) =>
        ({ agentId: `${chatbotId}-${name}`, chatbotId, role: "owner", email: `${name}@example.com`, name }) as const;
      const all = ["ann", "bob", "cleo"].map(owner);
      for (const each of all) await members.put(each);
      const [ann, bob, cleo] = all;
      if (!ann || !bob || !cleo) throw new Error("three were made");
      const outcomes = await Promise.all([
        members.remove(ann.agentId, chatbotId),
        members.put({ ...bob, role: "agent" }),
        members.remove(cleo.agentId, chatbotId),
      ]);
      expect(outcomes.toSorted()).toEqual(["done", "done", "last_owner"]);
      const owners = (await members.ofChatbot(chatbotId)).filter(({ role }) => role === "owner");
      expect(owners).toHaveLength(1);
      expect(await members.remove(owners[0]?.agentId ?? "", chatbotId)).toBe("last_owner");
      expect(await members.remove("nobody", chatbotId)).toBe("unknown");
    });

    it("counts only agents whose lease runs", async () => {
      const { team } = under().stores;
      const chatbotId = `team-${anId()}`;
      const until = Math.floor(start / 1000) + 100;
      await team.join({ chatbotId, connectionId: "c1", agentId: "a", name: "Mia", until });
      expect(await team.present(chatbotId, start)).toHaveLength(1);
      expect(await team.present(chatbotId, minutes(2))).toHaveLength(0);
      expect(await team.renew(chatbotId, "c1", until + 100)).toBe(true);
      expect(await team.present(chatbotId, minutes(2))).toHaveLength(1);
      expect(await team.leave(chatbotId, "c1")).toEqual([]);
      expect(await team.renew(chatbotId, "c1", until)).toBe(false);
      expect(await team.present(chatbotId, start)).toEqual([]);
    });

    it("remembers which conversations an agent's socket is in, whichever it said first", async () => {
      const { team } = under().stores;
      const chatbotId = `watching-${anId()}`;
      const socket = {
        chatbotId,
        connectionId: "c1",
        agentId: "a",
        name: "Mia",
        until: Math.floor(start / 1000) + 100,
      };
      await team.watch(chatbotId, "c1", "conversation-a");
      expect(await team.present(chatbotId, start)).toEqual([]);
      expect(await team.renew(chatbotId, "c1", socket.until)).toBe(false);
      await team.join(socket);
      await team.watch(chatbotId, "c1", "conversation-b");
      await team.watch(chatbotId, "c1", "conversation-b");
      expect(await team.present(chatbotId, start)).toEqual([socket]);
      expect([...(await team.leave(chatbotId, "c1"))].sort()).toEqual(["conversation-a", "conversation-b"]);
      expect(await team.leave(chatbotId, "c1")).toEqual([]);
    });

    it("lets a ticket in once", async () => {
      const { tickets } = under().stores;
      const id = anId();
      const used = await Promise.all(
        Array.from({ length: 4 }, () => tickets.useOnce(id, Math.floor(start / 1000) + 60)),
      );
      expect(used.filter(Boolean)).toHaveLength(1);
    });
  });

  describe(`any story in ${name}`, () => {
    it("keeps numbers whole and the last message right, whatever happens in whatever order", async () => {
      const step = fc.constantFrom(
        ...(["visitor", "agent", "bot", "read", "note", "assign", "rate"] as const),
        ...(["escalate", "takeOver", "end", "reopen", "handBack"] as const),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
          const ref = await started();
          for (const each of steps) {
            if (each === "visitor") await conversations().append(ref, anAppend({ message: aMessage(each) }));
            else if (each === "agent" || each === "bot") {
              const author = each === "agent" ? mia : bot;
              await conversations().append(ref, anAppend({ message: aMessage(each, { author }) }));
            } else if (each === "note") await conversations().remark(ref, aNote(each));
            else if (each === "assign") await conversations().remark(ref, anAssignment(mia, null));
            else if (each === "rate") await conversations().remark(ref, aRating(3));
            else if (each === "read") await conversations().markRead(ref, { party: "agent", seq: 3 });
            else await conversations().move(ref, aMove(each));
          }
          const head = await conversations().head(ref);
          const entries = await conversations().entriesAfter(ref, 0, 100);
          expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1));
          expect(head?.seq).toBe(entries.length);
          expect(head?.epoch).toBe(1 + entries.filter(({ kind }) => kind === "status").length);
          const messages = entries.flatMap((entry) => (entry.kind === "message" ? [entry] : []));
          expect(head?.last?.preview).toBe(messages.at(-1)?.text);
          expect(head?.botAnswers).toBe(messages.filter(({ author }) => author.role === "bot").length);
          const status = entries.flatMap((entry) => (entry.kind === "status" ? [entry.status] : [])).at(-1);
          expect(head?.status).toBe(status ?? "unrequested");
        }),
        { numRuns: 25 },
      );
    });
  });
}
