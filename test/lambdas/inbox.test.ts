import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { operations, type QueryOf } from "../../lambdas/contracts/http.ts";
import { listConversations } from "../../lambdas/inbox/list-conversations.ts";
import { listMemberships } from "../../lambdas/inbox/list-memberships.ts";
import { viewConversation } from "../../lambdas/inbox/view-conversation.ts";
import { aChat, type Chat, change, day, minute, refusalCode, send } from "./chat-world.ts";

const query = (given: Record<string, string> = {}): QueryOf<"listConversations"> =>
  operations.listConversations.query.parse(given);
const list = (chat: Chat, given: Record<string, string> = {}, chatbotId = "shop") =>
  listConversations({ ...chat.services, tokens: chat.tokens }, { ...chat.agent, chatbotId }, query(given));

/** Conversations `more-000` … of the chatbot, a minute apart. */
async function manyConversations(chat: Chat, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    chat.clock.now += minute;
    const conversationId = `more-conversation-${String(n).padStart(3, "0")}`;
    await chat.stores.conversations.start({
      chatbotId: "shop",
      conversationId,
      visitorId: `visitor-${n}`,
      at: chat.clock.now,
      facts: {},
    });
  }
}

describe("the list", () => {
  test("filters by status; ongoing leaves ended ones out", async () => {
    const chat = await aChat();
    const idsOf = async (given: Record<string, string>) => (await list(chat, given)).rows.length;
    expect([await idsOf({}), await idsOf({ filter: "all" })]).toEqual([0, 1]);
    await chat.act({ caller: chat.visitor, action: change("escalate") });
    expect([await idsOf({}), await idsOf({ filter: "unassigned" })]).toEqual([1, 1]);
    await chat.act({ caller: chat.agent, action: change("takeOver") });
    expect([await idsOf({ filter: "unassigned" }), await idsOf({ filter: "inProgress" })]).toEqual([0, 1]);
    await chat.act({ caller: chat.agent, action: change("end") });
    expect([await idsOf({ filter: "ended" }), await idsOf({ ongoing: "true" })]).toEqual([1, 0]);
    expect(await idsOf({ filter: "ended", ongoing: "true" })).toBe(0);
  });

  test("pages through everything once, also while new conversations arrive", async () => {
    const chat = await aChat();
    await manyConversations(chat, 12);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(chat, { filter: "all", limit: "5", ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.rows.map((row) => row.conversationId));
      cursor = page.cursor;
      chat.clock.now += minute;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(13);
    expect(new Set(seen).size).toBe(13);
  });

  test("shows mine, a colleague's and nobody's, and binds the cursor to the person", async () => {
    const chat = await aChat();
    await manyConversations(chat, 6);
    const idOf = (n: number) => `more-conversation-00${n}`;
    for (const n of [1, 3, 5]) {
      const conversationId = idOf(n);
      const action = {
        action: "assign",
        id: `claim-00${n}`,
        agentId: "agent-ada",
        expected: null,
        conversationId,
      } as const;
      await chat.act({ caller: chat.agent, action });
    }
    const idsOf = async (assignee: string) =>
      (await list(chat, { filter: "all", assignee })).rows.map((row) => row.conversationId);
    expect(await idsOf("me")).toEqual([5, 3, 1].map(idOf));
    expect(await idsOf("agent-ada")).toEqual([5, 3, 1].map(idOf));
    expect(await idsOf("none")).toEqual([...[4, 2, 0].map(idOf), "conversation-1"]);
    expect(await idsOf("agent-grace")).toEqual([]);

    const { rows, cursor = "" } = await list(chat, { filter: "all", assignee: "me", limit: "2" });
    expect(rows.map(({ assigneeId }) => assigneeId)).toEqual(["agent-ada", "agent-ada"]);
    const next = await list(chat, { filter: "all", assignee: "me", limit: "2", cursor });
    expect(next.rows.map(({ conversationId }) => conversationId)).toEqual([idOf(1)]);
    const asGrace = listConversations(
      { ...chat.services, tokens: chat.tokens },
      { chatbotId: "shop", agentId: "agent-grace" },
      query({ filter: "all", assignee: "me", limit: "2", cursor }),
    );
    expect(await refusalCode(asGrace)).toBe("bad_request");
    expect(await refusalCode(list(chat, { filter: "all", limit: "2", cursor }))).toBe("bad_request");
  });

  test("refuses a cursor of another chatbot or another question", async () => {
    const chat = await aChat();
    await manyConversations(chat, 3);
    const { cursor = "" } = await list(chat, { filter: "all", limit: "2" });
    expect(await refusalCode(list(chat, { filter: "all", limit: "2", cursor }, "other"))).toBe("bad_request");
    expect(await refusalCode(list(chat, { filter: "escalated", limit: "2", cursor }))).toBe("bad_request");
    await expect(list(chat, { filter: "all", cursor: `${cursor}x` })).rejects.toMatchObject({
      code: "bad_request",
      message: expect.stringContaining("Start again"),
    });
  });

  test("refuses whatever else stands in the place of a cursor", async () => {
    const chat = await aChat();
    await manyConversations(chat, 3);
    const { cursor = "" } = await list(chat, { filter: "all", limit: "2" });
    const session = await chat.tokens.issueSession(chat.visitor);
    const edited = fc
      .tuple(fc.nat({ max: cursor.length - 1 }), fc.constantFrom("A", "b", ".", "_"))
      .map(([at, character]) => `${cursor.slice(0, at)}${character}${cursor.slice(at + 1)}`)
      // The last character of a base64url part carries bits that don't count.
      .filter(
        (token) => token !== cursor && Buffer.from(token, "base64url").compare(Buffer.from(cursor, "base64url")) !== 0,
      );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), edited, fc.constant(session)), async (token) => {
        expect(await refusalCode(list(chat, { filter: "all", limit: "2", cursor: token }))).toBe("bad_request");
      }),
    );
  });

  test("refuses a reversed range and one of more than 366 days", async () => {
    const chat = await aChat();
    const iso = (at: number) => new Date(at).toISOString();
    const { now } = chat.clock;
    expect(await refusalCode(list(chat, { from: iso(now), to: iso(now - day) }))).toBe("bad_request");
    expect(await refusalCode(list(chat, { from: iso(now - 367 * day), to: iso(now) }))).toBe("bad_request");
    expect(await list(chat, { from: iso(now - 366 * day), to: iso(now) })).toMatchObject({ rows: [] });
  });
});

describe("viewing a conversation", () => {
  test("shows entries, visitor and links, and of links neither token nor tenant", async () => {
    const chat = await aChat();
    await chat.act({ caller: chat.visitor, action: send("message-1", "Hi") });
    await chat.portal("agent");
    const view = await viewConversation(chat.stores, chat.ref, undefined);
    expect(view).toMatchObject({
      row: { conversationId: "conversation-1", last: { by: "visitor", preview: "Hi" } },
      entries: [{ seq: 1 }],
      more: false,
      visitor: { facts: { country: "DE" } },
      links: [{ linkId: "link-agent", role: "agent", opened: 0 }],
    });
    expect(operations.viewConversation.reply.parse(view)).toEqual(view);
    expect(view.links[0]).not.toHaveProperty("chatbotId");
  });

  test("finds nothing of another chatbot", async () => {
    const chat = await aChat();
    const viewing = viewConversation(chat.stores, { ...chat.ref, chatbotId: "other" }, undefined);
    expect(await refusalCode(viewing)).toBe("not_found");
  });
});

test("memberships carry the chatbot's name; one of a deleted chatbot is left out", async () => {
  const chat = await aChat();
  const deleted = {
    agentId: "agent-ada",
    chatbotId: "deleted",
    role: "owner",
    email: "a@example.com",
    name: "Ada",
  } as const;
  await chat.stores.members.put(deleted);
  const memberships = await listMemberships(chat.stores, "agent-ada");
  expect(memberships).toEqual([{ chatbotId: "shop", name: "Shop", role: "agent" }]);
});
