import type { LifecycleEvent } from "../contracts/events.ts";
import type { Entry } from "../contracts/protocol.ts";
import { type ConversationHead, partyToNotify } from "../domain/conversation.ts";
import type { Command, Party } from "../domain/status.ts";
import type { Consequences, Follow } from "../store/conversations.ts";

/*
 * What follows from a write. Event ids are made of what happened, so that the same fact computed twice is one fact.
 */

/** A message of a party: the bot is asked while nobody has asked for a human, and whoever has left is to be told. */
export function followMessage(by: Party, at: number): Follow {
  return (head) => {
    const waiting = unseen(head, at);
    if (by !== "visitor" || head.status !== "unrequested") return waiting;
    return { ...waiting, events: [asked(head, at), ...waiting.events] };
  };
}

/** A change of status, and the message that may come with it. */
export function followMove(command: Command, by: Party, at: number): Follow {
  return (head, entries) => {
    const waiting = unseen(head, at);
    return { ...waiting, events: [lifecycle(command, by, head, entries, at), ...waiting.events] };
  };
}

/** The visitor's verdict. */
export function followRating(score: number, comment: string | undefined, at: number): Follow {
  return (head, [entry]) => {
    const seq = entry?.seq ?? head.seq;
    const detail = {
      ...base(head, at, `rated-${seq}`),
      seq,
      score,
      ...(comment === undefined ? {} : { comment }),
      ...(head.replacedRating === undefined ? {} : { replaces: head.replacedRating }),
    };
    return { events: [{ type: "conversation.rated.v1", detail }] };
  };
}

/** A message that waits for somebody who has left and was not told yet. */
export function unseen(head: ConversationHead, at: number): Consequences {
  const party = partyToNotify(head, at);
  if (party === undefined) return { events: [] };
  const readMark = head.read[party];
  const event: LifecycleEvent = {
    type: "message.unseen.v1",
    detail: { ...base(head, at, `unseen-${party}-${readMark}-${at}`), recipient: party, readMark, seq: head.seq },
  };
  return { events: [event], notified: { party, period: { readMark, at } } };
}

function asked(head: ConversationHead, at: number): LifecycleEvent {
  const { epoch, seq } = head;
  return { type: "message.asked.v1", detail: { ...base(head, at, `asked-${seq}`), epoch, seq } };
}

function lifecycle(
  command: Command,
  by: Party,
  head: ConversationHead,
  entries: readonly Entry[],
  at: number,
): LifecycleEvent {
  const { epoch } = head;
  const seq = entries[0]?.seq ?? head.seq;
  switch (command) {
    case "escalate":
      return {
        type: "conversation.escalated.v1",
        detail: { ...base(head, at, `escalated-${epoch}`), epoch, seq, reference: head.reference ?? "" },
      };
    case "takeOver": {
      // Handing it back forgets the escalation: one that is remembered has not been answered.
      const from = head.escalatedAt === undefined ? "unrequested" : "unassigned";
      return {
        type: "conversation.opened.v1",
        detail: {
          ...base(head, at, `opened-${epoch}`),
          epoch,
          seq,
          from,
          ...(head.escalatedAt === undefined ? {} : { escalatedAt: head.escalatedAt }),
        },
      };
    }
    case "end":
      return {
        type: "conversation.ended.v1",
        detail: {
          ...base(head, at, `ended-${epoch}`),
          seq,
          by,
          startedAt: head.startedAt,
          ...(head.escalatedAt === undefined ? {} : { escalatedAt: head.escalatedAt }),
        },
      };
    case "reopen":
      return {
        type: "conversation.reopened.v1",
        detail: { ...base(head, at, `reopened-${epoch}`), epoch, seq, by },
      };
    case "handBack":
      return {
        type: "conversation.handed-back.v1",
        detail: { ...base(head, at, `handed-back-${epoch}`), epoch, seq },
      };
  }
}

function base({ chatbotId, conversationId }: ConversationHead, at: number, fact: string) {
  return { eventId: `${conversationId}-${fact}`, chatbotId, conversationId, at };
}
