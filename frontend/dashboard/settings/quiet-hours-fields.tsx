import type { AgentNotifications } from "../../../lambdas/contracts/http.ts";
import { useText } from "../text.ts";
import { Field, FieldNotes, fieldId, Switch } from "./fields.tsx";
import { ZonePicker } from "./hours/zone-picker.tsx";

type QuietHours = AgentNotifications["quietHours"];

interface QuietHoursFieldsProps {
  readonly value: QuietHours;
  readonly error: (path: string) => string | undefined;
  readonly onChange: (hours: QuietHours) => void;
  readonly onTyping: (hours: QuietHours) => void;
  readonly onLeave: () => void;
}

/** A daily span in which the agent is left alone, by the clock of a time zone. */
export function QuietHoursFields({ value, error, onChange, onTyping, onLeave }: QuietHoursFieldsProps) {
  const { t } = useText();
  const switchOn = (enabled: boolean): void => {
    // Whoever has never chosen a zone means the one they are in.
    const timeZone = value.timeZone === "UTC" ? Intl.DateTimeFormat().resolvedOptions().timeZone : value.timeZone;
    onChange({ ...value, enabled, timeZone });
  };
  const time = (name: "from" | "to", label: string) => (
    <Field path={`quietHours.${name}`} label={label} error={error(`quietHours.${name}`)}>
      <input
        id={fieldId(`quietHours.${name}`)}
        class="input week-time"
        type="time"
        required
        value={value[name] === "24:00" ? "00:00" : value[name]}
        aria-invalid={error(`quietHours.${name}`) !== undefined}
        onInput={(event) => {
          // Half a time is none yet.
          if (event.currentTarget.value !== "") onTyping({ ...value, [name]: event.currentTarget.value });
        }}
        onBlur={onLeave}
      />
    </Field>
  );
  return (
    <>
      <Switch path="quietHours.enabled" label={t("quietHours")} checked={value.enabled} onChange={switchOn} />
      {value.enabled && (
        <>
          <div class="quiet-times">
            {time("from", t("quietFrom"))}
            {time("to", t("quietTo"))}
          </div>
          {value.to < value.from && <p class="field-hint">{t("quietOverNight")}</p>}
          <div class="field">
            <span class="field-label" id="quiet-zone">
              {t("timeZone")}
            </span>
            <ZonePicker
              labelId="quiet-zone"
              value={value.timeZone}
              now={Date.now()}
              disabled={false}
              onChange={(timeZone) => onChange({ ...value, timeZone })}
            />
            <FieldNotes path="quietHours.timeZone" error={error("quietHours.timeZone")} />
          </div>
        </>
      )}
    </>
  );
}
