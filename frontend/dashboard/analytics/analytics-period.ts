/** Calendar days of the viewer, both inclusive, `2026-11-22`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Days, counted back from today. */
export const presets = [7, 30, 90] as const;

const dayMs = 24 * 60 * 60 * 1000;

/** As many days as the API answers for. */
export const longestPeriodDays = 366;

/** Today where the viewer is. */
export function todayIn(timeZone: string, now: number): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(now);
}

export function lastDays(days: number, today: string): Period {
  return { from: dayBefore(today, days - 1), to: today };
}

/** As many days, right before: what a period is compared with. */
export function periodBefore(period: Period): Period {
  const days = daysOf(period);
  return { from: dayBefore(period.from, days), to: dayBefore(period.from, 1) };
}

export function daysOf({ from, to }: Period): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
}

/** The period that an address names; the last 30 days where it names none, or none that can be shown. */
export function periodOfQuery(query: URLSearchParams, today: string): Period {
  const [from, to] = [query.get("from"), query.get("to")];
  const named = isDay(from) && isDay(to) ? { from, to } : undefined;
  if (named === undefined || daysOf(named) < 1 || daysOf(named) > longestPeriodDays) return lastDays(30, today);
  return named;
}

export function queryOfPeriod({ from, to }: Period): URLSearchParams {
  return new URLSearchParams({ from, to });
}

function isDay(value: string | null): value is string {
  return value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10);
}
