import type { QueryOf, ReplyOf } from "../contracts/http.ts";
import { rowOf } from "../contracts/views.ts";
import type { AgentCaller } from "../runtime/caller.ts";
import type { Tokens } from "../runtime/tokens.ts";
import type { ConversationStore } from "../store/conversations.ts";
import { askedOf, pageOf, sealNextPage, statusesAskedFor } from "./inbox-question.ts";

export interface InboxServices {
  readonly conversations: Pick<ConversationStore, "list">;
  readonly tokens: Pick<Tokens, "sealCursor" | "openCursor">;
  readonly now: () => number;
}

/**
 * A page of the inbox, newest activity first. Whose a conversation is stands on its head alone: with `assignee` one call
 * reads up to 200 heads and may find none of them although there are more.
 *
 * @throws DomainError `bad_request` for a range that is reversed or longer than 366 days, or a cursor of another list
 */
export async function listConversations(
  { conversations, tokens, now }: InboxServices,
  { agentId, chatbotId }: Pick<AgentCaller, "agentId" | "chatbotId">,
  query: QueryOf<"listConversations">,
): Promise<ReplyOf<"listConversations">> {
  // "Mine" is another question for another agent: a cursor is bound to the person.
  const assignee = query.assignee === "me" ? agentId : query.assignee;
  const asked = askedOf({ ...query, assignee });
  const begin = await pageOf(tokens, chatbotId, query, asked, now());
  const wanted = statusesAskedFor(query);
  if (wanted.length === 0) return { now: now(), rows: [] };
  const page = await conversations.list({
    chatbotId,
    statuses: wanted,
    ...begin,
    limit: query.limit,
    ...(assignee === undefined ? {} : { assignee: assignee === "none" ? null : assignee }),
  });
  const rows = page.heads.map(rowOf);
  if (page.after === undefined) return { now: now(), rows };
  return { now: now(), rows, cursor: await sealNextPage(tokens, chatbotId, asked, begin, page.after) };
}
