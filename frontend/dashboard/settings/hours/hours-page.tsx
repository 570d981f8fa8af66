import type { BusinessHours } from "../../../../lambdas/contracts/settings.ts";
import { Glyph } from "../../glyph.tsx";
import { useNow } from "../../inbox/use-now.ts";
import { useText } from "../../text.ts";
import { FieldNotes, Switch, TextField } from "../fields.tsx";
import type { FormHandle } from "../form-handle.ts";
import { NotEntitled } from "../not-entitled.tsx";
import { Section } from "../section.tsx";
import { ClosedDays } from "./closed-days.tsx";
import { hoursPreview } from "./hours-preview.ts";
import "./hours.css";
import { WeekEditor } from "./week-editor.tsx";
import { ZonePicker } from "./zone-picker.tsx";

const path = "liveChat.businessHours";

/** When the team answers, and what visitors read when it does not. */
export function HoursPage({ form }: { readonly form: FormHandle }) {
  const text = useText();
  const { t } = text;
  const now = useNow(30_000);
  const hours = form.draft.settings.liveChat.businessHours;
  const edit = (change: Partial<BusinessHours>): void => form.editLiveChat({ businessHours: { ...hours, ...change } });
  const off = form.locked || !hours.enabled;
  const valid =
    form.errorAt(`${path}.timeZone`) === undefined && hours.week.every(({ from, to }) => from !== "" && to !== "");
  return (
    <>
      <Section id="hours" title={t("hoursTitle")} lead={t("hoursLead")}>
        <NotEntitled form={form} />
        <Switch
          path={`${path}.enabled`}
          label={t("hoursSwitch")}
          hint={t("hoursSwitchHint")}
          checked={hours.enabled}
          disabled={form.locked}
          onChange={(enabled) => edit({ enabled })}
        />
        {hours.enabled && valid && (
          <p class="hours-preview" role="status">
            <Glyph name="clock" size={16} />
            {hoursPreview(text, hours, now)}
          </p>
        )}
        <div class="field">
          <span class="field-label" id="zone-label">
            {t("timeZone")}
          </span>
          <ZonePicker
            labelId="zone-label"
            value={hours.timeZone}
            now={now}
            disabled={off}
            onChange={(timeZone) => edit({ timeZone })}
          />
          <FieldNotes path={`${path}.timeZone`} error={form.errorAt(`${path}.timeZone`)} />
        </div>
        <WeekEditor week={hours.week} disabled={off} errorAt={form.errorAt} onChange={(week) => edit({ week })} />
      </Section>
      <Section id="closed" title={t("closedDays")} lead={t("closedDaysLead")}>
        <ClosedDays
          days={hours.closedOn}
          disabled={off}
          error={form.errorAt(`${path}.closedOn`)}
          onChange={(closedOn) => edit({ closedOn: [...closedOn] })}
        />
      </Section>
      <Section id="away" title={t("awayMessage")} lead={t("awayMessageLead")}>
        <TextField
          path={`${path}.awayMessage`}
          label={t("awayMessage")}
          error={form.errorAt(`${path}.awayMessage`)}
          value={hours.awayMessage}
          lines={3}
          maxLength={500}
          disabled={off}
          onInput={(awayMessage) => edit({ awayMessage })}
          onLeave={form.leave}
        />
      </Section>
    </>
  );
}
