import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Placeholder } from "../placeholder.tsx";
import { useText } from "../text.ts";
import type { InboxFeed } from "./inbox-feed.ts";
import "./inbox-list.css";
import type { InboxQuery } from "./inbox-query.ts";
import { InboxRowView } from "./inbox-row.tsx";
import { anchorOf, holdAnchor, type ScrollAnchor } from "./scroll-anchor.ts";
import { useNow } from "./use-now.ts";

interface InboxListViewProps {
  readonly feed: InboxFeed;
  readonly query: InboxQuery;
  readonly selected: string | undefined;
  readonly hrefOf: (conversationId: string) => string;
  readonly onQuery: (query: InboxQuery) => void;
}

/** Milliseconds after which relative times and presence dots are drawn again. */
const redrawMs = 15_000;

export function InboxListView({ feed, query, selected, hrefOf, onQuery }: InboxListViewProps) {
  const { t } = useText();
  useNow(redrawMs);
  const { rows, loaded, cursor } = feed.list;
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<ScrollAnchor | undefined>(undefined);

  // Where the reader is has to be known before the rows change, and is restored right after.
  if (scroller.current !== null) anchor.current = anchorOf(scroller.current);
  // New rows are the reason.
  useLayoutEffect(() => {
    if (scroller.current !== null && anchor.current !== undefined) holdAnchor(scroller.current, anchor.current);
  }, [rows]);

  if (feed.failed) {
    return (
      <div class="inbox-list">
        <Placeholder title={t("listFailed")}>
          <button type="button" class="button button-plain" onClick={() => void feed.refresh()}>
            {t("tryAgain")}
          </button>
        </Placeholder>
      </div>
    );
  }
  if (!loaded) return <ListSkeleton />;
  if (rows.length === 0 && cursor === undefined) return <EmptyList query={query} onQuery={onQuery} />;

  const tabbable = rows.some((row) => row.conversationId === selected) ? selected : rows[0]?.conversationId;
  return (
    <div class="inbox-list" ref={scroller}>
      {feed.stale && (
        <p class="inbox-stale" role="status">
          {t("listStale")}
        </p>
      )}
      {/* The arrow keys move the focus among the links inside. */}
      <ul class="inbox-rows" aria-label={t("conversations")} onKeyDown={moveFocus}>
        {rows.map((row) => (
          <InboxRowView
            key={row.conversationId}
            row={row}
            href={hrefOf(row.conversationId)}
            selected={row.conversationId === selected}
            tabbable={row.conversationId === tabbable}
            now={feed.serverNow()}
          />
        ))}
      </ul>
      {cursor !== undefined && <LoadMore feed={feed} cursor={cursor} />}
    </div>
  );
}

/** Loads by itself when it is scrolled into sight, and by the keyboard or after a failure when it is pressed. */
function LoadMore({ feed, cursor }: { readonly feed: InboxFeed; readonly cursor: string }) {
  const { t } = useText();
  const button = useRef<HTMLButtonElement>(null);
  // Another cursor is another page to watch for.
  useEffect(() => {
    const target = button.current;
    if (target === null) return;
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some((entry) => entry.isIntersecting) && !feed.stale) void feed.loadMore();
      },
      { rootMargin: "200px" },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [feed, cursor]);
  return (
    <button
      type="button"
      ref={button}
      class="inbox-more"
      aria-disabled={feed.loadingMore}
      onClick={() => void feed.loadMore()}
    >
      {feed.loadingMore ? t("loadingMore") : t("loadMore")}
    </button>
  );
}

function EmptyList({ query, onQuery }: Pick<InboxListViewProps, "query" | "onQuery">) {
  const { t } = useText();
  const canWiden = query.range.preset !== "90d" && query.filter !== "unassigned";
  return (
    <div class="inbox-list">
      <Placeholder title={t(`empty_${query.filter}`)} text={t(`emptyText_${query.filter}`)}>
        {canWiden && (
          <button
            type="button"
            class="button button-plain"
            onClick={() => onQuery({ ...query, range: { preset: "90d" } })}
          >
            {t("widenRange")}
          </button>
        )}
      </Placeholder>
    </div>
  );
}

function ListSkeleton() {
  const { t } = useText();
  return (
    <div class="inbox-list" aria-busy="true">
      <span class="visually-hidden" role="status">
        {t("loading")}
      </span>
      {["one", "two", "three", "four", "five", "six"].map((each) => (
        <div class="inbox-row" key={each} aria-hidden="true">
          <span class="bone bone-avatar" />
          <span class="inbox-row-main">
            <span class="bone bone-title" />
            <span class="bone bone-line" />
            <span class="bone bone-badge" />
          </span>
        </div>
      ))}
    </div>
  );
}

/** Arrow keys, Home and End, as in any list box; Enter follows the link. */
function moveFocus(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("a.inbox-row")];
  const focused = document.activeElement;
  const at = focused instanceof HTMLElement ? rows.indexOf(focused) : -1;
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (next === undefined || at === -1) return;
  event.preventDefault();
  rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
}
