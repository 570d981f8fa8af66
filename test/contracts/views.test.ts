import { describe, expect, it } from "vitest";
import { Entry } from "../../lambdas/contracts/protocol.ts";
import { entriesFor, rowOf, stateOf } from "../../lambdas/contracts/views.ts";
import type { ConversationHead } from "../../lambdas/domain/conversation.ts";
import { goldenFrames } from "./golden.ts";

const golden: readonly Entry[] = goldenFrames
  .filter(({ name }) => name === "entries")
  .flatMap(({ examples }) => examples)
  .flatMap(({ entries }) => Entry.array().parse(entries));
const kinds = ["message", "status", "note", "assignment", "rating", "hidden"] as const;

describe("what a side gets of the lines", () => {
  it("shows an agent all of them", () => {
    expect([...new Set(golden.map(({ kind }) => kind))].sort()).toEqual([...kinds].sort());
    expect(entriesFor("agent", golden)).toEqual(golden);
  });

  it("keeps every number for the visitor, and of what is for agents nothing else", () => {
    const shown = entriesFor("visitor", golden);
    expect(shown.map(({ seq }) => seq)).toEqual(golden.map(({ seq }) => seq));
    shown.forEach((entry, i) => {
      const original = golden[i]!;
      if (original.kind !== "note" && original.kind !== "assignment") expect(entry).toBe(original);
      else {
        const { seq, at } = original;
        expect(entry).toEqual({ kind: "hidden", seq, id: `hidden-${seq}`, at });
      }
    });
  });

  it("hides a kind that is not known yet", () => {
    const later = { kind: "summary", seq: 4, id: "s_4Xc81kQz", at: 1, text: "for agents" } as unknown as Entry;
    expect(entriesFor("visitor", [later])).toEqual([{ kind: "hidden", seq: 4, id: "hidden-4", at: 1 }]);
  });
});

describe("what a side knows of the head", () => {
  const head: ConversationHead = {
    chatbotId: "demo",
    conversationId: "conversation-1",
    visitorId: "v",
    status: "open",
    epoch: 2,
    seq: 5,
    read: { visitor: 4, agent: 4 },
    spoke: { visitor: 3, agent: 4 },
    unread: { visitor: 0, agent: 0 },
    botAnswers: 1,
    connections: [{ connectionId: "socket-1", party: "agent", until: 7, agentId: "agent-mia" }],
    lastAt: 1,
    startedAt: 1,
    assignee: { agentId: "agent-mia", name: "Mia", at: 1 },
    rating: 4,
    notified: {},
  };

  it("tells the visitor who takes care of them once that person talks to them", () => {
    expect(stateOf(head, "visitor")).toMatchObject({ assignee: "Mia", rating: 4 });
    for (const status of ["unrequested", "unassigned", "ended"] as const) {
      expect(stateOf({ ...head, status }, "visitor").assignee).toBeUndefined();
      expect(stateOf({ ...head, status }, "agent").assignee).toBe("Mia");
    }
  });

  it("gives an agent's id to the inbox alone, and connection ids to nobody", () => {
    expect(rowOf(head)).toMatchObject({ assigneeId: "agent-mia" });
    for (const party of ["visitor", "agent"] as const) {
      expect(JSON.stringify(stateOf(head, party))).not.toMatch(/agent-mia|socket-1/);
    }
    expect(JSON.stringify(rowOf(head))).not.toContain("socket-1");
  });
});
