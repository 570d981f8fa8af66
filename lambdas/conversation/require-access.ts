import { DomainError } from "../domain/errors.ts";
import type { Caller } from "../runtime/caller.ts";
import { memberOf } from "../runtime/identify.ts";
import { expiredLink } from "../runtime/tokens.ts";
import type { PortalLink } from "../store/conversations.ts";
import { noSuchConversation } from "./refusals.ts";
import type { ConversationServices } from "./services.ts";

type Checking = Pick<ConversationServices, "conversations" | "members" | "now">;

/**
 * Looks again at what can be taken away: a portal's link, an agent's membership. Done where a caller comes in and
 * with every request over HTTPS; a socket that has joined shows its right by being on the head.
 *
 * @throws DomainError `link_revoked`, `link_expired`, `not_found`
 */
export async function requireAccess({ conversations, members, now }: Checking, caller: Caller): Promise<void> {
  switch (caller.kind) {
    case "visitor":
      return;
    case "portal":
      requireRunning(await conversations.link(caller, caller.linkId), now());
      return;
    case "agent":
      await memberOf(members, caller.agentId, caller.chatbotId, "agent");
  }
}

/** @throws DomainError `not_found`, `link_revoked`, `link_expired` */
export function requireRunning(link: PortalLink | undefined, now: number): PortalLink {
  if (link === undefined) throw noSuchConversation();
  if (link.revokedAt !== undefined) throw revokedLink();
  if (link.expiresAt <= now) throw expiredLink();
  return link;
}

export function revokedLink(): DomainError {
  return new DomainError("link_revoked", "This link has been revoked. Ask for a new one.");
}
