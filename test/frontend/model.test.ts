import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConversationModel } from "../../frontend/shared/conversation-model.ts";
import { PagedConversation } from "../../frontend/shared/paged-conversation.ts";
import type { ConversationState, Entry, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import { aMessage, anEntriesFrame, aSentFrame, aState, aStateFrame, conversationId } from "./frames.ts";

function aModel(now: () => number = () => 0): ConversationModel {
  let ids = 0;
  return new ConversationModel({ party: "visitor", conversationId, now, createId: () => `client-${++ids}` });
}

const texts = (model: ConversationModel) =>
  model.entries.flatMap((entry) => (entry.kind === "message" ? [entry.text] : []));

describe("ConversationModel", () => {
  it("shows the same conversation whatever order, loss or repetition the frames arrive in, once it has synced", async () => {
    const history = fc
      .array(
        fc.record({ role: fc.constantFrom("visitor", "agent", "bot"), reads: fc.boolean(), leaves: fc.boolean() }),
        {
          minLength: 1,
          maxLength: 25,
        },
      )
      .map((steps) => {
        const frames: { frame: ServerFrame; after: Entry[]; state: ConversationState }[] = [];
        const entries: Entry[] = [];
        const read = { visitor: 0, agent: 0 };
        let now = 1_000;
        for (const step of steps) {
          const entry = aMessage(entries.length + 1, { author: { role: step.role as "visitor" } });
          entries.push(entry);
          if (step.reads) read.visitor = entry.seq;
          now += 10;
          const state = aState({
            seq: entry.seq,
            read: { ...read },
            unread: { visitor: entry.seq - read.visitor, agent: 0 },
            presentUntil: { visitor: 0, agent: step.leaves ? 0 : now + 5_000 },
          });
          frames.push({ frame: { type: "entries", now, state, entries: [entry] }, after: [...entries], state });
        }
        return { frames, entries };
      });
    await fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat(3)), fc.infiniteStream(fc.nat()), (said, fates, order) => {
        const arrivals = said.frames
          .flatMap(({ frame }) => Array.from({ length: fates.next().value }, () => frame))
          .map((frame) => ({ frame, place: order.next().value }))
          .sort((a, b) => a.place - b.place);
        const model = aModel();
        for (const { frame } of arrivals) model.apply(frame);
        const last = said.frames.at(-1)!;
        model.apply({
          type: "state",
          now: (last.frame as { now: number }).now,
          state: last.state,
          entries: said.entries.filter((entry) => entry.seq > model.syncAfter),
          complete: true,
        });
        // What comes late must change nothing either.
        for (const { frame } of arrivals) model.apply(frame);

        expect(model.entries).toEqual(said.entries);
        expect(model.state).toEqual(last.state);
        expect(model.missing).toBeUndefined();
      }),
    );
  });

  it("continues a sync before the first hole, and after it once the hole is tolerated", () => {
    const model = aModel();
    model.apply(aStateFrame([aMessage(1), aMessage(2), aMessage(4)]));
    expect([model.syncAfter, model.missing]).toEqual([2, 3]);
    model.tolerateMissing(3);
    expect([model.syncAfter, model.missing]).toEqual([4, undefined]);
  });

  it("puts a late entry in its place even after its hole was tolerated", () => {
    const model = aModel();
    model.apply(aStateFrame([aMessage(1), aMessage(3)]));
    model.tolerateMissing(2);
    model.apply(anEntriesFrame([aMessage(2)], { seq: 3 }));
    expect(texts(model)).toEqual(["text 1", "text 2", "text 3"]);
  });

  it("replaces its own pending message by the stored one, whichever frame brings it", () => {
    for (const confirm of [aSentFrame, (entry: ReturnType<typeof aMessage>) => anEntriesFrame([entry])]) {
      const model = aModel();
      model.apply(aStateFrame([]));
      const pending = model.say("Hello");
      expect(model.pending).toHaveLength(1);
      model.apply(confirm(aMessage(1, { id: pending.id, text: "Hello" })));
      expect(model.pending).toEqual([]);
      expect(texts(model)).toEqual(["Hello"]);
    }
  });

  it("joins pieces of an AI answer, ignores repeated ones, and does not show text behind a gap", () => {
    const model = aModel();
    model.apply(aStateFrame([aMessage(1)]));
    const delta = (offset: number, text: string) =>
      model.apply({ type: "delta", conversationId, epoch: 1, answerId: "a", offset, text });
    delta(0, "Hello ");
    delta(0, "Hello ");
    delta(8, "lost before");
    delta(3, "lo wor");
    expect(model.answers.map((answer) => answer.text)).toEqual(["Hello wor"]);
  });

  it("drops a streamed answer when the epoch changes and never takes it up again", () => {
    const model = aModel();
    model.apply(aStateFrame([aMessage(1)]));
    const delta = { type: "delta", conversationId, epoch: 1, answerId: "a", offset: 0, text: "Too late" } as const;
    model.apply(delta);
    model.apply(anEntriesFrame([], { seq: 1, epoch: 2, status: "unassigned" }));
    expect(model.answers).toEqual([]);
    model.apply(delta);
    expect(model.answers).toEqual([]);
  });

  it("takes the stored answer instead of the streamed one, and ignores pieces that come after it", () => {
    const model = aModel();
    model.apply(aStateFrame([aMessage(1)]));
    const delta = { type: "delta", conversationId, epoch: 1, answerId: "a", offset: 0, text: "The ans" } as const;
    model.apply(delta);
    model.apply(anEntriesFrame([aMessage(2, { id: "other", author: { role: "bot" }, text: "The answer." })]));
    model.apply(delta);
    expect(model.answers).toEqual([]);
    expect(texts(model)).toEqual(["text 1", "The answer."]);
  });

  it("judges presence by the server's clock, however wrong its own is", () => {
    let ours = 5_000_000;
    const model = aModel(() => ours);
    model.apply({ ...aStateFrame([], { presentUntil: { visitor: 0, agent: 2_000 } }), now: 1_000 });
    expect(model.isPresent("agent")).toBe(true);
    ours += 1_001;
    expect(model.isPresent("agent")).toBe(false);
  });

  it("ignores frames of other conversations", () => {
    const model = aModel();
    model.apply({ ...aStateFrame([aMessage(1)]), state: aState({ conversationId: "another-one", seq: 1 }) });
    expect(model.state).toBeUndefined();
    expect(model.entries).toEqual([]);
  });

  it("loads older pages in front and keeps its place in the sync", () => {
    const model = new PagedConversation({ party: "agent", conversationId, now: () => 0, createId: () => "client-1" });
    model.loadPage([aMessage(51), aMessage(52)], true, { now: 1, row: aState({ seq: 52 }) });
    expect([model.syncAfter, model.hasOlder]).toEqual([52, true]);
    model.loadPage([aMessage(1), aMessage(50)], false);
    expect([model.syncAfter, model.hasOlder, model.entries[0]?.seq]).toEqual([52, false, 1]);
  });

  it("takes entries and frames of a later version without showing or losing anything else", () => {
    const model = aModel();
    const unknown = { kind: "poll", seq: 2, id: "poll-1", at: 0, author: { role: "agent" } } as unknown as Entry;
    model.apply(aStateFrame([aMessage(1), unknown, { kind: "hidden", seq: 3, id: "h", at: 0 }]));
    model.apply({ type: "confetti", conversationId } as unknown as ServerFrame);
    expect([texts(model), model.syncAfter]).toEqual([["text 1"], 3]);
  });

  it("forgets a command when its effect shows and reports when it is refused", () => {
    const model = aModel();
    model.apply(aStateFrame([]));
    model.begin("escalate");
    model.apply(anEntriesFrame([], { status: "unassigned", epoch: 2 }));
    expect(model.command).toBeUndefined();
    const { id } = model.begin("end");
    model.apply({ type: "error", code: "conflict", message: "Please try again.", id, conversationId });
    expect([model.command, model.refusal]).toEqual([undefined, "Please try again."]);
  });
});
