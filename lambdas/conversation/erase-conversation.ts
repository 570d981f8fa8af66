import { type Connections, isPolling } from "../adapters/connections.ts";
import type { Delivery } from "../adapters/delivery.ts";
import type { FrameOf } from "../contracts/protocol.ts";
import type { ConversationHead, ConversationRef } from "../domain/conversation.ts";
import { DomainError } from "../domain/errors.ts";
import { partyOf, type SessionCaller } from "../runtime/caller.ts";
import type { Log } from "../runtime/log.ts";
import type { ConversationStore, Erasure } from "../store/conversations.ts";
import type { MemberStore } from "../store/members.ts";
import { noSuchConversation } from "./refusals.ts";
import { requireAccess } from "./require-access.ts";
import { type SweepingServices, sweepConversation } from "./sweep-conversation.ts";

export interface ErasingServices extends SweepingServices {
  readonly conversations: Pick<ConversationStore, "erase" | "erasure" | "link" | "sweep">;
  readonly delivery: Pick<Delivery, "gone">;
  readonly connections: Connections;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

/** Items that the request itself deletes; what is left is swept by the event's consumer. */
const itemsAtOnce = 500;

/**
 * The visitor, in the widget or through the customer's portal, erases the conversation.
 *
 * @throws DomainError `not_found` for a conversation that is not the session's, `forbidden` for an agent's portal, and what
 * `requireAccess` throws
 */
export async function eraseConversation(
  services: ErasingServices & { readonly members: Pick<MemberStore, "get"> },
  caller: SessionCaller,
  conversationId: string,
): Promise<{ erased: true }> {
  if (conversationId !== caller.conversationId) throw noSuchConversation();
  if (partyOf(caller) !== "visitor") throw new DomainError("forbidden", "Only the visitor or an owner can erase it.");
  // Somebody who asks again, because the first reply was lost, has no link any more to show.
  if ((await services.conversations.erasure(caller)) === undefined) await requireAccess(services, caller);
  return erase(services, caller, "visitor");
}

/**
 * Erases a conversation for good: it is gone for everybody at once, and all that was said, sent and left with it is
 * deleted, up to a tombstone that names nobody. Asking again goes on where an earlier attempt stopped.
 *
 * @throws DomainError `not_found`
 */
export async function erase(
  services: ErasingServices,
  ref: ConversationRef,
  by: Erasure["by"],
): Promise<{ erased: true }> {
  const { chatbotId, conversationId } = ref;
  const at = services.now();
  const detail = { eventId: `${conversationId}-erased`, chatbotId, conversationId, at, by };
  const result = await services.conversations.erase(ref, { by, at }, [{ type: "conversation.erased.v1", detail }]);
  if (result.kind === "not_found") throw noSuchConversation();
  if (result.kind === "erased") await sendAway(services, result.head);
  try {
    await sweepConversation(services, ref, itemsAtOnce);
  } catch (error) {
    // Nobody can reach it any more, and the event brings its consumer to finish this.
    services.log.warn("sweep_unfinished", { ...ref, error });
  }
  return { erased: true };
}

/**
 * Closes what is open in the conversation, and takes the row off the dashboards, whose sockets serve others as well.
 * Whoever is missed finds nothing at the next request.
 */
async function sendAway({ connections, delivery }: ErasingServices, head: ConversationHead): Promise<void> {
  const sockets = head.connections
    .filter(({ connectionId, agentId }) => agentId === undefined && !isPolling(connectionId))
    .map(({ connectionId }) => connectionId);
  await Promise.allSettled([
    delivery.gone(head),
    ...sockets.map(async (each) => {
      await connections.post(each, closedFrame);
      await connections.close(each);
    }),
  ]);
}

const closedFrame: FrameOf<"closed"> = {
  type: "closed",
  code: "erased",
  message: "This conversation has been erased.",
};
