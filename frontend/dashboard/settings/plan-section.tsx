import type { SettingsView } from "../../../lambdas/contracts/settings.ts";
import { useText } from "../text.ts";
import { QuotaMeter } from "./quota-meter.tsx";
import { Section } from "./section.tsx";

/** What the chatbot has bought. Changing it is none of this page's business. */
export function PlanSection({ view }: { readonly view: SettingsView }) {
  const { t, locale } = useText();
  const { plan, entitlements } = view;
  const now = new Date();
  // Months are counted in UTC.
  const nextMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
  const resetDate = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(nextMonth);
  return (
    <Section id="plan" title={t("planTitle")} lead={t("planLead")}>
      <dl class="facts">
        <dt>{t("planName")}</dt>
        <dd>
          {t(`plan_${plan.name}`)}
          {plan.liveChatAddOn && <span class="chip">{t("addOn")}</span>}
        </dd>
        <dt>{t("liveChatTitle")}</dt>
        <dd>{entitlements.liveChat ? t("included") : t("notIncluded")}</dd>
        <dt>{t("zendeskTickets")}</dt>
        <dd>{entitlements.liveChat ? t("unlimited") : t("notIncluded")}</dd>
      </dl>
      {entitlements.liveChat && <QuotaMeter view={view} />}
      <p class="field-hint">{t("quotaResets", { date: resetDate })}</p>
    </Section>
  );
}
