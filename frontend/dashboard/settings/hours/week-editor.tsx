import { Glyph } from "../../glyph.tsx";
import { useText } from "../../text.ts";
import { weekdayName } from "../setting-names.ts";
import {
  copiedTo,
  endsNextDay,
  mostSpansPerDay,
  proposedSpan,
  type Span,
  shownTime,
  spansOf,
  type Week,
  weekdays,
  withSpans,
} from "./week.ts";

interface WeekEditorProps {
  readonly week: Week;
  readonly disabled: boolean;
  readonly errorAt: (path: string) => string | undefined;
  readonly onChange: (week: Week) => void;
}

const path = "liveChat.businessHours.week";

/** Seven days with their spans. */
export function WeekEditor({ week, disabled, errorAt, onChange }: WeekEditorProps) {
  const { t } = useText();
  return (
    <fieldset class="week" disabled={disabled}>
      <legend class="field-label">{t("weekTitle")}</legend>
      {weekdays.map((day) => (
        <Day key={day} day={day} week={week} errorAt={errorAt} onChange={onChange} />
      ))}
      <div class="week-foot">
        <p class="field-hint">{t("weekHint")}</p>
        <button
          type="button"
          class="button button-plain button-small"
          onClick={() => onChange(copiedTo(week, 1, [2, 3, 4, 5]))}
        >
          {t("copyToWeekdays")}
        </button>
      </div>
    </fieldset>
  );
}

interface DayProps extends Omit<WeekEditorProps, "disabled"> {
  readonly day: number;
}

function Day({ day, week, errorAt, onChange }: DayProps) {
  const { t, locale } = useText();
  const name = weekdayName(locale, day);
  const spans = spansOf(week, day);
  const first = week.findIndex((span) => span.day === day);
  const setSpans = (next: readonly Omit<Span, "day">[]): void => onChange(withSpans(week, day, next));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset in a fieldset can't be laid out as a row
    <div class="week-day" role="group" aria-label={name}>
      <label class="week-name">
        <input
          type="checkbox"
          class="switch"
          role="switch"
          checked={spans.length > 0}
          aria-checked={spans.length > 0}
          onChange={(event) => setSpans(event.currentTarget.checked ? [proposedSpan([])] : [])}
        />
        {name}
      </label>
      <div class="week-spans">
        {spans.length === 0 && <span class="week-closed">{t("dayClosed")}</span>}
        {spans.map((span, index) => {
          const change = (part: Partial<Span>): void =>
            setSpans(spans.map((each, at) => (at === index ? { ...each, ...part } : each)));
          const error = errorAt(`${path}.${first + index}.from`) ?? errorAt(`${path}.${first + index}.to`);
          return (
            // The spans are edited in place, so their position is their identity.
            <div class="week-span" key={index}>
              <input
                class="input week-time"
                type="time"
                aria-label={t("spanFrom", { day: name })}
                aria-invalid={error !== undefined}
                value={shownTime(span.from)}
                onInput={(event) => change({ from: event.currentTarget.value })}
              />
              <span aria-hidden="true">–</span>
              <input
                class="input week-time"
                type="time"
                aria-label={t("spanTo", { day: name })}
                aria-invalid={error !== undefined}
                value={shownTime(span.to)}
                onInput={(event) => change({ to: event.currentTarget.value })}
              />
              {endsNextDay(span) && <span class="week-note">{t("nextDay")}</span>}
              {span.to === span.from && <span class="week-note">{t("wholeDay")}</span>}
              <button
                type="button"
                class="button button-quiet button-icon"
                aria-label={t("removeSpan", { day: name })}
                title={t("removeSpan", { day: name })}
                onClick={() => setSpans(spans.filter((_, at) => at !== index))}
              >
                <Glyph name="close" size={15} />
              </button>
              {index === spans.length - 1 && spans.length < mostSpansPerDay && (
                <button
                  type="button"
                  class="button button-quiet button-icon"
                  aria-label={t("addSpanTo", { day: name })}
                  title={t("addSpanTo", { day: name })}
                  onClick={() => setSpans([...spans, proposedSpan(spans)])}
                >
                  <Glyph name="plus" size={15} />
                </button>
              )}
              {error !== undefined && <span class="field-error">{error}</span>}
            </div>
          );
        })}
      </div>
    </div>
  );
}
