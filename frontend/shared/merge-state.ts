import type { ConversationState } from "../../lambdas/contracts/protocol.ts";
import type { Party } from "../../lambdas/domain/status.ts";

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
  const [older, newer] = isBefore(one, other) ? [one.state, other.state] : [other.state, one.state];
  const [saidFirst, saidLast] = one.now <= other.now ? [one.state, other.state] : [other.state, one.state];
  const forBoth = (of: (party: Party) => number) => ({ visitor: of("visitor"), agent: of("agent") });
  return {
    now: Math.max(one.now, other.now),
    state: {
      ...older,
      ...newer,
      read: forBoth((party) => Math.max(older.read[party], newer.read[party])),
      unread: forBoth((party) => {
        // At the same number of entries, reading is all that can have changed the count.
        if (older.seq === newer.seq) return Math.min(older.unread[party], newer.unread[party]);
        return (newer.read[party] < older.read[party] ? older : newer).unread[party];
      }),
      presentUntil: { ...saidFirst.presentUntil, ...saidLast.presentUntil },
    },
  };
}

function isBefore(one: StatedAt, other: StatedAt): boolean {
  return (one.state.seq - other.state.seq || one.state.epoch - other.state.epoch || one.now - other.now) <= 0;
}
