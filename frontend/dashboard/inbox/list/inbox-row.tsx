import type { InboxRow } from "../../../../lambdas/contracts/protocol.ts";
import { countryName, flagOf } from "../../../shared/country.ts";
import { fullTime } from "../../../shared/time.ts";
import { Link } from "../../navigation.tsx";
import { type DashboardText, useText } from "../../text.ts";
import { whenChanged } from "../../when-changed.ts";
import { Avatar } from "../avatar.tsx";
import { relativeTime } from "../relative-time.ts";
import { StatusBadge } from "../status-badge.tsx";
import { visitorName } from "../visitor-name.ts";
import { highlight } from "./highlight.ts";
import { previewText } from "./preview-text.ts";

interface InboxRowProps {
  readonly row: InboxRow;
  readonly href: string;
  readonly selected: boolean;
  /** One row of the list is reached by Tab, the others by the arrow keys. */
  readonly tabbable: boolean;
  /** The server's clock, milliseconds. */
  readonly now: number;
  /** Where a search has found something, and what was looked for. */
  readonly snippet: string | undefined;
  readonly search: string | undefined;
  readonly onFocus: (conversationId: string) => void;
}

/** One conversation in two lines: who, how it stands and since when; what was said last. */
export const InboxRowView = whenChanged((props: InboxRowProps) => {
  const { row, href, selected, tabbable, now, snippet, search, onFocus } = props;
  const text = useText();
  const { t, locale, number } = text;
  const name = visitorName(t, row);
  const unread = row.unread.agent;
  return (
    <Link
      class={`inbox-row${unread > 0 ? " inbox-row-unread" : ""}`}
      href={href}
      aria-current={selected ? "true" : undefined}
      tabIndex={tabbable ? 0 : -1}
      draggable={false}
      onFocus={() => onFocus(row.conversationId)}
    >
      <Avatar name={name} anonymous={row.displayName === undefined} online={row.presentUntil.visitor > now} />
      <span class="inbox-row-main">
        <span class="inbox-row-line">
          <bdi class="inbox-row-name">{name}</bdi>
          <Flag country={row.country} locale={locale} />
          <span class="inbox-row-end">
            <StatusBadge status={row.status} assignee={row.assignee} />
            <time
              class="inbox-row-time"
              dateTime={new Date(row.lastAt).toISOString()}
              title={fullTime(locale, row.lastAt)}
            >
              {relativeTime(row.lastAt, now, locale) ?? t("now")}
            </time>
          </span>
        </span>
        <span class="inbox-row-line">
          {snippet === undefined ? (
            <Preview row={row} text={text} />
          ) : (
            <Snippet snippet={snippet} search={search ?? ""} />
          )}
          {unread > 0 && (
            <span class="inbox-row-count">
              <span aria-hidden="true">{unread > 99 ? "99+" : number(unread)}</span>
              <span class="visually-hidden">{t("unreadCount", { count: number(unread) })}</span>
            </span>
          )}
        </span>
      </span>
    </Link>
  );
});

function Flag({ country, locale }: { readonly country: string | undefined; readonly locale: string }) {
  const flag = country === undefined ? undefined : flagOf(country);
  if (flag === undefined || country === undefined) return null;
  const name = countryName(country, locale);
  return (
    <span class="inbox-row-flag" role="img" aria-label={name} title={name}>
      {flag}
    </span>
  );
}

function Preview({ row, text: { t } }: { readonly row: InboxRow; readonly text: DashboardText }) {
  const by = row.last === undefined ? "" : t(`by_${row.last.by}`);
  return (
    <>
      {by !== "" && <span class="inbox-row-by">{by}</span>}
      <span class="inbox-row-preview" dir="auto">
        {row.last === undefined
          ? t("noMessages")
          : row.last.by === "visitor"
            ? row.last.preview
            : previewText(row.last.preview)}
      </span>
    </>
  );
}

function Snippet({ snippet, search }: { readonly snippet: string; readonly search: string }) {
  return (
    <span class="inbox-row-preview" dir="auto">
      {highlight(snippet, search).map(({ text, found }) => (found ? <mark>{text}</mark> : text))}
    </span>
  );
}
