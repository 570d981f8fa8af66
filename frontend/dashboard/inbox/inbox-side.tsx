import type { JSX, RefObject } from "preact";
import { useReducer } from "preact/hooks";
import type { Api } from "../../shared/api.ts";
import type { ConnectionStatus } from "../../shared/connection.ts";
import type { Tone } from "../alerts/tone.ts";
import { Glyph } from "../glyph.tsx";
import { Popover } from "../popover.tsx";
import { inboxHref } from "../routes.ts";
import { useText } from "../text.ts";
import { useChanges } from "../use-changes.ts";
import { ConnectionBadge } from "./connection-badge.tsx";
import type { InboxFeed } from "./list/inbox-feed.ts";
import { InboxFilters } from "./list/inbox-filters.tsx";
import { InboxListView } from "./list/inbox-list-view.tsx";
import { type InboxQuery, writeInboxQuery } from "./list/inbox-query.ts";
import type { RowCursor } from "./list/row-list.tsx";
import type { SavedViews } from "./list/saved-views.ts";
import { SavedViewsMenu } from "./list/saved-views-menu.tsx";
import { SearchField } from "./list/search-field.tsx";
import { SearchResults } from "./list/search-results.tsx";

interface InboxSideProps {
  readonly api: Api;
  readonly chatbotId: string;
  readonly feed: InboxFeed;
  readonly query: InboxQuery;
  readonly me: string | undefined;
  readonly views: SavedViews;
  readonly tone: Tone;
  readonly status: ConnectionStatus;
  readonly selected: string | undefined;
  readonly rows: { current: RowCursor | undefined };
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly hrefOf: (conversationId: string) => string;
  readonly onQuery: (query: InboxQuery) => void;
  readonly onExport: () => void;
}

/** The list with everything that decides what it shows. */
export function InboxSide(props: InboxSideProps): JSX.Element {
  const { chatbotId, query, onQuery, rows } = props;
  const { t } = useText();
  return (
    <section class="inbox-side" aria-label={t("conversations")}>
      <header class="inbox-head">
        <h1 class="inbox-title">{t("liveChats")}</h1>
        <ConnectionBadge status={props.status} />
        <div class="inbox-tools">
          <SavedViewsMenu
            views={props.views}
            query={query}
            hrefOf={(view) => inboxHref(chatbotId, undefined, writeInboxQuery(view))}
          />
          <MoreMenu tone={props.tone} onExport={props.onExport} />
        </div>
      </header>
      <SearchField
        field={props.searchField}
        search={query.search}
        onSearch={(search) => onQuery({ ...query, search })}
        onLeave={() => rows.current?.focus()}
      />
      <Filters {...props} />
      {query.search === "" ? (
        <InboxListView
          feed={props.feed}
          chatbotId={chatbotId}
          query={query}
          selected={props.selected}
          cursor={rows}
          hrefOf={props.hrefOf}
          onQuery={onQuery}
        />
      ) : (
        <SearchResults {...props} cursor={rows} />
      )}
    </section>
  );
}

/** Draws itself alone when somebody begins or ceases to wait. */
function Filters({ feed, query, onQuery }: InboxSideProps): JSX.Element {
  useChanges(feed);
  return <InboxFilters query={query} unassigned={feed.unassigned} onQuery={onQuery} />;
}

function MoreMenu({ tone, onExport }: Pick<InboxSideProps, "tone" | "onExport">): JSX.Element {
  const { t } = useText();
  const [, draw] = useReducer((count: number) => count + 1, 0);
  return (
    <Popover label={t("moreActions")} buttonClass="icon-button" button={<Glyph name="more" />} align="end">
      {(close) => (
        <>
          <button
            type="button"
            class="menu-item"
            role="switch"
            aria-checked={tone.on}
            onClick={() => {
              tone.on = !tone.on;
              draw(undefined);
            }}
          >
            <Glyph name={tone.on ? "bell" : "bellOff"} size={16} />
            <span class="menu-item-text">{t("sound")}</span>
            <span class="choices-hint">{t(tone.on ? "soundOn" : "soundOff")}</span>
          </button>
          <button
            type="button"
            class="menu-item"
            onClick={() => {
              close();
              onExport();
            }}
          >
            <Glyph name="download" size={16} />
            <span class="menu-item-text">{t("exportList")}</span>
          </button>
        </>
      )}
    </Popover>
  );
}
