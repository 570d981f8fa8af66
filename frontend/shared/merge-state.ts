import type { ConversationState } from "../../lambdas/contracts/protocol.ts";

/** A state, with the server's clock when it was said. */
export interface StatedAt {
  readonly state: ConversationState;
  readonly now: number;
}

/**
 * Joins two states of one conversation so that their order of arrival does not matter: status and counters follow the
 * greater number, read marks only grow, and presence is what was said last.
 */
export function mergeStates(one: StatedAt, other: StatedAt): StatedAt {
  const [older, newer] = isBefore(one, other) ? [one, other] : [other, one];
  const [saidFirst, saidLast] = one.now <= other.now ? [one.state, other.state] : [other.state, one.state];
  const team = saidLast.presentUntil.team ?? saidFirst.presentUntil.team;
  return {
    now: Math.max(one.now, other.now),
    state: {
      ...older.state,
      ...newer.state,
      read: {
        visitor: Math.max(one.state.read.visitor, other.state.read.visitor),
        agent: Math.max(one.state.read.agent, other.state.read.agent),
      },
      unread: {
        visitor: unreadOf("visitor", older.state, newer.state),
        agent: unreadOf("agent", older.state, newer.state),
      },
      presentUntil: {
        visitor: saidLast.presentUntil.visitor,
        agent: saidLast.presentUntil.agent,
        ...(team === undefined ? {} : { team }),
      },
    },
  };
}

function isBefore(one: StatedAt, other: StatedAt): boolean {
  if (one.state.seq !== other.state.seq) return one.state.seq < other.state.seq;
  if (one.state.epoch !== other.state.epoch) return one.state.epoch < other.state.epoch;
  return one.now <= other.now;
}

/** At the same number of entries, reading is all that can have changed the count. */
function unreadOf(party: "visitor" | "agent", older: ConversationState, newer: ConversationState): number {
  if (older.seq < newer.seq) return newer.read[party] >= older.read[party] ? newer.unread[party] : older.unread[party];
  return Math.min(older.unread[party], newer.unread[party]);
}
