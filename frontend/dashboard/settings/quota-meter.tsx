import type { SettingsView } from "../../../lambdas/contracts/settings.ts";
import { useText } from "../text.ts";
import { quotaOf } from "./quota.ts";

/** How much of the month's mails is used, and what it means when little is left. */
export function QuotaMeter({ view }: { readonly view: SettingsView }) {
  const { t, number } = useText();
  const quota = quotaOf(view);
  return (
    <div class={`quota quota-${quota.state}`}>
      <div class="quota-line">
        <span>{t("quotaLabel")}</span>
        <span>{t("quotaUsed", { used: number(quota.used), limit: number(quota.limit) })}</span>
      </div>
      <progress class="quota-bar" max={1} value={quota.share} aria-label={t("quotaLabel")} />
      {quota.state !== "fine" && (
        <p class="quota-note" role="status">
          {quota.state === "exhausted" ? t("quotaExhausted") : t("quotaLow")}
        </p>
      )}
    </div>
  );
}
