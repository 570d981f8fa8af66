import { announcePresence, isOnlyOne, tellTheAbsent } from "../conversation/announce.ts";
import type { ConversationServices } from "../conversation/services.ts";
import type { ConversationRef } from "../domain/conversation.ts";
import type { Party } from "../domain/status.ts";
import { type Caller, partyOf } from "../runtime/caller.ts";

/**
 * A socket is gone: it leaves what it took part in, the others see it, and a message that now waits for somebody who
 * has left sets a notification going. An agent's socket leaves the inbox and every conversation that it had open.
 */
export async function closeSocket(services: ConversationServices, caller: Caller, connectionId: string): Promise<void> {
  const { chatbotId } = caller;
  const party = partyOf(caller);
  if (caller.kind !== "agent") {
    await leaveConversation(services, { chatbotId, conversationId: caller.conversationId }, party, connectionId);
    return;
  }
  const left = await services.team.leave(chatbotId, connectionId);
  const leaving = left.map((conversationId) =>
    leaveConversation(services, { chatbotId, conversationId }, party, connectionId),
  );
  // One that fails harms no other; its lease ends by itself.
  await Promise.allSettled(leaving);
}

async function leaveConversation(
  services: ConversationServices,
  ref: ConversationRef,
  party: Party,
  connectionId: string,
): Promise<void> {
  const head = await services.conversations.leave(ref, [connectionId]);
  if (head === undefined) return;
  if (isOnlyOne(head, party, connectionId, services.now())) {
    await announcePresence(services, head, party, connectionId);
  }
  await tellTheAbsent(services, head);
}
