import type { ConversationRef } from "../domain/conversation.ts";
import { DomainError } from "../domain/errors.ts";
import type { ConversationStore } from "../store/conversations.ts";
import { noSuchConversation } from "./refusals.ts";

/** Why a conversation, or what belonged to it, is not there: it was erased, or there never was one. */
export async function missingConversation(
  conversations: Pick<ConversationStore, "erasure">,
  ref: ConversationRef,
): Promise<DomainError> {
  return (await conversations.erasure(ref)) === undefined ? noSuchConversation() : erasedConversation();
}

export function erasedConversation(): DomainError {
  return new DomainError("erased", "This conversation has been erased.");
}
