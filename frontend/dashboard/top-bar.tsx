import type { Membership } from "../../lambdas/contracts/http.ts";
import { Glyph } from "./glyph.tsx";
import { Link, navigate } from "./navigation.tsx";
import { analyticsHref, inboxHref, type Route, settingsHref } from "./routes.ts";
import { useText } from "./text.ts";

interface TopBarProps {
  readonly route: Route;
  /** The chatbot that is open, if any. */
  readonly current: Membership | undefined;
  readonly memberships: readonly Membership[];
  readonly personName: string | undefined;
  readonly onLogOut: () => void;
}

/** Which chatbot, which page, and who is logged in. */
export function TopBar({ route, current, memberships, personName, onLogOut }: TopBarProps) {
  const { t } = useText();
  return (
    <header class="top-bar">
      <Link class="top-bar-mark" href="/" aria-label={t("product")}>
        <Glyph name="chat" size={18} />
      </Link>
      {memberships.length > 1 && current !== undefined ? (
        <select
          class="top-bar-chatbot top-bar-select"
          aria-label={t("chooseChatbot")}
          value={current.chatbotId}
          onChange={(event) => navigate(inboxHref(event.currentTarget.value))}
        >
          {memberships.map(({ chatbotId, name }) => (
            <option key={chatbotId} value={chatbotId}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <span class="top-bar-chatbot" dir="auto">
          {current?.name ?? t("product")}
        </span>
      )}
      {current !== undefined && (
        <nav class="top-bar-nav" aria-label={current.name}>
          <Link
            class="top-bar-link"
            href={inboxHref(current.chatbotId)}
            aria-current={route.page === "inbox" ? "page" : undefined}
          >
            <Glyph name="chat" size={19} />
            <span class="top-bar-word">{t("liveChats")}</span>
          </Link>
          <Link
            class="top-bar-link"
            href={analyticsHref(current.chatbotId)}
            aria-current={route.page === "analytics" ? "page" : undefined}
          >
            <Glyph name="chart" size={19} />
            <span class="top-bar-word">{t("analytics")}</span>
          </Link>
          <Link
            class="top-bar-link"
            href={settingsHref(current.chatbotId)}
            aria-current={route.page === "settings" ? "page" : undefined}
          >
            <Glyph name="sliders" size={19} />
            <span class="top-bar-word">{t("settings")}</span>
          </Link>
        </nav>
      )}
      <div class="top-bar-person">
        {personName !== undefined && (
          <span class="top-bar-name" title={personName} dir="auto">
            {personName}
          </span>
        )}
        <button type="button" class="button button-quiet button-small" onClick={onLogOut}>
          <Glyph name="exit" size={18} />
          <span class="top-bar-word">{t("logOut")}</span>
        </button>
      </div>
    </header>
  );
}
