import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useText } from "../../text.ts";
import {
  type DateRange,
  dayOf,
  filterTabs,
  holders,
  type InboxQuery,
  momentsOf,
  rangePresets,
  rangeProblem,
  sortOrders,
} from "./inbox-query.ts";
import "./inbox-filters.css";

interface InboxFiltersProps {
  readonly query: InboxQuery;
  readonly unassigned: { readonly count: number; readonly more: boolean };
  readonly onQuery: (query: InboxQuery) => void;
}

/** What the list shows: the filter, whose, in which order, ongoing only, and the days. */
export function InboxFilters({ query, unassigned, onQuery }: InboxFiltersProps): JSX.Element {
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
        <Choice
          label={t("assignedFilter")}
          options={holders}
          value={query.holder}
          textOf={(holder) => t(`holder_${holder}`)}
          onChoose={(holder) => onQuery({ ...query, holder })}
        />
        <Choice
          label={t("sortOrder")}
          options={sortOrders}
          value={query.sort}
          textOf={(sort) => t(`sort_${sort}`)}
          onChoose={(sort) => onQuery({ ...query, sort })}
        />
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

interface ChoiceProps<Option extends string> {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: Option;
  readonly textOf: (option: Option) => string;
  readonly onChoose: (option: Option) => void;
}

function Choice<Option extends string>({ label, options, value, textOf, onChoose }: ChoiceProps<Option>): JSX.Element {
  return (
    <select
      class="filter-select"
      aria-label={label}
      title={label}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option === event.currentTarget.value);
        if (chosen !== undefined) onChoose(chosen);
      }}
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {textOf(option)}
        </option>
      ))}
    </select>
  );
}

interface RangePickerProps {
  readonly range: DateRange;
  readonly onRange: (range: DateRange) => void;
}

const rangeChoices = [...rangePresets, "custom"] as const;

/** Presets, or two days of the viewer's calendar. */
function RangePicker({ range, onRange }: RangePickerProps): JSX.Element {
  const { t } = useText();
  const [choosing, setChoosing] = useState(false);
  const custom = choosing || range.preset === "custom";
  return (
    <>
      <Choice
        label={t("dateRange")}
        options={rangeChoices}
        value={custom ? "custom" : range.preset}
        textOf={(preset) => t(`range_${preset}`)}
        onChoose={(preset) => {
          setChoosing(preset === "custom");
          if (preset !== "custom") onRange({ preset });
        }}
      />
      {custom && <CustomRange range={range} onRange={onRange} />}
    </>
  );
}

function CustomRange({ range, onRange }: RangePickerProps): JSX.Element {
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
