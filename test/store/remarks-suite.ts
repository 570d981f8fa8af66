import { describe, expect, it } from "vitest";
import type { LifecycleEvent } from "../../lambdas/contracts/events.ts";
import type { ConversationRef } from "../../lambdas/domain/conversation.ts";
import type { RemarkResult } from "../../lambdas/store/conversations.ts";
import {
  aConnection,
  aConversation,
  aMessage,
  aMove,
  aNote,
  anAppend,
  anAssignment,
  anId,
  aRating,
  aRef,
  mia,
  minutes,
  start,
  tom,
} from "./builders.ts";
import type { StoreUnderTest } from "./store-suite.ts";

/** What every implementation promises of notes, assignments and ratings, and of what builds on them. */
export function describeRemarks(name: string, under: () => StoreUnderTest): void {
  const conversations = () => under().stores.conversations;

  async function started(over: Parameters<typeof aConversation>[1] | string = start): Promise<ConversationRef> {
    const ref = aRef(typeof over === "string" ? over : undefined);
    await conversations().start(aConversation(ref, typeof over === "string" ? start : over));
    return ref;
  }
  async function ended(): Promise<ConversationRef> {
    const ref = await started();
    await conversations().move(ref, aMove("takeOver"));
    await conversations().move(ref, aMove("end"));
    return ref;
  }
  const entriesOf = (ref: ConversationRef) => conversations().entriesAfter(ref, 0, 100);
  async function headOf(ref: ConversationRef) {
    const head = await conversations().head(ref);
    if (head === undefined) throw new Error("the conversation is gone");
    return head;
  }
  const outcome = (result: RemarkResult) => (result.kind === "refused" ? result.reason : result.kind);

  describe(`notes in ${name}`, () => {
    it("take a number and touch nothing else", async () => {
      const ref = await started();
      await conversations().append(ref, anAppend({ message: aMessage("hello?") }));
      const before = await headOf(ref);
      const result = await conversations().remark(ref, aNote("Third time this week.", { at: minutes(5) }));
      expect(result).toMatchObject({
        kind: "added",
        entry: { kind: "note", seq: 2, author: { role: "agent", name: "Mia" }, text: "Third time this week." },
      });
      expect(await headOf(ref)).toEqual({ ...before, seq: 2 });
      expect(await conversations().entriesAfter(ref, 1, 10)).toEqual([result.kind === "added" && result.entry]);
      expect(JSON.stringify(await entriesOf(ref))).not.toContain("agent-mia");
    });

    it("may be written in every status", async () => {
      const ref = await started();
      for (const command of ["escalate", "takeOver", "end"] as const) {
        expect(outcome(await conversations().remark(ref, aNote("noted")))).toBe("added");
        await conversations().move(ref, aMove(command));
      }
      expect(outcome(await conversations().remark(ref, aNote("noted")))).toBe("added");
      expect((await entriesOf(ref)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    });

    it("are stored once, however often their writer repeats them, also behind many newer entries", async () => {
      const ref = await started();
      const note = aNote("once");
      await conversations().remark(ref, note);
      expect(await conversations().remark(ref, note)).toMatchObject({ kind: "duplicate", entry: { seq: 1 } });
      for (let i = 0; i < 12; i++) await conversations().append(ref, anAppend({ message: aMessage(`newer ${i}`) }));
      const late = await conversations().remark(ref, { ...note, retryAfter: 0 });
      expect(late).toMatchObject({ kind: "duplicate", entry: { seq: 1, text: "once" } });
      expect((await headOf(ref)).seq).toBe(13);
    });

    it("get numbers of their own among messages that are written at once", async () => {
      const ref = await started();
      await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          i % 2
            ? conversations().remark(ref, aNote(`note ${i}`))
            : conversations().append(ref, anAppend({ message: aMessage(`message ${i}`) })),
        ),
      );
      const entries = await entriesOf(ref);
      expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
      expect(entries.filter(({ kind }) => kind === "note")).toHaveLength(6);
    });

    it("are for those on the head, and renew their lease", async () => {
      const ref = await started();
      const connection = aConnection("socket-1", { party: "agent", until: Math.floor(minutes(5) / 1000) });
      expect(outcome(await conversations().remark(ref, aNote("x", { connection })))).toBe("not_joined");
      await conversations().join(ref, aConnection("socket-1", { party: "agent" }));
      const result = await conversations().remark(ref, aNote("x", { connection }));
      expect(result).toMatchObject({ kind: "added", head: { connections: [connection] } });
      expect(outcome(await conversations().remark(aRef(), aNote("x")))).toBe("not_found");
    });
  });

  describe(`assignments in ${name}`, () => {
    it("set, hand on and remove the assignee, with the moment", async () => {
      const ref = await started();
      await conversations().remark(ref, anAssignment(mia, null, { at: minutes(1) }));
      expect((await headOf(ref)).assignee).toEqual({ agentId: "agent-mia", name: "Mia", at: minutes(1) });
      await conversations().remark(ref, anAssignment(tom, "agent-mia", { at: minutes(2) }));
      expect((await headOf(ref)).assignee).toEqual({ agentId: "agent-tom", name: "Tom", at: minutes(2) });
      const result = await conversations().remark(ref, anAssignment(null, "agent-tom"));
      expect(result).toMatchObject({ kind: "added", head: { status: "unrequested", epoch: 1, lastAt: start } });
      expect((await headOf(ref)).assignee).toBeUndefined();
      const entries = await entriesOf(ref);
      expect(entries.map((entry) => entry.kind === "assignment" && entry.to)).toEqual(["Mia", "Tom", undefined]);
      expect(JSON.stringify(entries)).not.toMatch(/agent-(mia|tom)/);
    });

    it("are refused when somebody else has it by now, and settled when the wanted one has", async () => {
      const ref = await started();
      await conversations().remark(ref, anAssignment(mia, null));
      expect(await conversations().remark(ref, anAssignment(tom, null))).toMatchObject({
        kind: "refused",
        reason: "assignee",
        head: { assignee: { name: "Mia" } },
      });
      expect(outcome(await conversations().remark(ref, anAssignment(mia, null)))).toBe("settled");
      expect(outcome(await conversations().remark(ref, anAssignment(mia, "agent-mia")))).toBe("settled");
      expect(outcome(await conversations().remark(ref, anAssignment(tom, "agent-tom")))).toBe("assignee");
      expect(outcome(await conversations().remark(ref, anAssignment(null, "agent-tom")))).toBe("assignee");
      expect((await headOf(ref)).seq).toBe(1);
    });

    it("go to one of many who want it at once", async () => {
      const ref = await started();
      const wanting = Array.from({ length: 6 }, (_, i) => ({ ...mia, agentId: `agent-${i}`, name: `Agent ${i}` }));
      const results = await Promise.all(
        wanting.map((each) => conversations().remark(ref, anAssignment(each, null, { author: each }))),
      );
      expect(results.map(outcome).sort()).toEqual(["added", ...Array(5).fill("assignee")]);
      expect(await entriesOf(ref)).toHaveLength(1);
    });

    it("repeated under the same id are the one that was stored, although it was handed on since", async () => {
      const ref = await started();
      const toMia = anAssignment(mia, null);
      await conversations().remark(ref, toMia);
      await conversations().remark(ref, anAssignment(tom, "agent-mia"));
      expect(await conversations().remark(ref, toMia)).toMatchObject({
        kind: "duplicate",
        entry: { seq: 1, to: "Mia" },
      });
      expect((await headOf(ref)).assignee?.name).toBe("Tom");
    });

    it("survive a reopening by the visitor; whoever takes over has it, since then", async () => {
      const ref = await started();
      await conversations().remark(ref, anAssignment(tom, null));
      await conversations().move(ref, aMove("takeOver", { at: minutes(3) }));
      expect((await headOf(ref)).assignee).toEqual({ agentId: "agent-mia", name: "Mia", at: minutes(3) });
      await conversations().move(ref, aMove("end"));
      await conversations().move(ref, aMove("reopen"));
      expect((await headOf(ref)).assignee?.name).toBe("Mia");
    });
  });

  describe(`ratings in ${name}`, () => {
    const rated = (seq: number): LifecycleEvent => ({
      type: "conversation.rated.v1",
      detail: { eventId: `rated-${seq}`, chatbotId: "demo", conversationId: "", at: start, seq, score: 4 },
    });

    it("are for ended conversations only, and reopen nothing", async () => {
      const ref = await started();
      expect(outcome(await conversations().remark(ref, aRating(5)))).toBe("status");
      await conversations().move(ref, aMove("takeOver"));
      expect(outcome(await conversations().remark(ref, aRating(5)))).toBe("status");
      await conversations().move(ref, aMove("end"));
      const before = await headOf(ref);
      const result = await conversations().remark(ref, aRating(5, "Quick and kind."));
      expect(result).toMatchObject({ entry: { kind: "rating", seq: 3, score: 5, comment: "Quick and kind." } });
      expect(await headOf(ref)).toEqual({ ...before, seq: 3, rating: 5 });
    });

    it("leave with their event, once; a later one replaces an earlier one and says which", async () => {
      const ref = await ended();
      const follow = (head: { seq: number }) => {
        const event = rated(head.seq);
        return { events: [{ ...event, detail: { ...event.detail, ...ref } } as LifecycleEvent] };
      };
      const rating = aRating(4, undefined, { follow });
      await conversations().remark(ref, rating);
      expect(await conversations().remark(ref, rating)).toMatchObject({ kind: "duplicate", entry: { seq: 3 } });
      const second = await conversations().remark(ref, aRating(2, undefined, { follow }));
      expect(second).toMatchObject({ kind: "added", head: { rating: 2, replacedRating: 4 } });
      expect((await under().outbox(ref)).map(({ detail }) => "seq" in detail && detail.seq)).toEqual([3, 4]);
    });
  });

  describe(`handing back in ${name}`, () => {
    it("forgets assignee, escalation and reference, and the next escalation is a new one", async () => {
      const ref = await started();
      await conversations().move(ref, aMove("escalate", { reference: "7KQ4-M2TX" }));
      await conversations().move(ref, aMove("takeOver"));
      const back = await conversations().move(ref, aMove("handBack"));
      expect(back).toMatchObject({ kind: "moved", head: { status: "unrequested", epoch: 4 } });
      for (const forgotten of ["assignee", "escalatedAt", "reference"]) {
        expect(await headOf(ref)).not.toHaveProperty(forgotten);
      }
      expect(back.head).toEqual(await headOf(ref));
      const again = await conversations().move(ref, aMove("escalate", { reference: "9RT2-5MLW", at: minutes(9) }));
      expect(again).toMatchObject({ head: { epoch: 5, reference: "9RT2-5MLW", escalatedAt: minutes(9) } });
    });
  });

  describe(`files and earlier conversations in ${name}`, () => {
    it("stores a message's files and shows the first where there is no text", async () => {
      const ref = await started();
      const [picture, invoice] = [
        { fileId: "file-00001", name: "parcel.png", type: "image/png", size: 48_213 },
        { fileId: "file-00002", name: "invoice.pdf", type: "application/pdf", size: 9_000 },
      ];
      await conversations().append(ref, anAppend({ message: aMessage("", { attachments: [picture, invoice] }) }));
      expect((await headOf(ref)).last?.preview).toBe("📎 parcel.png +1");
      expect(await entriesOf(ref)).toMatchObject([{ text: "", attachments: [picture, invoice] }]);
      await conversations().append(ref, anAppend({ message: aMessage("Here it is", { attachments: [picture] }) }));
      expect((await headOf(ref)).last?.preview).toBe("Here it is");
    });

    it("keeps what the visitor left and had before", async () => {
      const ref = aRef();
      const earlier = [{ conversationId: "conversation-before", startedAt: 1 }];
      await conversations().start({ ...aConversation(ref), lead: { name: "Ada" }, earlier });
      expect(await headOf(ref)).toMatchObject({ displayName: "Ada" });
      expect(await conversations().visitor(ref)).toMatchObject({ lead: { name: "Ada" }, earlier });
      expect(await conversations().open(ref, { limit: 10 })).toMatchObject({ lead: { name: "Ada" }, earlier });
      expect(await conversations().glance(ref)).toEqual(await headOf(ref));
      expect(await conversations().glance(aRef())).toBeUndefined();
      expect((await conversations().visitor(await started()))?.earlier).toEqual([]);
    });
  });

  describe(`the list by assignee in ${name}`, () => {
    it("finds an agent's conversations, and nobody's, page by page, without one twice or one missing", async () => {
      const chatbotId = `mine-${anId()}`;
      const mine: string[] = [];
      const nobodys: string[] = [];
      for (let i = 0; i < 70; i++) {
        const ref = aRef(chatbotId);
        await conversations().start(aConversation(ref, minutes(i)));
        const owner = i % 7 === 0 ? mia : i % 2 ? tom : null;
        if (owner !== null) await conversations().remark(ref, anAssignment(owner, null));
        if (owner === mia) mine.unshift(ref.conversationId);
        if (owner === null) nobodys.unshift(ref.conversationId);
      }
      async function all(assignee: string | null, limit: number): Promise<string[]> {
        const query = { chatbotId, statuses: ["unrequested"] as const, from: start, to: minutes(100), limit, assignee };
        const seen: string[] = [];
        let page = await conversations().list(query);
        for (;;) {
          expect(page.heads.length).toBeLessThanOrEqual(limit);
          seen.push(...page.heads.map(({ conversationId }) => conversationId));
          if (page.after === undefined) return seen;
          page = await conversations().list({ ...query, after: page.after });
        }
      }
      expect(await all("agent-mia", 3)).toEqual(mine);
      expect(await all(null, 4)).toEqual(nobodys);
      expect(await all("agent-unknown", 5)).toEqual([]);
    });
  });
}
