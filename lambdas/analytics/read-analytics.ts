import type { Analytics, QueryOf } from "../contracts/http.ts";
import { limits } from "../contracts/limits.ts";
import { addHistograms, countOf, type DurationHistogram, quantileOf } from "../domain/duration-histogram.ts";
import { DomainError } from "../domain/errors.ts";
import { type HourSums, hourMs, type StatisticsStore } from "../store/statistics.ts";

type Tally = Analytics["total"];

/**
 * Sums by the days of a time zone. The sums are kept by UTC hour: in a zone that is off by a part of an hour, a day
 * begins with its first whole hour.
 *
 * @throws DomainError `bad_request` for a range that is reversed or longer than 366 days
 */
export async function readAnalytics(
  { statistics }: { readonly statistics: Pick<StatisticsStore, "hours"> },
  chatbotId: string,
  { from, to, timeZone }: QueryOf<"readAnalytics">,
): Promise<Analytics> {
  const days = daysBetween(from, to);
  const calendar = calendarOf(timeZone);
  // A zone is at most 14 hours ahead of or 12 behind UTC: a day more on each side has every hour of the range.
  const hours = await statistics.hours(chatbotId, Date.parse(from) - dayMs, Date.parse(to) + 2 * dayMs);
  const byDay = new Map<string, HourSums[]>(days.map((day) => [day, []]));
  const escalationsByHour = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const hour of hours) {
    const { day, weekday, hourOfDay } = calendar(hour.at);
    const sums = byDay.get(day);
    if (sums === undefined) continue;
    sums.push(hour);
    const row = escalationsByHour[weekday];
    if (row !== undefined) row[hourOfDay] = (row[hourOfDay] ?? 0) + hour.counts.escalations;
  }
  return {
    from,
    to,
    total: tallyOf([...byDay.values()].flat()),
    days: [...byDay].map(([day, sums]) => ({ day, ...tallyOf(sums) })),
    escalationsByHour,
  };
}

const dayMs = 24 * hourMs;

function daysBetween(from: string, to: string): readonly string[] {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  if (first > last) {
    throw new DomainError("bad_request", "The date range is reversed.", [{ path: "from", message: "not after `to`" }]);
  }
  const count = Math.round((last - first) / dayMs) + 1;
  if (count > limits.inboxDays) {
    throw new DomainError("bad_request", "The date range is too long.", [
      { path: "from", message: `at most ${limits.inboxDays} days before \`to\`` },
    ]);
  }
  return Array.from({ length: count }, (_, i) => new Date(first + i * dayMs).toISOString().slice(0, 10));
}

interface WallClock {
  /** `2026-11-22` */
  readonly day: string;
  /** 0 is Monday. */
  readonly weekday: number;
  readonly hourOfDay: number;
}

/** Tells the wall clock of a time zone. */
function calendarOf(timeZone: string): (at: number) => WallClock {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    hourCycle: "h23",
  });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const day = `${parts.year}-${parts.month}-${parts.day}`;
    return { day, weekday: (new Date(day).getUTCDay() + 6) % 7, hourOfDay: Number(parts.hour) };
  };
}

function tallyOf(hours: readonly HourSums[]): Tally {
  const sum = (of: (hour: HourSums) => number) => hours.reduce((total, hour) => total + of(hour), 0);
  return {
    conversations: sum(({ counts }) => counts.conversations),
    escalations: sum(({ counts }) => counts.escalations),
    opened: sum(({ counts }) => counts.opened),
    ended: sum(({ counts }) => counts.ended),
    mails: sum(({ counts }) => counts.mails),
    tickets: sum(({ counts }) => counts.tickets),
    // A verdict that was replaced in a later hour is taken off there: a single hour or day can show less than none.
    ratings: [0, 1, 2, 3, 4].map((index) =>
      Math.max(
        0,
        sum(({ ratings }) => ratings[index] ?? 0),
      ),
    ),
    firstResponse: durationsOf(addHistograms(hours.map((hour) => hour.firstResponse))),
    resolution: durationsOf(addHistograms(hours.map((hour) => hour.resolution))),
  };
}

function durationsOf(histogram: DurationHistogram): Tally["firstResponse"] {
  const median = quantileOf(histogram, 0.5);
  const p90 = quantileOf(histogram, 0.9);
  return {
    count: countOf(histogram),
    ...(median === undefined ? {} : { median }),
    ...(p90 === undefined ? {} : { p90 }),
  };
}
