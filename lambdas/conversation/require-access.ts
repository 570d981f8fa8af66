import type { ConversationRef } from "../domain/conversation.ts";
import { DomainError } from "../domain/errors.ts";
import type { Caller } from "../runtime/caller.ts";
import { memberOf } from "../runtime/identify.ts";
import { expiredLink } from "../runtime/tokens.ts";
import type { ConversationStore, PortalLink } from "../store/conversations.ts";
import { missingConversation } from "./missing-conversation.ts";
import type { ConversationServices } from "./services.ts";

interface LinkChecking {
  readonly conversations: Pick<ConversationStore, "link" | "erasure">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
type Checking = LinkChecking & Pick<ConversationServices, "members">;

/**
 * Looks again at what can be taken away: a portal's link, an agent's membership. Done where a caller comes in and
 * with every request over HTTPS; a socket that has joined shows its right by being on the head.
 *
 * @throws DomainError `link_revoked`, `link_expired`, `erased`, `not_found`
 */
export async function requireAccess({ conversations, members, now }: Checking, caller: Caller): Promise<void> {
  switch (caller.kind) {
    case "visitor":
      return;
    case "portal":
      await requireLink({ conversations, now }, caller, caller.linkId);
      return;
    case "agent":
      await memberOf(members, caller.agentId, caller.chatbotId, "agent");
  }
}

/** @throws DomainError `not_found`, `erased`, `link_revoked`, `link_expired` */
export async function requireLink(
  { conversations, now }: LinkChecking,
  ref: ConversationRef,
  linkId: string,
): Promise<PortalLink> {
  const link = await conversations.link(ref, linkId);
  if (link === undefined) throw await missingConversation(conversations, ref);
  if (link.revokedAt !== undefined) throw revokedLink();
  if (link.expiresAt <= now()) throw expiredLink();
  return link;
}

export function revokedLink(): DomainError {
  return new DomainError("link_revoked", "This link has been revoked. Ask for a new one.");
}
