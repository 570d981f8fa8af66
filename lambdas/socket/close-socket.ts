import { announcePresence, isOnlyOne, tellTheAbsent } from "../conversation/announce.ts";
import type { ConversationServices } from "../conversation/services.ts";
import { type Caller, partyOf } from "../runtime/caller.ts";

/**
 * A socket is gone: it leaves what it took part in, the others see it, and a message that now waits for somebody who
 * has left sets a notification going. An agent's socket leaves the inbox; conversations that it had open notice by the
 * end of the lease, or at the next push to it.
 */
export async function closeSocket(services: ConversationServices, caller: Caller, connectionId: string): Promise<void> {
  if (caller.kind === "agent") {
    await services.team.leave(caller.chatbotId, connectionId);
    return;
  }
  const { chatbotId, conversationId } = caller;
  const head = await services.conversations.leave({ chatbotId, conversationId }, [connectionId]);
  if (head === undefined) return;
  const party = partyOf(caller);
  if (isOnlyOne(head, party, connectionId, services.now())) {
    await announcePresence(services, head, party, connectionId);
  }
  await tellTheAbsent(services, head);
}
