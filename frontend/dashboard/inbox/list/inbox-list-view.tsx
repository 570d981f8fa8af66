import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import { Glyph } from "../../glyph.tsx";
import { Link } from "../../navigation.tsx";
import { Placeholder } from "../../placeholder.tsx";
import { settingsHref } from "../../routes.ts";
import { useText } from "../../text.ts";
import { useChanges } from "../../use-changes.ts";
import { useNow } from "../use-now.ts";
import type { InboxFeed } from "./inbox-feed.ts";
import "./inbox-list.css";
import { defaultQuery, type InboxQuery, writeInboxQuery } from "./inbox-query.ts";
import { PointerHold } from "./pointer-hold.ts";
import { type ListedRow, type RowCursor, RowList } from "./row-list.tsx";
import { SteadyOrder } from "./steady-order.ts";

export interface InboxListViewProps {
  readonly feed: InboxFeed;
  readonly chatbotId: string;
  readonly query: InboxQuery;
  readonly selected: string | undefined;
  readonly cursor: { current: RowCursor | undefined };
  readonly hrefOf: (conversationId: string) => string;
  readonly onQuery: (query: InboxQuery) => void;
}

/** Milliseconds after which relative times and presence dots are drawn again. */
const redrawMs = 15_000;

/** The conversations of a query, live: rows stay put while somebody aims at one or reads further down. */
export function InboxListView(props: InboxListViewProps): JSX.Element {
  const { feed, query } = props;
  useChanges(feed);
  const { t } = useText();
  const { rows, loaded, cursor } = feed.list;

  if (feed.failed) {
    return (
      <div class="inbox-list">
        <Placeholder title={t("listFailed")}>
          <button type="button" class="button button-plain" onClick={() => void feed.retry()}>
            {t("tryAgain")}
          </button>
        </Placeholder>
      </div>
    );
  }
  if (!loaded) return <ListSkeleton />;
  // Rows that are shown a little longer than they are listed need a list to stand in; see `SteadyOrder`.
  if (rows.length === 0 && cursor === undefined) {
    return <EmptyList {...props} />;
  }
  return <LiveRows key={writeInboxQuery(query).toString()} {...props} />;
}

function LiveRows({ feed, selected, hrefOf, cursor }: InboxListViewProps): JSX.Element {
  const { t, number } = useText();
  const tick = useNow(redrawMs);
  const scroller = useRef<HTMLDivElement>(null);
  const { list } = feed;
  const { order, hold, release } = useSteadyRows(feed);
  const now = useMemo(() => feed.serverNow(), [feed, tick, list.version]);

  const at = (index: number): ListedRow | undefined => {
    const id = order.shown[index];
    const row = id === undefined ? undefined : list.row(id);
    if (id === undefined || row === undefined) return undefined;
    return { row, leaving: !list.lists(id), arrived: order.arrived.has(id) };
  };
  const places = useMemo(() => new Map(order.shown.map((id, index) => [id, index])), [order.shown]);
  const onReach = useCallback((rowsLeft: number) => feed.reach(rowsLeft), [feed]);
  const toTop = () => {
    scroller.current?.scrollTo({ top: 0 });
    hold.scrolled(0);
    hold.left();
    release();
  };
  return (
    <>
      {feed.stale && (
        <p class="inbox-stale" role="status">
          {t("listStale")}
          <button type="button" class="text-button" onClick={() => void feed.retry()}>
            {t("tryAgain")}
          </button>
        </p>
      )}
      <div class="inbox-list-frame">
        {order.waiting > 0 && (
          <button type="button" class="inbox-pill" onClick={toTop}>
            <Glyph name="down" size={14} />
            {t("newRows", { count: number(order.waiting) })}
          </button>
        )}
        <div
          class="inbox-list"
          ref={scroller}
          onScroll={(event) => {
            hold.scrolled(event.currentTarget.scrollTop);
            release();
          }}
          onPointerMove={() => hold.moved()}
          onPointerDown={() => hold.pressed()}
          onPointerUp={() => hold.released()}
          onPointerLeave={() => hold.left()}
        >
          <RowList
            scroller={scroller}
            count={order.shown.length}
            at={at}
            indexOf={(id) => places.get(id) ?? -1}
            complete={list.cursor === undefined}
            selected={selected}
            hrefOf={hrefOf}
            now={now}
            cursor={cursor}
            onReach={onReach}
          >
            {list.cursor !== undefined && <MoreRows feed={feed} />}
          </RowList>
        </div>
      </div>
    </>
  );
}

/** The order on the screen, following the list whenever nobody needs it to stay. */
function useSteadyRows(feed: InboxFeed) {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const order = useMemo(() => new SteadyOrder(), []);
  const hold = useMemo(() => new PointerHold(Date.now), []);
  const taken = useRef(-1);
  const { list } = feed;

  const release = useCallback(() => {
    if (!hold.holds && taken.current !== -1) draw(undefined);
  }, [hold]);
  if (taken.current === -1 || !hold.holds) order.follow(list.rows);
  else if (taken.current !== list.version) order.hold(list.rows, (id) => list.lists(id));
  taken.current = list.version;

  const { holdsFor } = hold;
  useEffect(() => {
    if (holdsFor === 0) return;
    // When the pointer has come to rest, whatever has waited for it may move.
    const timer = setTimeout(release, holdsFor + 10);
    return () => clearTimeout(timer);
  });
  return { order, hold, release };
}

/** The next page is on its way, or can be asked for. */
function MoreRows({ feed }: { readonly feed: InboxFeed }): JSX.Element {
  const { t } = useText();
  return (
    <button type="button" class="inbox-more" aria-disabled={feed.loadingMore} onClick={() => void feed.loadMore()}>
      {feed.loadingMore ? t("loadingMore") : t("loadMore")}
    </button>
  );
}

function EmptyList({ feed, query, chatbotId, onQuery }: InboxListViewProps): JSX.Element {
  const { t } = useText();
  useEffect(() => void feed.lookForUse(), [feed]);
  const { range, filter, holder } = query;
  if (feed.used === false) {
    return (
      <div class="inbox-list">
        <Placeholder title={t("firstRun")} text={t("firstRunText")}>
          <Link class="button button-primary" href={settingsHref(chatbotId, "install")}>
            {t("installWidget")}
          </Link>
        </Placeholder>
      </div>
    );
  }
  if (holder !== "anyone") {
    return (
      <div class="inbox-list">
        <Placeholder title={t("empty_narrowed")} text={t(`emptyText_holder_${holder}`)}>
          <button
            type="button"
            class="button button-plain"
            onClick={() => onQuery({ ...query, holder: defaultQuery.holder })}
          >
            {t("showEverybodys")}
          </button>
        </Placeholder>
      </div>
    );
  }
  return (
    <div class="inbox-list">
      <Placeholder title={t(`empty_${filter}`)} text={t(`emptyText_${filter}`)}>
        {range.preset !== "90d" && filter !== "unassigned" && (
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

export function ListSkeleton(): JSX.Element {
  const { t } = useText();
  return (
    <div class="inbox-list" aria-busy="true">
      <span class="visually-hidden" role="status">
        {t("loading")}
      </span>
      {["one", "two", "three", "four", "five", "six", "seven", "eight"].map((each) => (
        <div class="inbox-row" key={each} aria-hidden="true">
          <span class="bone bone-avatar" />
          <span class="inbox-row-main">
            <span class="bone bone-title" />
            <span class="bone bone-line" />
          </span>
        </div>
      ))}
    </div>
  );
}
