import type { ConversationView } from "../contracts/http.ts";
import { limits } from "../contracts/limits.ts";
import { rowOf } from "../contracts/views.ts";
import { noSuchConversation } from "../conversation/refusals.ts";
import type { ConversationRef } from "../domain/conversation.ts";
import { notificationView } from "../notification/notification-view.ts";
import { linkView } from "../portal/link-view.ts";
import type { ConversationStore } from "../store/conversations.ts";

/**
 * A conversation with everything that an agent may know of it, in one Query: the newest 100 entries, or those before
 * `before`.
 *
 * @throws DomainError `not_found`, for another chatbot's conversation as well
 */
export async function viewConversation(
  { conversations }: { readonly conversations: Pick<ConversationStore, "open"> },
  ref: ConversationRef,
  before: number | undefined,
): Promise<ConversationView> {
  const opened = await conversations.open(ref, {
    limit: limits.entriesPerSync,
    ...(before === undefined ? {} : { before }),
  });
  if (opened === undefined) throw noSuchConversation();
  const { head, entries, more, facts, lead, verified, earlier, links, notifications } = opened;
  return {
    row: rowOf(head),
    entries: [...entries],
    more,
    visitor: {
      facts,
      lead,
      ...(verified === undefined ? {} : { verified: { subject: verified.subject, at: verified.at } }),
    },
    earlier: [...earlier],
    links: links.map(linkView),
    notifications: notifications.map(notificationView),
  };
}
