import { describe, expect, it } from "vitest";
import { createKnowledgeResponder } from "../../lambdas/adapters/responders/knowledge.ts";
import type { AnswerPart, Responder, ResponderContext } from "../../lambdas/adapters/responders/responder.ts";
import type { Entry, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import type { ConversationHead, ConversationRef } from "../../lambdas/domain/conversation.ts";
import { AnswerDeltas } from "../../lambdas/responder/answer-deltas.ts";
import { answerQuestion } from "../../lambdas/responder/answer-question.ts";
import type { NewMessage } from "../../lambdas/store/conversations.ts";
import { aConversation, aMessage, aMove, anAppend, aRef } from "../store/builders.ts";
import { aChatbot, aWorld } from "./notify-world.ts";

const says = (...parts: AnswerPart[]): Responder => ({
  async *answer() {
    yield* parts;
  },
});

async function aScene(responder: Responder, question: Partial<NewMessage> = {}) {
  const world = await aWorld(aChatbot("demo"));
  const { conversations } = world.stores;
  const ref: ConversationRef = aRef("demo");
  await conversations.start(aConversation(ref));
  const asked = await conversations.append(ref, anAppend({ message: aMessage("How much is shipping?", question) }));
  if (asked.kind !== "appended") throw new Error("not asked");
  const detail = { ...ref, eventId: "e", at: 0, epoch: asked.head.epoch, seq: asked.entry.seq };
  const pushed: (ServerFrame | { entries: readonly Entry[] })[] = [];
  const delivery = {
    async toConversation(head: ConversationHead, frame: ServerFrame) {
      pushed.push(frame);
      return head;
    },
    async entries(head: ConversationHead, entries: readonly Entry[]) {
      pushed.push({ entries });
      return head;
    },
  };
  let headReads = 0;
  const outside = {
    ...world.outside,
    conversations: {
      open: conversations.open,
      append: conversations.append,
      head: (which: ConversationRef) => {
        headReads++;
        return conversations.head(which);
      },
    },
    delivery,
    responderOf: async () => responder,
  };
  const answers = async () =>
    (await conversations.entriesAfter(ref, detail.seq, 100)).flatMap((entry) =>
      entry.kind === "message" && entry.author.role === "bot" ? [entry] : [],
    );
  const answer = (receiveCount = 1) => answerQuestion(outside, detail, { receiveCount });
  return { ...world, ref, detail, pushed, outside, answers, answer, headReads: () => headReads };
}

describe("answering a question", () => {
  it("streams the answer and then stores it with its sources", async () => {
    const long = "Standard shipping costs 4.90 € and is free from 75 €. ";
    const { answer, answers, pushed } = await aScene(says({ text: long }, { text: long }, { sources: ["Shipping"] }));
    await answer();
    expect(await answers()).toMatchObject([
      { text: (long + long).trim(), sources: ["Shipping"], author: { role: "bot", name: "Fernweh Outdoor" } },
    ]);
    const deltas = pushed.flatMap((frame) => ("type" in frame && frame.type === "delta" ? [frame] : []));
    expect(deltas.map((delta) => delta.offset)).toEqual([0, long.length]);
    expect(deltas.map((delta) => delta.text).join("")).toBe(long + long);
    expect(pushed.at(-1)).toHaveProperty("entries");
  });

  it("is given once, however often and late the event comes", async () => {
    let calls = 0;
    const { answer, answers, clock } = await aScene({
      async *answer() {
        calls++;
        yield { text: "Once." };
      },
    });
    await Promise.all([answer(), answer(), answer()]);
    clock.now += 86_400_000;
    await answer();
    expect(calls).toBe(1);
    expect(await answers()).toHaveLength(1);
  });

  it("is given again after a crash, and stored once", async () => {
    const { answer, answers } = await aScene(says({ text: "Here it is." }));
    await answer(1);
    await answer(2);
    expect(await answers()).toHaveLength(1);
  });

  it("does not begin when a human has taken over already", async () => {
    const { answer, answers, stores, ref, pushed } = await aScene(says({ text: "Too late" }));
    await stores.conversations.move(ref, aMove("takeOver"));
    await answer();
    expect(await answers()).toEqual([]);
    expect(pushed).toEqual([]);
  });

  it("stops within a quarter of a second, and stores nothing, when a human takes over while it is written", async () => {
    const piece = "A piece of the answer that is long enough. ";
    const scene = await aScene({
      async *answer() {
        yield { text: piece };
        await scene.stores.conversations.move(scene.ref, aMove("escalate"));
        scene.clock.now += 249;
        yield { text: piece };
        scene.clock.now += 1;
        yield { text: piece };
        expect.fail("asked for more");
      },
    });
    await scene.answer();
    expect(await scene.answers()).toEqual([]);
    expect(scene.pushed).toHaveLength(2);
  });

  it("is not stored when a human takes over after its last piece", async () => {
    const scene = await aScene({
      async *answer() {
        yield { text: "Finished." };
        await scene.stores.conversations.move(scene.ref, aMove("takeOver"));
      },
    });
    await scene.answer();
    expect(await scene.answers()).toEqual([]);
    expect(scene.pushed.filter((frame) => "entries" in frame)).toEqual([]);
  });

  it("reads the head at most four times a second", async () => {
    const scene = await aScene({
      async *answer() {
        for (let n = 0; n < 100; n++) {
          scene.clock.now += 10;
          yield { text: "x" };
        }
      },
    });
    await scene.answer();
    expect(scene.headReads()).toBe(4);
  });

  it.each<[string, Responder]>([
    [
      "the responder breaks",
      {
        // biome-ignore lint/correctness/useYield: it breaks before its first piece
        async *answer() {
          throw new Error("model down");
        },
      },
    ],
    ["the answer is empty", says({ text: "  " })],
  ])("apologises and offers a human when %s", async (_, responder) => {
    const { answer, answers, logged } = await aScene(responder);
    await answer();
    expect(await answers()).toMatchObject([{ text: expect.stringContaining("I'm sorry"), offersHuman: true }]);
    expect(logged).toContain("answer_failed");
  });

  it("apologises when the answer takes too long", async () => {
    const scene = await aScene({
      async *answer() {
        yield { text: "One moment … " };
        scene.clock.now += 26_000;
        yield { text: "… " };
      },
    });
    await scene.answer();
    expect(await scene.answers()).toMatchObject([{ offersHuman: true }]);
  });

  it("gives the responder the talk before the question and nothing after it", async () => {
    let seen: ResponderContext | undefined;
    const scene = await aScene({
      async *answer(_, context) {
        seen = context;
        yield { text: "Yes." };
      },
    });
    await scene.stores.conversations.append(scene.ref, anAppend({ message: aMessage("And to Norway?") }));
    await scene.answer();
    expect(seen?.history).toEqual([]);
    const second = { ...scene.detail, seq: scene.detail.seq + 1 };
    await answerQuestion(scene.outside, second, { receiveCount: 1 });
    expect(seen?.history).toEqual([{ by: "visitor", text: "How much is shipping?" }]);
    expect(await scene.answers()).toHaveLength(2);
  });

  it("says that files are for people when nothing else was sent", async () => {
    const attachments = [{ fileId: "file-000001", name: "parcel.png", type: "image/png", size: 9 }];
    const { answer, answers } = await aScene(says({ text: "an answer to nothing" }), { text: "", attachments });
    await answer();
    expect(await answers()).toMatchObject([{ offersHuman: true, text: expect.stringContaining("file") }]);
  });

  it("cuts an answer at the length of a message", async () => {
    const { answer, answers } = await aScene(says({ text: "💥".repeat(3_000) }));
    await answer();
    const text = (await answers())[0]?.text ?? "";
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text).not.toMatch(/[\uD800-\uDFFF]/u);
  });

  it("works with the chatbot's own documents", async () => {
    const scene = await aScene(createKnowledgeResponder());
    await scene.stores.chatbots.putKnowledge("demo", [
      { entryId: "s", title: "Shipping costs", text: "Shipping costs 4.90 €. It is free from 75 €." },
    ]);
    await scene.answer();
    expect(await scene.answers()).toMatchObject([
      { text: "Shipping costs 4.90 €. It is free from 75 €.", sources: ["Shipping costs"] },
    ]);
  });
});

describe("the deltas of an answer", () => {
  it("are at least 40 characters long, or 100 ms apart", () => {
    let now = 0;
    const deltas = new AnswerDeltas({ conversationId: "c", epoch: 1, answerId: "a" }, () => now);
    expect(deltas.add("x".repeat(39))).toBeUndefined();
    expect(deltas.add("y")).toMatchObject({ offset: 0, text: `${"x".repeat(39)}y` });
    expect(deltas.add("z")).toBeUndefined();
    now = 100;
    expect(deltas.add("!")).toMatchObject({ offset: 40, text: "z!" });
    expect(deltas.text).toHaveLength(42);
  });
});
