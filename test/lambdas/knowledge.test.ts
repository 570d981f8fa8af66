import { describe, expect, test } from "vitest";
import { createKnowledgeResponder } from "../../lambdas/adapters/responders/knowledge.ts";
import type { AnswerPart, Responder } from "../../lambdas/adapters/responders/responder.ts";
import { operations } from "../../lambdas/contracts/http.ts";
import { limits } from "../../lambdas/contracts/limits.ts";
import { createCurrentKnowledge } from "../../lambdas/knowledge/current-knowledge.ts";
import { deleteKnowledge, listKnowledge, putKnowledge, readKnowledge } from "../../lambdas/knowledge/keep-entries.ts";
import { tryKnowledge } from "../../lambdas/knowledge/try-knowledge.ts";
import { createMemoryChatbots } from "../../lambdas/store/memory/chatbots.ts";
import { aChat, refusalCode } from "./chat-world.ts";

const shipping = { title: "Shipping costs", text: "Shipping costs 4.90 €. It is free from 75 €." };

describe("the entries", () => {
  test("are listed by title with the beginning of their text, and read whole", async () => {
    const chatbots = createMemoryChatbots();
    const long = { title: "A long one", text: "x".repeat(250) };
    await putKnowledge(chatbots, "shop", "b", shipping);
    await putKnowledge(chatbots, "shop", "a", long);
    const entries = await listKnowledge(chatbots, "shop");
    expect(entries.map(({ title, text }) => [title, text.length])).toEqual([
      ["A long one", 200],
      ["Shipping costs", shipping.text.length],
    ]);
    expect(await readKnowledge(chatbots, "shop", "a")).toEqual({ entryId: "a", ...long });
    expect(await refusalCode(readKnowledge(chatbots, "other", "a"))).toBe("not_found");
  });

  test("are deleted once", async () => {
    const chatbots = createMemoryChatbots();
    await putKnowledge(chatbots, "shop", "b", shipping);
    expect(await deleteKnowledge(chatbots, "shop", "b")).toEqual({ entryId: "b" });
    expect(await refusalCode(deleteKnowledge(chatbots, "shop", "b"))).toBe("not_found");
  });

  test("end at the limit, and the refusal says so", async () => {
    const chatbots = createMemoryChatbots();
    const entries = Array.from({ length: limits.knowledgeEntries }, (_, n) => ({ entryId: `e${n}`, ...shipping }));
    await chatbots.putKnowledge("shop", entries);
    await expect(putKnowledge(chatbots, "shop", "one-more", shipping)).rejects.toThrow("at most 2000 entries");
    expect(await putKnowledge(chatbots, "shop", "e1", { ...shipping, title: "New" })).toMatchObject({ title: "New" });
  });
});

describe("the knowledge of a running function", () => {
  test("is read again when it has changed, and only then", async () => {
    const chatbots = createMemoryChatbots();
    let reads = 0;
    const current = createCurrentKnowledge({
      knowledgeVersion: (chatbotId) => chatbots.knowledgeVersion(chatbotId),
      knowledge: (chatbotId) => {
        reads++;
        return chatbots.knowledge(chatbotId);
      },
    });
    await putKnowledge(chatbots, "shop", "b", shipping);
    const first = await current("shop");
    expect(await current("shop")).toBe(first);
    expect(reads).toBe(1);
    await putKnowledge(chatbots, "shop", "b", { ...shipping, text: "Shipping is free." });
    expect((await current("shop"))[0]?.text).toBe("Shipping is free.");
    expect(reads).toBe(2);
  });

  test("is kept for the chatbots that were asked last", async () => {
    const asked: string[] = [];
    const current = createCurrentKnowledge({
      knowledgeVersion: async () => 1,
      knowledge: async (chatbotId) => {
        asked.push(chatbotId);
        return [];
      },
    });
    await current("first");
    for (let n = 0; n < 7; n++) await current(`other-${n}`);
    await current("first");
    expect(asked).toHaveLength(8);
    await current("one-too-many");
    await current("first");
    expect(asked).toHaveLength(9);
    await current("other-0");
    expect(asked).toHaveLength(10);
  });
});

async function aTrial(responder: Responder = createKnowledgeResponder()) {
  const { stores } = await aChat();
  await stores.chatbots.putKnowledge("shop", [
    { entryId: "shipping", ...shipping },
    { entryId: "returns", title: "Returns", text: "Send it back within 60 days. We pay the shipping." },
  ]);
  const knowledge = createCurrentKnowledge(stores.chatbots);
  const services = { chatbots: stores.chatbots, knowledge, responderOf: async () => responder };
  return async (question: string) => {
    const reply = await tryKnowledge(services, "shop", question);
    expect(operations.tryKnowledge.reply.parse(reply)).toEqual(reply);
    return reply;
  };
}

const says = (...parts: AnswerPart[]): Responder => ({
  async *answer() {
    yield* parts;
  },
});

describe("trying a question", () => {
  test("gives the visitors' answer, and the entries that were found, best first", async () => {
    const ask = await aTrial();
    const { answer, known, matches } = await ask("what does shipping cost?");
    expect([answer, known]).toEqual([shipping.text, true]);
    expect(matches.map(({ entryId }) => entryId)).toEqual(["shipping", "returns"]);
    expect(matches[0]?.score).toBeGreaterThan(matches[1]?.score ?? 0);
  });

  test("says when the answer is not known", async () => {
    const ask = await aTrial();
    expect(await ask("Do you sell bicycles?")).toMatchObject({ known: false, matches: [] });
  });

  test("claims no entry for small talk", async () => {
    const ask = await aTrial();
    expect(await ask("Hello!")).toMatchObject({ known: true, matches: [] });
  });

  test("gives the reason when the owner's own bot fails", async () => {
    const ask = await aTrial({
      // biome-ignore lint/correctness/useYield: it fails before its first word.
      async *answer() {
        throw new Error("The webhook answered 503.");
      },
    });
    await expect(ask("what does shipping cost?")).rejects.toMatchObject({
      code: "bad_request",
      message: "There was no answer: The webhook answered 503.",
    });
  });

  test("counts an answer that offers a human as not known", async () => {
    const ask = await aTrial(says({ text: "Better ask " }, { text: "my colleagues." }, { offersHuman: true }));
    expect(await ask("what does shipping cost?")).toMatchObject({ answer: "Better ask my colleagues.", known: false });
  });
});
