import { describe, expect, test } from "vitest";
import { operations } from "../../lambdas/contracts/http.ts";
import { searchConversations } from "../../lambdas/inbox/search-conversations.ts";
import { aChat, type Chat, minute, refusalCode, send } from "./chat-world.ts";

const search = (chat: Chat, given: Record<string, string>, chatbotId = "shop") =>
  searchConversations(
    { ...chat.services, tokens: chat.tokens },
    chatbotId,
    operations.searchConversations.query.parse(given),
  );

async function aConversationThatSays(chat: Chat, conversationId: string, text: string): Promise<void> {
  const ref = { chatbotId: "shop", conversationId };
  chat.clock.now += minute;
  const at = chat.clock.now;
  await chat.stores.conversations.start({
    ...ref,
    visitorId: "visitor-9",
    at,
    facts: { page: "https://shop.example/hats" },
  });
  await chat.stores.conversations.append(ref, {
    message: { id: `message-${conversationId}`, author: { role: "visitor" }, text, at },
    whileStatus: ["unrequested"],
    follow: () => ({ events: [] }),
  });
}

describe("the search", () => {
  test("finds words in messages, whoever wrote them, with the place", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.visitor, action: send("message-0001", "Where is my Päckchen?") });
    await chat.act({ caller: chat.agent, action: send("message-0002", "It is in Leipzig.") });
    const { hits, searched } = await search(chat, { q: "packchen leipzig" });
    expect(searched).toBe(1);
    expect(hits).toHaveLength(1);
    expect(hits[0]?.snippet).toContain("Leipzig");
    expect(hits[0]?.seq).toBeGreaterThan(1);
  });

  test("finds lead and page, and no conversation that lacks one of the words", async () => {
    const chat = await aChat();
    await aConversationThatSays(chat, "conversation-hats", "Do you ship to Malta?");
    await chat.stores.conversations.saveLead(
      { chatbotId: "shop", conversationId: "conversation-hats" },
      { email: "ada@example.com" },
    );
    expect((await search(chat, { q: "ada@example" })).hits.map(({ snippet }) => snippet)).toEqual(["ada@example.com"]);
    expect((await search(chat, { q: "hats malta" })).hits).toHaveLength(1);
    expect((await search(chat, { q: "hats gozo" })).hits).toEqual([]);
  });

  test("goes on with its cursor through conversations without a hit, and looks at each once", async () => {
    const chat = await aChat();
    for (let n = 0; n < 340; n++)
      await aConversationThatSays(chat, `conversation-${String(n).padStart(4, "0")}`, "hello");
    await aConversationThatSays(chat, "conversation-last", "hello");
    const looked: number[] = [];
    let found = 0;
    let cursor: string | undefined;
    do {
      const page = await search(chat, { q: "needle", ...(cursor === undefined ? {} : { cursor }) });
      looked.push(page.searched);
      found += page.hits.length;
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toBe(0);
    expect(looked.length).toBeGreaterThan(1);
    // And the one that every chat of these tests begins with.
    expect(looked.reduce((sum, each) => sum + each, 0)).toBe(342);
  });

  test("looks at long conversations beyond their newest page", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.visitor, action: send("message-0000", "The needle is here") });
    for (let n = 0; n < 250; n++)
      await chat.act({ caller: chat.visitor, action: send(`message-1${n}`.padEnd(14, "x"), `straw ${n}`) });
    expect((await search(chat, { q: "needle" })).hits[0]?.snippet).toContain("needle");
  });

  test("stays inside its chatbot, filter and question", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.visitor, action: send("message-0001", "needle") });
    expect((await search(chat, { q: "needle" }, "other")).hits).toEqual([]);
    expect((await search(chat, { q: "needle", filter: "ended" })).hits).toEqual([]);
    for (let n = 0; n < 320; n++)
      await aConversationThatSays(chat, `conversation-${String(n).padStart(4, "0")}`, "straw");
    const { cursor = "" } = await search(chat, { q: "needle" });
    expect(cursor).not.toBe("");
    expect(await refusalCode(search(chat, { q: "thread", cursor }))).toBe("bad_request");
    expect(await refusalCode(search(chat, { q: "needle", cursor }, "other"))).toBe("bad_request");
  });
});
