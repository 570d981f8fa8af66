import { type Connections, isPolling } from "../adapters/connections.ts";
import type { FrameOf } from "../contracts/protocol.ts";
import type { ConversationRef } from "../domain/conversation.ts";
import { DomainError } from "../domain/errors.ts";
import type { ConversationStore, PortalLink } from "../store/conversations.ts";

export interface RevocationServices {
  readonly conversations: Pick<ConversationStore, "revokeLink">;
  readonly connections: Connections;
  readonly now: () => number;
}

/**
 * Revokes a link: refused from now on, also by its running sessions, and its open sockets are closed. Revoking again
 * succeeds and keeps the first moment.
 *
 * @throws DomainError `not_found`
 */
export async function revokeLink(
  { conversations, connections, now }: RevocationServices,
  ref: ConversationRef,
  linkId: string,
): Promise<PortalLink> {
  const revoked = await conversations.revokeLink(ref, linkId, now());
  if (revoked === undefined) throw new DomainError("not_found", "There is no such link.");
  const sockets = revoked.connections.map((each) => each.connectionId).filter((each) => !isPolling(each));
  await Promise.allSettled(
    sockets.map(async (connectionId) => {
      await connections.post(connectionId, closedFrame);
      await connections.close(connectionId);
    }),
  );
  return revoked.link;
}

const closedFrame: FrameOf<"closed"> = {
  type: "closed",
  code: "link_revoked",
  message: "This link has been revoked. Ask for a new one.",
};
