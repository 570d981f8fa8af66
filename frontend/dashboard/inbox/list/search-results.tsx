import type { JSX } from "preact";
import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import type { Api } from "../../../shared/api.ts";
import { Placeholder } from "../../placeholder.tsx";
import { useText } from "../../text.ts";
import { useNow } from "../use-now.ts";
import type { InboxFeed } from "./inbox-feed.ts";
import { ListSkeleton } from "./inbox-list-view.tsx";
import { belongs, type InboxQuery, questionOf, writeInboxQuery } from "./inbox-query.ts";
import { type ListedRow, type RowCursor, RowList } from "./row-list.tsx";
import { SearchSession } from "./search-session.ts";

interface SearchResultsProps {
  readonly api: Api;
  readonly feed: InboxFeed;
  readonly chatbotId: string;
  readonly query: InboxQuery;
  readonly me: string | undefined;
  readonly selected: string | undefined;
  readonly cursor: { current: RowCursor | undefined };
  readonly hrefOf: (conversationId: string) => string;
}

/** What a search has found so far, with the words in their place; it can be stopped at any time. */
export function SearchResults(props: SearchResultsProps): JSX.Element {
  const { feed, query, me } = props;
  const { t, number } = useText();
  const session = useSearch(props);
  const tick = useNow(15_000);
  const scroller = useRef<HTMLDivElement>(null);
  const { standing, searched } = session;

  const now = useMemo(() => feed.serverNow(), [feed, tick, session.hits.length]);
  const hits = session.hits.filter(({ row }) => belongs(feed.row(row.conversationId) ?? row, query, now, me));
  const at = (index: number): ListedRow | undefined => {
    const hit = hits[index];
    if (hit === undefined) return undefined;
    // The list may have heard of it since.
    const row = feed.row(hit.row.conversationId) ?? hit.row;
    return { row, found: { snippet: hit.snippet, search: query.search } };
  };
  return (
    <>
      <p class="search-standing" role="status">
        <span>{t(`search_${standing}`, { hits: number(hits.length), count: number(searched) })}</span>
        {standing === "searching" && (
          <button type="button" class="text-button" onClick={() => session.cancel()}>
            {t("stopSearch")}
          </button>
        )}
        {(standing === "failed" || standing === "cancelled") && (
          <button type="button" class="text-button" onClick={() => void session.run()}>
            {t("goOnSearching")}
          </button>
        )}
      </p>
      {hits.length === 0 && standing === "searching" && <ListSkeleton />}
      {hits.length === 0 && standing === "done" && (
        <div class="inbox-list">
          <Placeholder title={t("nothingFound")} text={t("nothingFoundText", { search: query.search })} />
        </div>
      )}
      {hits.length > 0 && (
        <div class="inbox-list" ref={scroller}>
          <RowList
            scroller={scroller}
            count={hits.length}
            at={at}
            indexOf={(id) => hits.findIndex(({ row }) => row.conversationId === id)}
            complete={standing === "done"}
            selected={props.selected}
            hrefOf={props.hrefOf}
            now={now}
            cursor={props.cursor}
          />
        </div>
      )}
    </>
  );
}

/** Searches anew for every other query, and stops looking when nobody wants to know any more. */
function useSearch({ api, chatbotId, query }: SearchResultsProps): SearchSession {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const key = writeInboxQuery(query).toString();
  const [asked] = useState(Date.now);
  const session = useMemo(
    () =>
      new SearchSession(
        (cursor, signal) =>
          api.call("searchConversations", {
            path: { chatbotId },
            query: { q: query.search, ...questionOf(query, asked), ...(cursor === undefined ? {} : { cursor }) },
            signal,
          }),
        () => draw(undefined),
      ),
    [api, chatbotId, key],
  );
  useEffect(() => {
    void session.run();
    return () => session.cancel();
  }, [session]);
  return session;
}
