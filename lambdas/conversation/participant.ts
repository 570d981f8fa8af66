import { pollingPrefix } from "../adapters/connections.ts";
import type { Connection, ConversationRef } from "../domain/conversation.ts";
import { DomainError } from "../domain/errors.ts";
import { leaseUntil } from "../domain/presence.ts";
import type { Party } from "../domain/status.ts";
import { type Caller, partyOf } from "../runtime/caller.ts";
import type { Author } from "../store/conversations.ts";

/** Somebody who acts in one conversation, and through what. */
export interface Participant {
  readonly caller: Caller;
  readonly party: Party;
  readonly ref: ConversationRef;
  /** How the other side sees what this one writes. */
  readonly author: Author;
  /** The socket; absent over HTTPS. */
  readonly connectionId?: string;
}

/**
 * Puts a caller into a conversation. Visitors and portals are in the one that their session names, whatever the action
 * says; an agent names one, and reaches it through their own chatbot only.
 *
 * @throws DomainError `bad_request` when an agent names none.
 */
export function participantOf(
  caller: Caller,
  named: string | undefined,
  connectionId: string | undefined,
): Participant {
  const conversationId = caller.kind === "agent" ? named : caller.conversationId;
  if (conversationId === undefined) {
    throw new DomainError("bad_request", "Say which conversation is meant.", [
      { path: "conversationId", message: "the id of a conversation" },
    ]);
  }
  return {
    caller,
    party: partyOf(caller),
    ref: { chatbotId: caller.chatbotId, conversationId },
    author: authorOf(caller),
    ...(connectionId === undefined ? {} : { connectionId }),
  };
}

/** The participant's entry on the head. Whoever polls gets one under a name that nothing is pushed to. */
export function connectionOf(who: Participant, now: number): Connection {
  const { caller, party, connectionId = pollingIdOf(caller) } = who;
  return {
    connectionId,
    party,
    until: leaseUntil(now),
    ...(caller.kind === "portal" ? { linkId: caller.linkId } : {}),
    ...(caller.kind === "agent" ? { agentId: caller.agentId } : {}),
  };
}

/** The socket's entry for a write that demands that it is on the head; none over HTTPS. */
export function socketOf(who: Participant, now: number): { readonly connection?: Connection } {
  return who.connectionId === undefined ? {} : { connection: connectionOf(who, now) };
}

function pollingIdOf(caller: Caller): string {
  switch (caller.kind) {
    case "visitor":
      return `${pollingPrefix}${caller.visitorId}`;
    case "portal":
      return `${pollingPrefix}${caller.linkId}`;
    case "agent":
      return `${pollingPrefix}${caller.agentId}`;
  }
}

function authorOf(caller: Caller): Author {
  if (caller.kind === "agent") return { role: "agent", name: caller.name, agentId: caller.agentId };
  if (partyOf(caller) === "visitor") return { role: "visitor" };
  return { role: "agent", ...(caller.kind === "portal" ? { name: caller.name } : {}) };
}
