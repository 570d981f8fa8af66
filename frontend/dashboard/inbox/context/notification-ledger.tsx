import type { JSX } from "preact";
import type { ConversationView } from "../../../../lambdas/contracts/http.ts";
import { fullTime } from "../../../shared/time.ts";
import { Glyph, type GlyphName } from "../../glyph.tsx";
import { useText } from "../../text.ts";
import { relativeTime } from "../relative-time.ts";
import { useNow } from "../use-now.ts";
import { Card } from "./card.tsx";

type Notification = ConversationView["notifications"][number];

const channelGlyphs: Readonly<Record<Notification["channel"], GlyphName>> = {
  email: "mail",
  zendesk: "ticket",
  sms: "phone",
  push: "bell",
};

/** What was sent to whom because of this conversation, and what became of it. A bounce stands out. */
export function NotificationLedger({
  notifications,
}: {
  readonly notifications: readonly Notification[];
}): JSX.Element {
  const { t, locale } = useText();
  const now = useNow(30_000);
  const newestFirst = [...notifications].sort((one, other) => other.at - one.at);
  return (
    <Card title={t("notifications")} name="notifications">
      {newestFirst.length === 0 && <p class="card-empty">{t("noNotifications")}</p>}
      <ul class="ledger">
        {newestFirst.map((each) => (
          <li class="ledger-line" key={each.notificationId}>
            <div class="ledger-what">
              <Glyph name={channelGlyphs[each.channel]} size={15} />
              <span class="ledger-title">
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
            {each.detail !== undefined && (
              <p class={`ledger-detail is-${each.state}`} dir="auto">
                {each.detail}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
