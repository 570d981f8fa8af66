import { InvalidPattern } from "./pattern.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** When a schedule expression is due next after `from` (both milliseconds since the epoch, UTC). */
export type Schedule = (from: number) => number;

/**
 * Parses `rate(5 minutes)` and `cron(0 8 ? * MON-FRI *)` ("Schedule expressions for EventBridge rules"). Of cron's
 * special characters `L`, `W` and `#` are not supported and throw.
 */
export function parseSchedule(expression: string): Schedule {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) {
    const unit = { minute, hour: 60 * minute, day }[rate[2] as "minute" | "hour" | "day"];
    return (from) => from + Number(rate[1]) * unit;
  }
  const cron = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(expression);
  if (cron) return parseCron(cron.slice(1));
  throw new InvalidPattern(`the schedule expression ${expression} is not supported`);
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

function parseCron([
  minutes = "",
  hours = "",
  days = "",
  monthField = "",
  weekdayField = "",
  years = "",
]: readonly string[]): Schedule {
  const atMinute = field(minutes, 0, 59);
  const atHour = field(hours, 0, 23);
  const onDay = field(days, 1, 31);
  const inMonth = field(monthField, 1, 12, months);
  const onWeekday = field(weekdayField, 1, 7, weekdays);
  const inYear = field(years, 1970, 2199);
  const matchesDay = (date: Date): boolean =>
    inYear(date.getUTCFullYear()) &&
    inMonth(date.getUTCMonth() + 1) &&
    onDay(date.getUTCDate()) &&
    onWeekday(date.getUTCDay() + 1);

  return (from) => {
    let time = Math.floor(from / minute) * minute + minute;
    const end = Date.UTC(2200, 0);
    while (time < end) {
      const date = new Date(time);
      if (!matchesDay(date)) time = Math.floor(time / day) * day + day;
      else if (atHour(date.getUTCHours()) && atMinute(date.getUTCMinutes())) return time;
      else time += minute;
    }
    return Number.POSITIVE_INFINITY;
  };
}

function field(
  text: string,
  lowest: number,
  highest: number,
  names: readonly string[] = [],
): (value: number) => boolean {
  if (text === "*" || text === "?") return () => true;
  const allowed = new Set<number>();
  for (const piece of text.split(",")) {
    const [, first = "", last, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(piece) ?? [];
    const from = first === "*" ? lowest : numberOf(first, names, lowest);
    const open = first === "*" || (step !== undefined && last === undefined);
    const to = last === undefined ? (open ? highest : from) : numberOf(last, names, lowest);
    if (!(from >= lowest && to <= highest)) throw new InvalidPattern(`the cron field ${text} is not supported`);
    for (let value = from; value <= to; value += Number(step ?? 1)) allowed.add(value);
  }
  return (value) => allowed.has(value);
}

function numberOf(text: string, names: readonly string[], lowest: number): number {
  const index = names.indexOf(text.toUpperCase());
  if (index >= 0) return index + lowest;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
