import type { Lead } from "../contracts/http.ts";
import { DomainError } from "../domain/errors.ts";
import { partyOf, type SessionCaller } from "../runtime/caller.ts";
import { withoutControls } from "../runtime/viewer.ts";
import { announceVisitor } from "./announce-visitor.ts";
import { missingConversation } from "./missing-conversation.ts";
import { noSuchConversation } from "./refusals.ts";
import { requireAccess } from "./require-access.ts";
import type { ConversationServices } from "./services.ts";

/**
 * Saves what the visitor left. Absent fields stay as they are, and so do those that the owner's server vouched for.
 *
 * @throws DomainError `erased`, `not_found` for a conversation that is not the session's, `forbidden` for an agent's portal
 */
export async function saveLead(
  services: ConversationServices,
  caller: SessionCaller,
  conversationId: string,
  lead: Lead,
): Promise<Lead> {
  if (conversationId !== caller.conversationId) throw noSuchConversation();
  if (partyOf(caller) !== "visitor") {
    throw new DomainError("forbidden", "Only the visitor can change what they left.");
  }
  await requireAccess(services, caller);
  const visitor = await services.conversations.visitor(caller);
  if (visitor === undefined) throw await missingConversation(services.conversations, caller);
  const saved = await services.conversations.saveLead(caller, without(cleaned(lead), visitor.verified?.fields ?? []));
  await announceVisitor(services, caller);
  return saved;
}

/** What the owner's server vouched for is not the visitor's to change. */
function without(lead: Lead, fields: readonly (keyof Lead)[]): Lead {
  return Object.fromEntries(Object.entries(lead).filter(([field]) => !fields.some((each) => each === field)));
}

/** A name ends up in subjects and headers of mails and tickets: no control characters. Notes keep their lines. */
function cleaned({ name, notes, ...rest }: Lead): Lead {
  return {
    ...rest,
    ...(name === undefined ? {} : { name: withoutControls(name) }),
    ...(notes === undefined ? {} : { notes: notes.split(/\r?\n/).map(withoutControls).join("\n").trim() }),
  };
}
