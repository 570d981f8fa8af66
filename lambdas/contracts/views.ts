import type { ConversationHead } from "../domain/conversation.ts";
import type { Party } from "../domain/status.ts";
import type { ConversationState, InboxRow } from "./protocol.ts";

/** What clients may know of a head. An agent appears by name only; e-mail addresses and connection ids never leave. */
export function stateOf(head: ConversationHead, teamUntilMs?: number): ConversationState {
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
    ...(head.assignee === undefined ? {} : { assignee: head.assignee.name }),
    lastAt: head.lastAt,
    startedAt: head.startedAt,
  };
}

export function rowOf(head: ConversationHead): InboxRow {
  return {
    ...stateOf(head),
    ...(head.last === undefined ? {} : { last: head.last }),
    ...(head.displayName === undefined ? {} : { displayName: head.displayName }),
    ...(head.country === undefined ? {} : { country: head.country }),
  };
}

/** Milliseconds since the epoch; 0 when nobody of the party is connected. */
function latestLease(head: ConversationHead, party: Party): number {
  return Math.max(0, ...head.connections.filter((each) => each.party === party).map((each) => each.until * 1000));
}
