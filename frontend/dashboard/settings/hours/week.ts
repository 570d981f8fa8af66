import type { BusinessHours } from "../../../../lambdas/contracts/settings.ts";

export type Week = BusinessHours["week"];
export type Span = Week[number];

/** Monday is 1, Sunday 7. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** A day takes no more than this in the editor; the whole week 28 in the contract. */
export const mostSpansPerDay = 4;

export function spansOf(week: Week, day: number): readonly Span[] {
  return week.filter((span) => span.day === day);
}

/** The week with other spans on one day; the days stay in order. */
export function withSpans(week: Week, day: number, spans: readonly Omit<Span, "day">[]): Week {
  return weekdays.flatMap((each) =>
    each === day ? spans.map(({ from, to }) => ({ day, from, to })) : [...spansOf(week, each)],
  );
}

/** One day's spans on other days as well. */
export function copiedTo(week: Week, day: number, days: readonly number[]): Week {
  return days.reduce((result, each) => withSpans(result, each, spansOf(week, day)), week);
}

/** Whether a span runs past midnight. 24:00 and 00:00 are the end of its own day. */
export function endsNextDay({ from, to }: Pick<Span, "from" | "to">): boolean {
  return to <= from && to !== "00:00";
}

/** The field for a time knows no 24:00. */
export function shownTime(clock: string): string {
  return clock === "24:00" ? "00:00" : clock;
}

/** What a new span of a day proposes: the usual hours, or an evening after the last one. */
export function proposedSpan(spans: readonly Span[]): Omit<Span, "day"> {
  const last = spans.at(-1)?.to;
  if (last === undefined) return { from: "09:00", to: "17:00" };
  const hour = Math.min(22, Number(last.slice(0, 2)) + 1);
  return { from: clockOf(hour), to: clockOf(Math.min(23, hour + 2)) };
}

function clockOf(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}
