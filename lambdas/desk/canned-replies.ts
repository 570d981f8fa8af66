import type { BodyOf, CannedReply } from "../contracts/http.ts";
import { limits } from "../contracts/limits.ts";
import { DomainError } from "../domain/errors.ts";
import { foldedShortcut, type ReplyStore } from "../store/replies.ts";

/**
 * Writes a reply. A shortcut is unique whatever its case: `/Hi` replaces `/hi`. Two who add one at the same moment can
 * pass the limit by one.
 *
 * @throws DomainError `conflict` when there are as many as there may be
 */
export async function putReply(
  replies: Pick<ReplyStore, "list" | "put">,
  chatbotId: string,
  shortcut: string,
  { title, text }: BodyOf<"putReply">,
): Promise<CannedReply> {
  const known = await replies.list(chatbotId);
  const replaces = known.some((each) => foldedShortcut(each.shortcut) === foldedShortcut(shortcut));
  if (!replaces && known.length >= limits.cannedReplies) {
    throw new DomainError("conflict", `A chatbot has at most ${limits.cannedReplies} canned replies.`);
  }
  const reply: CannedReply = { shortcut: shortcut.normalize("NFC"), title, text };
  await replies.put(chatbotId, reply);
  return reply;
}

/** @throws DomainError `not_found` */
export async function deleteReply(
  replies: Pick<ReplyStore, "remove">,
  chatbotId: string,
  shortcut: string,
): Promise<{ shortcut: string }> {
  if (!(await replies.remove(chatbotId, shortcut))) throw new DomainError("not_found", "There is no such reply.");
  return { shortcut };
}
