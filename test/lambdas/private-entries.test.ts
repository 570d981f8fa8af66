import fc from "fast-check";
import { expect, test } from "vitest";
import type { ClientAction, Entry, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import type { Acting } from "../../lambdas/conversation/act.ts";
import { recentHistory } from "../../lambdas/notification/history.ts";
import { openPortal } from "../../lambdas/portal/open-portal.ts";
import { aChat, type Chat, change, day, hello } from "./chat-world.ts";

const steps = fc.array(
  fc.oneof(
    fc.constantFrom("note", "noteOverHttps", "noteByPortal", "assign", "unassign", "repeatLast"),
    fc.constantFrom("question", "answer", "takeOver", "end", "reopen", "rate", "read", "typing"),
  ),
  { minLength: 4, maxLength: 16 },
);

/** What must never leave for the visitor's side: words and ids of notes, ids of assignments, ids of agents. */
const secretWord = "for agents' eyes";
const secretIds = /private-action|agent-ada|agent-grace/;

test("nothing of a note or an assignment reaches the visitor's side, over whatever it gets the conversation", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (story) => {
      const { chat, received, entries } = await playedBack(story);
      expect(JSON.stringify(received)).not.toContain(secretWord);
      expect(JSON.stringify(received)).not.toMatch(secretIds);
      expect(JSON.stringify(received)).not.toContain('"assigneeId"');
      const { seq } = await chat.head();
      expect([...entries.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: seq }, (_, i) => i + 1));
      const stored = await chat.stores.conversations.entriesAfter(chat.ref, 0, 100);
      for (const { kind, seq: number } of stored) {
        const isPrivate = kind === "note" || kind === "assignment";
        expect(entries.get(number)?.kind).toBe(isPrivate ? "hidden" : kind);
      }
      for (const isCustomer of [true, false]) {
        const reader = { brand: "Shop", customer: "Cara", isCustomer, language: { say: (name: string) => name } };
        const { lines } = recentHistory(stored, false, reader);
        expect(JSON.stringify(lines)).not.toContain(secretWord);
      }
    }),
    { numRuns: 60 },
  );
});

/** Plays a story between agents and a visitor who looks through a socket, a portal's socket and by polling. */
async function playedBack(story: readonly string[]) {
  const chat = await aChat();
  await chat.stores.members.put({
    ...{ chatbotId: "shop", agentId: "agent-grace", email: "grace@example.com" },
    ...{ name: "Grace", role: "agent" },
  });
  const customer = await chat.portal("customer");
  const agentPortal = await chat.portal("agent");
  await chat.join(chat.visitor, "socket-v");
  await chat.join(customer, "socket-c");
  await chat.join(chat.agent, "socket-a");

  const replies: unknown[] = [];
  let assigned: string | null = null;
  let last: Acting | undefined;
  for (const [n, step] of story.entries()) {
    const id = `private-action-${n}`;
    const note: ClientAction = { action: "note", id, text: `${secretWord} ${n}`, ...named(chat) };
    const assign = (agentId: string | null): ClientAction => {
      const action = { action: "assign", id, agentId, expected: assigned, ...named(chat) } as const;
      assigned = agentId;
      return action;
    };
    const actings: Readonly<Record<string, () => Acting | undefined>> = {
      note: () => ({ caller: chat.agent, connectionId: "socket-a", action: note }),
      noteOverHttps: () => ({ caller: chat.agent, action: note }),
      noteByPortal: () => ({ caller: agentPortal, action: note }),
      assign: () => ({ caller: chat.agent, action: assign(n % 2 ? "agent-grace" : "agent-ada") }),
      unassign: () => ({ caller: chat.agent, connectionId: "socket-a", action: assign(null) }),
      repeatLast: () => last,
      question: () => ({ caller: chat.visitor, connectionId: "socket-v", action: sent(chat, n) }),
      answer: () => ({ caller: chat.agent, connectionId: "socket-a", action: sent(chat, n) }),
      takeOver: () => ({ caller: chat.agent, action: change("takeOver", `taken-over-${n}`) }),
      end: () => ({ caller: customer, connectionId: "socket-c", action: change("end", `ended-by-${n}`) }),
      reopen: () => ({ caller: chat.agent, action: change("reopen", `reopened-${n}`) }),
      rate: () => ({ caller: chat.visitor, action: { action: "rate", id: `rated-by-${n}`, score: 4 } as const }),
      read: () => ({ caller: chat.visitor, action: { action: "read", seq: n } as const }),
      typing: () => ({
        caller: chat.agent,
        connectionId: "socket-a",
        action: { action: "typing", ...named(chat) } as const,
      }),
    };
    const acting = actings[step]?.();
    if (acting === undefined) continue;
    last = acting;
    // Refusals are part of the story: what they say to the visitor counts as well.
    const reply = await chat.act(acting).catch((error: unknown) => ({ refused: String(error) }));
    if (acting.caller === chat.visitor || acting.caller === customer) replies.push(reply);
    assigned = (await chat.head()).assignee?.agentId ?? null;
  }
  replies.push(await chat.act({ caller: chat.visitor, action: hello(chat.ref.conversationId) }));
  replies.push(await chat.act({ caller: customer, action: hello(chat.ref.conversationId) }));
  const token = await chat.tokens.createLinkToken({ ...chat.ref, linkId: customer.linkId }, chat.clock.now + day);
  replies.push(await openPortal({ ...chat.services, tokens: chat.tokens }, token));

  const pushed = chat.connections.framesTo("socket-v");
  const received = [...replies, ...pushed, ...chat.connections.framesTo("socket-c")];
  return { chat, received, entries: entriesIn([...pushed, ...(replies as ServerFrame[])]) };
}

const named = (chat: Chat) => ({ conversationId: chat.ref.conversationId });

function sent(chat: Chat, n: number): ClientAction {
  return { action: "send", id: `message-${n}`, text: `said ${n}`, ...named(chat) };
}

function entriesIn(frames: readonly ServerFrame[]): Map<number, Entry> {
  const found = new Map<number, Entry>();
  for (const frame of frames) {
    const entries = "entries" in frame ? frame.entries : "entry" in frame ? [frame.entry] : [];
    for (const entry of entries) found.set(entry.seq, entry);
  }
  return found;
}

test("the visitor's open pages get a note's number at once, so that they need no sync", async () => {
  const chat = await aChat();
  await chat.join(chat.visitor, "socket-v");
  await chat.join(chat.agent, "socket-a");
  const action: ClientAction = { action: "note", id: "note-0001", text: "Knows the boss.", ...named(chat) };
  await chat.act({ caller: chat.agent, action });
  const [toVisitor] = chat.connections.framesTo("socket-v").slice(-1);
  expect(toVisitor).toMatchObject({
    type: "entries",
    state: { seq: 1 },
    entries: [{ kind: "hidden", id: "hidden-1" }],
  });
  expect(chat.connections.framesTo("socket-a").at(-1)).toMatchObject({
    entries: [{ kind: "note", id: "note-0001", text: "Knows the boss.", author: { name: "Ada" } }],
  });
});
