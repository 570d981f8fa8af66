import { useState } from "preact/hooks";
import { useText } from "../text.ts";
import {
  type DateRange,
  dayOf,
  filterTabs,
  type InboxQuery,
  momentsOf,
  rangePresets,
  rangeProblem,
} from "./inbox-query.ts";
import "./inbox-filters.css";

interface InboxFiltersProps {
  readonly query: InboxQuery;
  readonly unassigned: { readonly count: number; readonly more: boolean };
  readonly onQuery: (query: InboxQuery) => void;
}

/** What the list shows: the filter, ongoing only, and the days. */
export function InboxFilters({ query, unassigned, onQuery }: InboxFiltersProps) {
  const { t, number } = useText();
  return (
    <div class="inbox-filters">
      <fieldset class="filter-tabs" aria-label={t("filters")}>
        {filterTabs.map((filter) => (
          <button
            key={filter}
            type="button"
            class="filter-tab"
            aria-pressed={query.filter === filter}
            onClick={() => onQuery({ ...query, filter })}
          >
            {t(`filter_${filter}`)}
            {filter === "unassigned" && unassigned.count > 0 && (
              <span class="filter-count">
                {number(unassigned.count)}
                {unassigned.more ? "+" : ""}
              </span>
            )}
          </button>
        ))}
      </fieldset>
      <div class="filter-line">
        <RangePicker range={query.range} onRange={(range) => onQuery({ ...query, range })} />
        <label class="filter-ongoing">
          <input
            type="checkbox"
            role="switch"
            class="switch"
            checked={query.ongoing}
            aria-checked={query.ongoing}
            onChange={(event) => onQuery({ ...query, ongoing: event.currentTarget.checked })}
          />
          {t("ongoingOnly")}
        </label>
      </div>
    </div>
  );
}

interface RangePickerProps {
  readonly range: DateRange;
  readonly onRange: (range: DateRange) => void;
}

/** Presets, or two days of the viewer's calendar. */
function RangePicker({ range, onRange }: RangePickerProps) {
  const { t } = useText();
  const [choosing, setChoosing] = useState(range.preset === "custom");
  const choose = (value: string): void => {
    const preset = rangePresets.find((each) => each === value);
    setChoosing(preset === undefined);
    if (preset !== undefined) onRange({ preset });
  };
  return (
    <>
      <select
        class="input input-small"
        aria-label={t("dateRange")}
        value={choosing ? "custom" : range.preset}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {rangePresets.map((preset) => (
          <option key={preset} value={preset}>
            {t(`range_${preset}`)}
          </option>
        ))}
        <option value="custom">{t("range_custom")}</option>
      </select>
      {choosing && <CustomRange range={range} onRange={onRange} />}
    </>
  );
}

function CustomRange({ range, onRange }: RangePickerProps) {
  const { t } = useText();
  const [from, setFrom] = useState(range.preset === "custom" ? range.from : dayOf(momentsOf(range, Date.now()).from));
  const [to, setTo] = useState(range.preset === "custom" ? range.to : dayOf(Date.now()));
  const problem = rangeProblem(from, to);
  return (
    <form
      class="custom-range"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === undefined) onRange({ preset: "custom", from, to });
      }}
    >
      <label class="custom-range-day">
        {t("rangeFrom")}
        <input
          class="input input-small"
          type="date"
          value={from}
          onInput={(event) => setFrom(event.currentTarget.value)}
        />
      </label>
      <label class="custom-range-day">
        {t("rangeTo")}
        <input class="input input-small" type="date" value={to} onInput={(event) => setTo(event.currentTarget.value)} />
      </label>
      <button type="submit" class="button button-plain button-small" disabled={problem !== undefined}>
        {t("rangeApply")}
      </button>
      {problem !== undefined && (
        <p class="field-error" role="status">
          {t(`range_${problem}`)}
        </p>
      )}
    </form>
  );
}
