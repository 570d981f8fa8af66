import type { ConversationRef } from "../domain/conversation.ts";
import { DomainError } from "../domain/errors.ts";
import type { Ids } from "../runtime/ids.ts";
import type { ConversationStore, PortalLink } from "../store/conversations.ts";
import { type LinkServices, makeLink } from "./make-link.ts";
import { type RevocationServices, revokeLink } from "./revoke-link.ts";

/**
 * Makes a link's successor for the same recipient and revokes the link itself, in this order: when the second step
 * fails, nobody is locked out, and rotating again finishes it.
 *
 * @throws DomainError `not_found`, `link_revoked` for a link that has been revoked before
 */
export async function rotateLink(
  services: LinkServices &
    RevocationServices & {
      readonly conversations: Pick<ConversationStore, "link" | "createLink" | "revokeLink">;
      readonly ids: Pick<Ids, "newId">;
    },
  ref: ConversationRef,
  linkId: string,
): Promise<{ readonly link: PortalLink; readonly url: string }> {
  const old = await services.conversations.link(ref, linkId);
  if (old === undefined) throw new DomainError("not_found", "There is no such link.");
  if (old.revokedAt !== undefined) {
    throw new DomainError("link_revoked", "This link has been revoked. Make a new one instead.");
  }
  const { role, recipient } = old;
  const successor = await makeLink(services, ref, { linkId: services.ids.newId(), role, recipient });
  await revokeLink(services, ref, linkId);
  return successor;
}
