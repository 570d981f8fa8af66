import type { ConversationHead } from "../domain/conversation.ts";
import type { Party } from "../domain/status.ts";
import type { ConversationState, Entry, InboxRow } from "./protocol.ts";

/**
 * What a side gets of the conversation's lines. Everything that leaves for the visitor's side goes through here: what is
 * for agents only keeps its number, so that the sequence has no hole, and says nothing else.
 */
export function entriesFor(party: Party, entries: readonly Entry[]): Entry[] {
  return party === "agent" ? [...entries] : entries.map(forVisitor);
}

function forVisitor(entry: Entry): Entry {
  switch (entry.kind) {
    case "message":
    case "status":
    case "rating":
    case "hidden":
      return entry;
    // A kind that is not named above stays hidden until somebody decides that visitors may see it.
    default:
      return { kind: "hidden", seq: entry.seq, id: `hidden-${entry.seq}`, at: entry.at };
  }
}

/**
 * What a side may know of a head. An agent appears by name only; e-mail addresses and connection ids never leave. The
 * visitor learns who takes care of them once that person talks to them.
 */
export function stateOf(head: ConversationHead, party: Party, teamUntilMs?: number): ConversationState {
  const showsAssignee = head.assignee !== undefined && (party === "agent" || head.status === "open");
  return {
    conversationId: head.conversationId,
    status: head.status,
    epoch: head.epoch,
    seq: head.seq,
    read: head.read,
    unread: head.unread,
    botAnswers: head.botAnswers,
    presentUntil: {
      visitor: latestLease(head, "visitor"),
      agent: latestLease(head, "agent"),
      ...(teamUntilMs === undefined ? {} : { team: teamUntilMs }),
    },
    ...(head.reference === undefined ? {} : { reference: head.reference }),
    ...(showsAssignee ? { assignee: head.assignee.name } : {}),
    ...(head.rating === undefined ? {} : { rating: head.rating }),
    lastAt: head.lastAt,
    startedAt: head.startedAt,
  };
}

/** A row of the inbox: for agents only. */
export function rowOf(head: ConversationHead): InboxRow {
  return {
    ...stateOf(head, "agent"),
    ...(head.last === undefined ? {} : { last: head.last }),
    ...(head.assignee === undefined ? {} : { assigneeId: head.assignee.agentId }),
    ...(head.displayName === undefined ? {} : { displayName: head.displayName }),
    ...(head.country === undefined ? {} : { country: head.country }),
  };
}

/** Milliseconds since the epoch; 0 when nobody of the party is connected. */
function latestLease(head: ConversationHead, party: Party): number {
  return Math.max(0, ...head.connections.filter((each) => each.party === party).map((each) => each.until * 1000));
}
