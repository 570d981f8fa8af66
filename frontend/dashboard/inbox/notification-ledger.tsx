import type { NotificationView } from "../../../lambdas/contracts/http.ts";
import { fullTime } from "../../shared/time.ts";
import { useText } from "../text.ts";
import { relativeTime } from "./relative-time.ts";
import { useNow } from "./use-now.ts";

/** What was sent to whom because of this conversation, and what became of it. A bounce stands out. */
export function NotificationLedger({ notifications }: { readonly notifications: readonly NotificationView[] }) {
  const { t, locale } = useText();
  const now = useNow(30_000);
  const newestFirst = [...notifications].sort((one, other) => other.at - one.at);
  return (
    <section class="card">
      <h3 class="card-title">{t("notifications")}</h3>
      {newestFirst.length === 0 && <p class="card-empty">{t("noNotifications")}</p>}
      <ul class="ledger">
        {newestFirst.map((each) => (
          <li class="ledger-line" key={each.notificationId}>
            <div class="ledger-what">
              <span>
                {t(`channel_${each.channel}`)} · {t(`reason_${each.reason}`)}
              </span>
              <span class={`chip chip-${each.state}`}>{t(`state_${each.state}`)}</span>
            </div>
            <div class="ledger-who">
              <bdi class="ledger-recipient" title={each.recipient}>
                {each.recipient}
              </bdi>
              <time dateTime={new Date(each.at).toISOString()} title={fullTime(locale, each.at)}>
                {relativeTime(each.at, now, locale) ?? t("now")}
              </time>
            </div>
            {each.detail !== undefined && <p class="ledger-detail">{each.detail}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
