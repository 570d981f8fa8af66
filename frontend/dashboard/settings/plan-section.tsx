import type { SettingsView } from "../../../lambdas/contracts/settings.ts";
import { useText } from "../text.ts";
import { Section } from "./section.tsx";

/** What the chatbot has bought. Changing it is none of this page's business. */
export function PlanSection({ view }: { readonly view: SettingsView }) {
  const { t, number } = useText();
  const { plan, entitlements, mailsUsed } = view;
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
        <dt>{t("quotaLabel")}</dt>
        <dd>{t("quotaUsed", { used: number(mailsUsed), limit: number(entitlements.mailsPerMonth) })}</dd>
        <dt>{t("zendeskTickets")}</dt>
        <dd>{entitlements.liveChat ? t("unlimited") : t("notIncluded")}</dd>
      </dl>
    </Section>
  );
}
