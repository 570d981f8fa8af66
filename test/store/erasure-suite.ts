import { describe, expect, it } from "vitest";
import type { LifecycleEvent } from "../../lambdas/contracts/events.ts";
import { limits } from "../../lambdas/contracts/limits.ts";
import { ChatbotSettings } from "../../lambdas/contracts/settings.ts";
import type { ConversationRef } from "../../lambdas/domain/conversation.ts";
import type { FileRecord } from "../../lambdas/store/files.ts";
import { aConversation, aLink, aMessage, aMove, aNotification, anAppend, aRef, start } from "./builders.ts";
import type { StoreUnderTest } from "./store-suite.ts";

/** What every implementation promises of files, of who the visitor is, and of erasing a conversation. */
export function describeErasure(name: string, under: () => StoreUnderTest): void {
  const conversations = () => under().stores.conversations;
  const files = () => under().stores.files;

  async function started(): Promise<ConversationRef> {
    const ref = aRef();
    await conversations().start(aConversation(ref));
    return ref;
  }
  const aFile = (ref: ConversationRef, fileId: string, over: Partial<FileRecord> = {}): FileRecord => ({
    ...ref,
    fileId,
    name: "parcel.png",
    type: "image/png",
    size: 68,
    party: "visitor",
    announcedAt: start,
    ...over,
  });
  const erasedEvent = (ref: ConversationRef): LifecycleEvent => ({
    type: "conversation.erased.v1",
    detail: { ...ref, eventId: `${ref.conversationId}-erased`, at: start, by: "visitor" },
  });
  const erase = (ref: ConversationRef) => conversations().erase(ref, { by: "visitor", at: start }, [erasedEvent(ref)]);

  async function swept(ref: ConversationRef): Promise<number> {
    for (let rounds = 1; ; rounds++) if ((await conversations().sweep(ref, 10)) === "swept") return rounds;
  }

  describe(`files in ${name}`, () => {
    it("are announced to conversations that exist, and remembered until they are sent and after", async () => {
      const ref = await started();
      expect(await files().announce(aFile(ref, "file-000001"))).toBe("announced");
      expect(await files().announce(aFile(aRef(), "file-000001"))).toBe("not_found");
      expect(await files().get(ref, "file-000001")).toEqual(aFile(ref, "file-000001"));
      await files().markSent(ref, "file-000001", start + 1);
      await files().markSent(ref, "file-000001", start + 2);
      expect(await files().get(ref, "file-000001")).toEqual(aFile(ref, "file-000001", { sentAt: start + 1 }));
      expect(await files().ofConversation(ref)).toHaveLength(1);
      expect(await files().get(await started(), "file-000001")).toBeUndefined();
    });

    it(`are ${limits.filesPerConversation} a conversation at most, also when many are announced at once`, async () => {
      const ref = await started();
      const most = limits.filesPerConversation;
      for (let i = 0; i < most - 3; i++) await files().announce(aFile(ref, `file-${String(i).padStart(6, "0")}`));
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, i) => files().announce(aFile(ref, `late-${String(i).padStart(6, "0")}`))),
      );
      expect(answers.toSorted()).toEqual(["announced", "announced", "announced", "full", "full", "full"]);
      expect(await files().ofConversation(ref)).toHaveLength(most);
    });

    it("do not get into the way of opening a conversation", async () => {
      const ref = await started();
      for (let i = 0; i < 70; i++) await files().announce(aFile(ref, `file-${String(i).padStart(6, "0")}`));
      await conversations().append(ref, anAppend({ message: aMessage("here they are") }));
      const opened = await conversations().open(ref, { limit: 1 });
      expect(opened).toMatchObject({ entries: [{ text: "here they are" }], more: false });
    });
  });

  describe(`the visitor's identity in ${name}`, () => {
    it("is proved once for one person, and by the same person again", async () => {
      const ref = await started();
      const proof = { subject: "user-7", at: start, fields: ["email" as const] };
      const first = await conversations().identify(ref, proof, { email: "ada@example.com" });
      expect(first).toEqual({ kind: "identified", lead: { email: "ada@example.com" } });
      const again = await conversations().identify(ref, { ...proof, at: start + 5 }, { name: "Ada" });
      expect(again).toEqual({ kind: "identified", lead: { email: "ada@example.com", name: "Ada" } });
      expect(await conversations().visitor(ref)).toMatchObject({ verified: { subject: "user-7", at: start + 5 } });
      expect((await conversations().open(ref, { limit: 1 }))?.verified?.subject).toBe("user-7");
      expect((await conversations().head(ref))?.displayName).toBe("Ada");
    });

    it("is not handed to another person", async () => {
      const ref = await started();
      await conversations().identify(ref, { subject: "user-7", at: start, fields: [] }, { name: "Ada" });
      const other = await conversations().identify(ref, { subject: "user-8", at: start, fields: [] }, { name: "Eve" });
      expect(other).toEqual({ kind: "another" });
      expect(await conversations().visitor(ref)).toMatchObject({
        verified: { subject: "user-7" },
        lead: { name: "Ada" },
      });
      expect(await conversations().identify(aRef(), { subject: "x", at: start, fields: [] }, {})).toEqual({
        kind: "not_found",
      });
    });
  });

  describe(`erasing in ${name}`, () => {
    it("takes the conversation away at once, and leaves who erased it and when", async () => {
      const ref = await started();
      await conversations().append(ref, anAppend({ message: aMessage("my address is …") }));
      expect(await erase(ref)).toMatchObject({ kind: "erased", head: { seq: 1 } });
      expect(await conversations().head(ref)).toBeUndefined();
      expect(await conversations().append(ref, anAppend({ message: aMessage("hi") }))).toMatchObject({
        reason: "not_found",
      });
      expect(await conversations().move(ref, aMove("escalate"))).toMatchObject({ reason: "not_found" });
      expect(await files().announce(aFile(ref, "file-000001"))).toBe("not_found");
      expect(await conversations().erasure(ref)).toEqual({ by: "visitor", at: start });
      expect(await under().outbox(ref)).toEqual([erasedEvent(ref)]);
    });

    it("is done once, however often it is asked for", async () => {
      const ref = await started();
      const results = await Promise.all([erase(ref), erase(ref)]);
      expect(results.map(({ kind }) => kind).toSorted()).toEqual(["erased", "settled"]);
      expect(await erase(ref)).toEqual({ kind: "settled" });
      expect(await erase(aRef())).toEqual({ kind: "not_found" });
      expect(await under().outbox(ref)).toHaveLength(1);
    });

    it("sweeps everything that was left, in portions, and never what lives", async () => {
      const ref = await started();
      for (let i = 0; i < 40; i++) await conversations().append(ref, anAppend({ message: aMessage(`message ${i}`) }));
      await conversations().saveLead(ref, { name: "Ada", email: "ada@example.com" });
      await conversations().createLink(aLink(ref, "link-1"));
      await conversations().claim(ref, aNotification("escalated-1"));
      await files().announce(aFile(ref, "file-000001"));
      expect(await conversations().sweep(ref, 10)).toBe("not_erased");
      expect(await conversations().entriesAfter(ref, 0, 100)).toHaveLength(40);

      await erase(ref);
      await swept(ref);
      expect(await conversations().entriesAfter(ref, 0, 100)).toEqual([]);
      expect(await conversations().visitor(ref)).toBeUndefined();
      expect(await conversations().link(ref, "link-1")).toBeUndefined();
      expect(await conversations().notification(ref, "escalated-1")).toBeUndefined();
      expect(await files().ofConversation(ref)).toEqual([]);
      expect(await conversations().sweep(ref, 10)).toBe("swept");
      expect(await conversations().erasure(ref)).toBeDefined();
    });

    it("takes it off the list", async () => {
      const ref = await started();
      await erase(ref);
      const query = { chatbotId: ref.chatbotId, statuses: ["unrequested" as const], from: 0, to: start, limit: 1_000 };
      const { heads } = await conversations().list(query);
      expect(heads.some(({ conversationId }) => conversationId === ref.conversationId)).toBe(false);
    });
  });

  describe(`events apart from a write in ${name}`, () => {
    it("are raised once under one id", async () => {
      const ref = await started();
      const event: LifecycleEvent = { type: "lead.saved.v1", detail: { ...ref, eventId: "lead-1", at: start } };
      await conversations().publish(ref, [event]);
      await conversations().publish(ref, [event]);
      expect(await under().outbox(ref)).toEqual([event]);
    });
  });

  describe(`chatbots with a retention in ${name}`, () => {
    it("are listed while they have one", async () => {
      const chatbots = () => under().stores.chatbots;
      const chatbotId = "keeps-30-days";
      const settings = (days: number) => ChatbotSettings.parse({ brand: { name: "Shop" }, retention: { days } });
      const plan = { name: "standard", liveChatAddOn: false } as const;
      await chatbots().put({ chatbotId, version: 1, settings: settings(0), plan, sealed: {} });
      expect(await chatbots().withRetention()).not.toContain(chatbotId);
      await chatbots().update(chatbotId, 1, { settings: settings(30), sealed: {} });
      expect(await chatbots().withRetention()).toContain(chatbotId);
      await chatbots().update(chatbotId, 2, { settings: settings(0), sealed: {} });
      expect(await chatbots().withRetention()).not.toContain(chatbotId);
    });
  });
}
