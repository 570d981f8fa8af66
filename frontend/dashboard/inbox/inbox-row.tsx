import type { InboxRow } from "../../../lambdas/contracts/protocol.ts";
import { fullTime } from "../../shared/time.ts";
import { Link } from "../navigation.tsx";
import { useText } from "../text.ts";
import { Avatar } from "./avatar.tsx";
import { countryName, flagOf } from "./country.ts";
import { relativeTime } from "./relative-time.ts";
import { StatusBadge } from "./status-badge.tsx";
import { visitorName } from "./visitor-name.ts";

interface InboxRowProps {
  readonly row: InboxRow;
  readonly href: string;
  readonly selected: boolean;
  /** One row of the list is reached by Tab, the others by the arrow keys. */
  readonly tabbable: boolean;
  /** The server's clock, milliseconds. */
  readonly now: number;
}

export function InboxRowView({ row, href, selected, tabbable, now }: InboxRowProps) {
  const { t, locale, number } = useText();
  const name = visitorName(t, row);
  const flag = row.country === undefined ? undefined : flagOf(row.country);
  const unread = row.unread.agent;
  const by = row.last === undefined ? "" : t(`by_${row.last.by}`);
  return (
    <li class="inbox-item" data-conversation={row.conversationId}>
      <Link
        class={`inbox-row${unread > 0 ? " inbox-row-unread" : ""}${row.status === "unassigned" ? " inbox-row-waiting" : ""}`}
        href={href}
        aria-current={selected ? "true" : undefined}
        tabIndex={tabbable ? 0 : -1}
        draggable={false}
      >
        <Avatar name={name} anonymous={row.displayName === undefined} online={row.presentUntil.visitor > now} />
        <span class="inbox-row-main">
          <span class="inbox-row-line">
            <bdi class="inbox-row-name">{name}</bdi>
            {flag !== undefined && row.country !== undefined && (
              <span
                class="inbox-row-flag"
                role="img"
                aria-label={countryName(row.country, locale)}
                title={countryName(row.country, locale)}
              >
                {flag}
              </span>
            )}
            <time
              class="inbox-row-time"
              dateTime={new Date(row.lastAt).toISOString()}
              title={fullTime(locale, row.lastAt)}
            >
              {relativeTime(row.lastAt, now, locale) ?? t("now")}
            </time>
          </span>
          <span class="inbox-row-line">
            {by !== "" && <span class="inbox-row-by">{by}</span>}
            <span class="inbox-row-preview" dir="auto">
              {row.last?.preview ?? t("noMessages")}
            </span>
            {unread > 0 && (
              <span class="inbox-row-count">
                <span aria-hidden="true">{unread > 99 ? "99+" : number(unread)}</span>
                <span class="visually-hidden">{t("unreadCount", { count: number(unread) })}</span>
              </span>
            )}
          </span>
          <span class="inbox-row-line">
            <StatusBadge status={row.status} />
            {row.assignee !== undefined && row.status === "open" && (
              <span class="inbox-row-assignee">{t("assignedTo", { name: row.assignee })}</span>
            )}
          </span>
        </span>
      </Link>
    </li>
  );
}
