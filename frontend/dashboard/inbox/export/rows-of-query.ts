import { limits } from "../../../../lambdas/contracts/limits.ts";
import type { InboxRow } from "../../../../lambdas/contracts/protocol.ts";
import type { Api } from "../../../shared/api.ts";
import { belongs, type InboxQuery, questionOf } from "../list/inbox-query.ts";

/** Everything that a query shows, page by page to the end, whatever of it has been loaded into the list. */
export async function* rowsOf(
  api: Api,
  chatbotId: string,
  query: InboxQuery,
  me: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly InboxRow[]> {
  const asked = questionOf(query, Date.now());
  let cursor: string | undefined;
  do {
    const page = await pageOf(cursor);
    yield page.rows.filter((row) => belongs(row, query, page.now, me));
    cursor = page.cursor;
  } while (cursor !== undefined);

  async function pageOf(after: string | undefined) {
    const path = { chatbotId };
    if (query.search === "") {
      return api.call("listConversations", {
        path,
        query: { ...asked, limit: limits.inboxPage, cursor: after },
        signal,
      });
    }
    const {
      hits,
      now,
      cursor: next,
    } = await api.call("searchConversations", {
      path,
      query: { ...asked, q: query.search, cursor: after },
      signal,
    });
    return { now, cursor: next, rows: hits.map(({ row }) => row) };
  }
}
