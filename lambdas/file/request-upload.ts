import { requireChatbot } from "../chatbot/public-chatbot.ts";
import type { BodyOf, ReplyOf } from "../contracts/http.ts";
import { limits } from "../contracts/limits.ts";
import { missingConversation } from "../conversation/missing-conversation.ts";
import { participantOf } from "../conversation/participant.ts";
import { noSuchConversation } from "../conversation/refusals.ts";
import { requireAccess } from "../conversation/require-access.ts";
import type { ConversationRef } from "../domain/conversation.ts";
import { DomainError } from "../domain/errors.ts";
import { safeFileName } from "../domain/file-name.ts";
import type { Caller } from "../runtime/caller.ts";
import type { FileRecord } from "../store/files.ts";
import type { FileServices } from "./services.ts";

/** The bucket deletes what was not sent after two days; then it does not count any more. */
const unsentMs = 2 * 24 * 60 * 60 * 1000;

/**
 * Announces a file and returns the address to put it at, for this size and type alone. Nobody else sees it before it is
 * sent with a message.
 *
 * @throws DomainError `not_found`, `erased`, `forbidden` when the owner has switched files off for visitors,
 * `too_many_requests` for a visitor who uploads and does not send, `conflict` for a conversation that is full, and what
 * `requireAccess` throws
 */
export async function requestUpload(
  services: FileServices,
  caller: Caller,
  conversationId: string,
  { name, type, size }: BodyOf<"requestUpload">,
): Promise<ReplyOf<"requestUpload">> {
  const { ref, party } = participantOf(caller, conversationId, undefined);
  if (ref.conversationId !== conversationId) throw noSuchConversation();
  // An agent's membership was checked at the edge of this request.
  if (caller.kind !== "agent") await requireAccess(services, caller);
  const announcedAt = services.now();
  if (party === "visitor") await refuseVisitor(services, ref, announcedAt);
  const fileId = services.ids.newId();
  const file: FileRecord = { ...ref, fileId, name: safeFileName(name, type), type, size, party, announcedAt };
  switch (await services.files.announce(file)) {
    case "not_found":
      throw await missingConversation(services.conversations, ref);
    case "full":
      throw new DomainError(
        "conflict",
        `A conversation has room for ${limits.filesPerConversation} files, and this one is full.`,
      );
    case "announced":
      return { fileId, ...(await services.fileObjects.uploadAddress(file)) };
  }
}

async function refuseVisitor({ chatbots, files }: FileServices, ref: ConversationRef, now: number): Promise<void> {
  const { settings } = await requireChatbot(chatbots, ref.chatbotId);
  if (!settings.liveChat.attachments.enabled) {
    throw new DomainError("forbidden", "Files can't be sent in this chat.");
  }
  const waiting = (await files.ofConversation(ref)).filter(
    (each) => each.party === "visitor" && each.sentAt === undefined && each.announcedAt > now - unsentMs,
  );
  if (waiting.length >= limits.unsentFiles) {
    throw new DomainError("too_many_requests", "Send the files that you have uploaded before you add more.");
  }
}
