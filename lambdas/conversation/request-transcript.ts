import { DomainError } from "../domain/errors.ts";
import { recipientHash } from "../notification/notification-ids.ts";
import { partyOf, type SessionCaller } from "../runtime/caller.ts";
import type { MailWishStore } from "../store/mail-wishes.ts";
import { noSuchConversation } from "./refusals.ts";
import { requireAccess } from "./require-access.ts";
import type { ConversationServices } from "./services.ts";

/** Transcripts that one conversation is mailed as: enough for a mistyped address, too few to annoy a stranger. */
export const transcriptsPerConversation = 3;

type Services = Pick<ConversationServices, "conversations" | "members" | "now"> & {
  readonly mailWishes: Pick<MailWishStore, "requestTranscript">;
};

/**
 * Asks for the conversation by mail. The same address again, with nothing new in the conversation, is one request.
 *
 * @throws DomainError `not_found` for a conversation that is not the session's, `forbidden` for an agent's portal,
 * `conflict` when there is nothing to send yet, `too_many_requests` after three
 */
export async function requestTranscript(
  services: Services,
  caller: SessionCaller,
  conversationId: string,
  email: string,
): Promise<void> {
  if (conversationId !== caller.conversationId) throw noSuchConversation();
  if (partyOf(caller) !== "visitor") {
    throw new DomainError("forbidden", "Only the visitor can have the conversation mailed.");
  }
  await requireAccess(services, caller);
  const head = await services.conversations.head(caller);
  if (head === undefined) throw noSuchConversation();
  if (head.last === undefined)
    throw new DomainError("conflict", "There is nothing to mail yet. Write a message first.");
  const { chatbotId } = caller;
  const requested = await services.mailWishes.requestTranscript(
    { chatbotId, conversationId },
    {
      eventId: `${conversationId}-transcript-${head.seq}-${recipientHash(email)}`,
      chatbotId,
      conversationId,
      at: services.now(),
      email,
    },
    transcriptsPerConversation,
  );
  if (!requested) {
    throw new DomainError(
      "too_many_requests",
      `A conversation is mailed ${transcriptsPerConversation} times at most. Use the link in one of those mails.`,
    );
  }
}
