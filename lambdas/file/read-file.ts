import type { ReplyOf } from "../contracts/http.ts";
import { missingConversation } from "../conversation/missing-conversation.ts";
import { participantOf } from "../conversation/participant.ts";
import { noSuchConversation } from "../conversation/refusals.ts";
import { requireAccess } from "../conversation/require-access.ts";
import { DomainError } from "../domain/errors.ts";
import type { Caller } from "../runtime/caller.ts";
import type { FileServices } from "./services.ts";

/**
 * The address of a file's content for the next minutes. Both sides read what was sent; what was not is its own side's.
 *
 * @throws DomainError `not_found`, `erased`, and what `requireAccess` throws
 */
export async function readFile(
  services: FileServices,
  caller: Caller,
  conversationId: string,
  fileId: string,
): Promise<ReplyOf<"readFile">> {
  const { ref, party } = participantOf(caller, conversationId, undefined);
  if (ref.conversationId !== conversationId) throw noSuchConversation();
  // An agent's membership was checked at the edge of this request.
  if (caller.kind !== "agent") await requireAccess(services, caller);
  const [head, file] = await Promise.all([services.conversations.head(ref), services.files.get(ref, fileId)]);
  // The records of an erased conversation may be there for a moment longer than itself.
  if (head === undefined) throw await missingConversation(services.conversations, ref);
  if (file === undefined || (file.sentAt === undefined && file.party !== party)) {
    throw new DomainError("not_found", "There is no such file.");
  }
  const { name, type, size } = file;
  return { ...(await services.fileObjects.downloadAddress(file)), file: { fileId, name, type, size } };
}
