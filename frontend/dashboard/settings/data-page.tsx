import { useText } from "../text.ts";
import { OptionList, TextField } from "./fields.tsx";
import type { FormHandle } from "./form-handle.ts";
import { Section } from "./section.tsx";

/** What is proposed when keeping for ever is switched off. */
const proposedDays = 365;

/** How long conversations are kept, and how one is erased. */
export function DataPage({ form }: { readonly form: FormHandle }) {
  const { t } = useText();
  const { days } = form.draft.settings.retention;
  const isKept = days === 0;
  const stored = form.view.settings.retention.days;
  return (
    <>
      <Section id="retention" title={t("retentionTitle")} lead={t("retentionLead")}>
        <OptionList
          name="retention"
          legend={t("retentionTitle")}
          legendHidden
          value={isKept ? "keep" : "erase"}
          options={(["keep", "erase"] as const).map((value) => ({
            value,
            label: t(`retention_${value}`),
            note: t(`retentionNote_${value}`),
          }))}
          onChange={(value) => form.editRetention({ days: value === "keep" ? 0 : stored || proposedDays })}
        />
        {!isKept && (
          <TextField
            path="retention.days"
            label={t("retentionDays")}
            hint={t("retentionDaysHint")}
            error={form.errorAt("retention.days")}
            keyboard="numeric"
            value={Number.isNaN(days) ? "" : String(days)}
            onInput={(value) => form.editRetention({ days: value === "" ? Number.NaN : Number(value) })}
            onLeave={form.leave}
          />
        )}
      </Section>
      <Section id="erase" title={t("eraseTitle")} lead={t("eraseLead")}>
        <ul class="plain-list">
          <li>{t("eraseByOwner")}</li>
          <li>{t("eraseByVisitor")}</li>
          <li>{t("eraseWhat")}</li>
        </ul>
      </Section>
    </>
  );
}
