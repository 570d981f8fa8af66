import { describe, expect, it, vi } from "vitest";
import { NewsWatch } from "../../frontend/dashboard/alerts/news.ts";
import { Assignment } from "../../frontend/dashboard/inbox/talk/assignment.ts";
import { NoteOutbox } from "../../frontend/dashboard/inbox/talk/note-outbox.ts";
import type { ConnectionStatus } from "../../frontend/shared/connection.ts";
import type { ClientActionInput, NoteEntry, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import { aRow } from "./dashboard-rows.ts";
import { aMessage, anEntriesFrame, aStateFrame, conversationId } from "./frames.ts";

/** A connection that the test speaks through. */
function aChannel() {
  const sent: ClientActionInput[] = [];
  const frames = new Set<(frame: ServerFrame) => void>();
  const statuses = new Set<(status: ConnectionStatus) => void>();
  const channel = {
    works: true,
    sent,
    send: (action: ClientActionInput) => {
      if (channel.works) sent.push(action);
      return channel.works;
    },
    onFrame: (listener: (frame: ServerFrame) => void) => {
      frames.add(listener);
      return () => frames.delete(listener);
    },
    onStatus: (listener: (status: ConnectionStatus) => void) => {
      statuses.add(listener);
      return () => statuses.delete(listener);
    },
    says: (frame: ServerFrame) => {
      for (const listener of frames) listener(frame);
    },
    turns: (status: ConnectionStatus) => {
      for (const listener of statuses) listener(status);
    },
  };
  return channel;
}

const aNote = (id: string): NoteEntry => ({ kind: "note", seq: 3, id, at: 1, author: { role: "agent" }, text: "x" });

describe("private notes on their way", () => {
  function anOutbox() {
    let count = 0;
    const channel = aChannel();
    const outbox = new NoteOutbox({
      channel,
      conversationId,
      changed: () => undefined,
      createId: () => `note-000${++count}`,
    });
    const ids = () => channel.sent.map((action) => ("id" in action ? action.id : ""));
    return { channel, outbox, ids };
  }

  it("go out one by one, and are done when they stand in the conversation", () => {
    const { channel, outbox, ids } = anOutbox();
    outbox.write("one");
    outbox.write("two");
    expect(ids()).toEqual(["note-0001"]);
    channel.says(aStateFrame([aNote("note-0001")]));
    expect(ids()).toEqual(["note-0001", "note-0002"]);
    channel.says(anEntriesFrame([aNote("note-0002")]));
    expect(outbox.pending).toEqual([]);
  });

  it("go out again under their id after the connection was lost", () => {
    const { channel, outbox, ids } = anOutbox();
    outbox.write("one");
    channel.turns("connecting");
    channel.turns("live");
    channel.says(aStateFrame([]));
    expect(ids()).toEqual(["note-0001", "note-0001"]);
  });

  it("wait for a connection, and for the hello that the server asks for", () => {
    const { channel, outbox, ids } = anOutbox();
    channel.works = false;
    outbox.write("one");
    expect(ids()).toEqual([]);
    channel.works = true;
    channel.says(aStateFrame([]));
    channel.says({ type: "error", code: "hello_required", message: "", id: "note-0001", conversationId });
    expect(ids()).toHaveLength(1);
    channel.says(aStateFrame([]));
    expect(ids()).toHaveLength(2);
  });

  it("fail with the reason, do not hold up the next one, and can be tried again", () => {
    const { channel, outbox, ids } = anOutbox();
    outbox.write("one");
    outbox.write("two");
    channel.says({ type: "error", code: "bad_request", message: "too long", id: "note-0001", conversationId });
    expect(outbox.pending[0]).toMatchObject({ state: "failed", reason: "too long" });
    expect(ids()).toEqual(["note-0001", "note-0002"]);
    channel.says(aStateFrame([aNote("note-0002")]));
    outbox.retry("note-0001");
    expect(ids().at(-1)).toBe("note-0001");
  });

  it("are repeated by themselves when the server could not take them just now", () => {
    vi.useFakeTimers();
    const { channel, outbox, ids } = anOutbox();
    outbox.write("one");
    channel.says({ type: "error", code: "internal", message: "", id: "note-0001", conversationId });
    vi.advanceTimersByTime(1_000);
    expect(ids()).toEqual(["note-0001", "note-0001"]);
    outbox.stop();
    vi.useRealTimers();
  });
});

describe("an assignment", () => {
  function anAssignment() {
    const channel = aChannel();
    const assignment = new Assignment({
      channel,
      conversationId,
      serverNow: () => 5_000,
      changed: () => undefined,
      createId: () => "assign-01",
    });
    return { channel, assignment };
  }

  it("says whose the conversation was as far as we saw, and is done with the state", () => {
    const { channel, assignment } = anAssignment();
    assignment.give("mia", null);
    expect(channel.sent).toEqual([
      { action: "assign", id: "assign-01", agentId: "mia", expected: null, conversationId },
    ]);
    expect(assignment.standing.kind).toBe("asking");
    channel.says(aStateFrame([]));
    expect(assignment.standing).toEqual({ kind: "idle" });
  });

  it("names who was quicker, and when", () => {
    const { channel, assignment } = anAssignment();
    assignment.give("mia", null);
    const conflict = { type: "error", code: "conflict", message: "", id: "assign-01", conversationId } as const;
    channel.says({ ...conflict, assignee: { agentId: "olivia", name: "Olivia", at: 3_000 } });
    expect(assignment.standing).toEqual({ kind: "taken", claim: { name: "Olivia", at: 3_000 } });
    assignment.give("mia", "olivia");
    channel.says(conflict);
    expect(assignment.standing).toEqual({ kind: "taken", claim: { at: 5_000 } });
    assignment.dismiss();
    expect(assignment.standing.kind).toBe("idle");
  });

  it("is refused with the server's reason, and when there is no connection", () => {
    const { channel, assignment } = anAssignment();
    assignment.give("mia", null);
    channel.says({ type: "error", code: "not_found", message: "no such member", id: "assign-01" });
    expect(assignment.standing).toEqual({ kind: "refused", reason: "no such member" });
    channel.works = false;
    assignment.give("mia", null);
    expect(assignment.standing.kind).toBe("refused");
  });
});

describe("what is worth a sound", () => {
  it("is a new escalation, once", () => {
    const news = new NewsWatch();
    const row = aRow({ status: "unassigned" });
    expect(news.take({ type: "row", now: 1, row })?.kind).toBe("escalated");
    expect(news.take({ type: "row", now: 2, row })).toBeUndefined();
    news.take({ type: "row", now: 3, row: { ...row, status: "ended" } });
    expect(news.take({ type: "row", now: 4, row })?.kind).toBe("escalated");
  });

  it("is a visitor's message, not ours and not the AI's, and only once", () => {
    const news = new NewsWatch();
    const open = { status: "open" } as const;
    expect(news.take(anEntriesFrame([aMessage(4)], open))).toEqual({ kind: "message", conversationId });
    const row = aRow({ conversationId, status: "open", seq: 4, last: { by: "visitor", preview: "" } });
    expect(news.take({ type: "row", now: 1, row })).toBeUndefined();
    expect(news.take(anEntriesFrame([aMessage(5, { author: { role: "agent" } })], open))).toBeUndefined();
    expect(news.take(anEntriesFrame([aMessage(6)], { status: "unrequested" }))).toBeUndefined();
  });
});
