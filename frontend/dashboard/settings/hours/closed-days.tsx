import { useState } from "preact/hooks";
import { Glyph } from "../../glyph.tsx";
import { useText } from "../../text.ts";
import { FieldNotes, fieldId } from "../fields.tsx";

/** As many as the contract takes. */
const mostDays = 60;

interface ClosedDaysProps {
  /** Such as `2026-12-25`. */
  readonly days: readonly string[];
  readonly disabled: boolean;
  readonly error: string | undefined;
  readonly onChange: (days: readonly string[]) => void;
}

/** Holidays and the like, in their order. */
export function ClosedDays({ days, disabled, error, onChange }: ClosedDaysProps) {
  const { t, locale, number } = useText();
  const [adding, setAdding] = useState("");
  const path = "liveChat.businessHours.closedOn";
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" });
  const add = (): void => {
    if (adding === "") return;
    onChange([...new Set([...days, adding])].sort());
    setAdding("");
  };
  return (
    <fieldset class="field" disabled={disabled}>
      <legend class="visually-hidden">{t("closedDays")}</legend>
      {days.length === 0 && <p class="field-hint">{t("closedDaysNone")}</p>}
      <ul class="closed-days">
        {days.map((day) => (
          <li key={day} class="closed-day">
            <time dateTime={day}>{format.format(Date.parse(day))}</time>
            <button
              type="button"
              class="button button-quiet button-icon"
              aria-label={t("removeClosedDay", { day: format.format(Date.parse(day)) })}
              onClick={() => onChange(days.filter((each) => each !== day))}
            >
              <Glyph name="close" size={15} />
            </button>
          </li>
        ))}
      </ul>
      {days.length < mostDays ? (
        <div class="closed-day-add">
          <input
            id={fieldId(path)}
            class="input"
            type="date"
            aria-label={t("closedDay")}
            value={adding}
            onInput={(event) => setAdding(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              add();
            }}
          />
          <button type="button" class="button button-plain button-small" disabled={adding === ""} onClick={add}>
            {t("addClosedDay")}
          </button>
        </div>
      ) : (
        <p class="field-hint">{t("closedDaysFull", { most: number(mostDays) })}</p>
      )}
      <FieldNotes path={path} error={error} />
    </fieldset>
  );
}
