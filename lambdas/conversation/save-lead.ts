import type { Lead } from "../contracts/http.ts";
import { DomainError } from "../domain/errors.ts";
import { partyOf, type SessionCaller } from "../runtime/caller.ts";
import { withoutControls } from "../runtime/viewer.ts";
import { noSuchConversation } from "./refusals.ts";
import { requireAccess } from "./require-access.ts";
import type { ConversationServices } from "./services.ts";

/**
 * Saves what the visitor left. Absent fields stay as they are.
 *
 * @throws DomainError `not_found` for a conversation that is not the session's, `forbidden` for an agent's portal
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
  const saved = await services.conversations.saveLead(caller, cleaned(lead));
  await showInInbox(services, caller);
  return saved;
}

/** The row shows the name that was left. */
async function showInInbox({ conversations, delivery, log }: ConversationServices, caller: SessionCaller) {
  try {
    const head = await conversations.head(caller);
    if (head !== undefined) await delivery.row(head);
  } catch (error) {
    log.warn("push_failed", { conversationId: caller.conversationId, error });
  }
}

/** A name ends up in subjects and headers of mails and tickets: no control characters. Notes keep their lines. */
function cleaned({ name, notes, ...rest }: Lead): Lead {
  return {
    ...rest,
    ...(name === undefined ? {} : { name: withoutControls(name) }),
    ...(notes === undefined ? {} : { notes: notes.split(/\r?\n/).map(withoutControls).join("\n").trim() }),
  };
}
