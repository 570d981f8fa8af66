/** When a team answers, by the wall clock of its time zone. */
export interface Hours {
  /** False: at any time. */
  readonly enabled: boolean;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** Monday is 1, Sunday 7; times such as `09:30`, and `24:00`. A span that does not end after it begins ends on the next day. */
  readonly week: readonly { readonly day: number; readonly from: string; readonly to: string }[];
  /** Days such as `2026-12-25` that are closed whatever the week says. */
  readonly closedOn: readonly string[];
}

export interface Availability {
  readonly open: boolean;
  /** When the next span begins, milliseconds since the epoch; absent while open, and when there will be none. */
  readonly opensAt?: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** As many closed days as can be set, each on the one weekday that is open, and a year to spare. */
const longestSearchDays = 800;

/**
 * Whether a team answers at a moment, and when it begins to.
 *
 * Where the clock jumps forward, a time that does not exist is the moment of the jump. Where it is set back, a span
 * begins at the first and ends at the second of the two moments that a time names.
 *
 * @param now Milliseconds since the epoch
 */
export function availabilityAt(hours: Hours, now: number): Availability {
  if (!hours.enabled) return { open: true };
  const clock = wallClock(hours.timeZone);
  const today = Math.floor(clock.wallAt(now) / dayMs) * dayMs;
  for (let day = today - dayMs; day <= today + longestSearchDays * dayMs; day += dayMs) {
    const spans = spansOf(hours, day).map(({ from, to }) => ({ begins: clock.firstAt(from), ends: clock.lastAt(to) }));
    if (spans.some(({ begins, ends }) => begins <= now && now < ends)) return { open: true };
    // Yesterday's spans can still run, but not begin. A jump of the clock can leave nothing of a span.
    const coming = spans.filter(({ begins, ends }) => begins > now && begins < ends).map(({ begins }) => begins);
    if (coming.length > 0) return { open: false, opensAt: Math.min(...coming) };
  }
  return { open: false };
}

/** The spans that begin on a day, as wall-clock times: milliseconds since the epoch as if the zone were UTC. */
function spansOf({ week, closedOn }: Hours, day: number): { readonly from: number; readonly to: number }[] {
  if (isClosed(closedOn, day)) return [];
  const weekday = new Date(day).getUTCDay() || 7;
  return week
    .filter((span) => span.day === weekday)
    .map((span) => {
      const [from, to] = [timeOf(span.from), timeOf(span.to)];
      if (to > from) return { from: day + from, to: day + to };
      return { from: day + from, to: isClosed(closedOn, day + dayMs) ? day + dayMs : day + dayMs + to };
    });
}

function isClosed(closedOn: readonly string[], day: number): boolean {
  return closedOn.includes(new Date(day).toISOString().slice(0, 10));
}

/** `09:30` in milliseconds. */
function timeOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return (hours * 60 + minutes) * minuteMs;
}

interface WallClock {
  /** What the clock shows at a moment, as milliseconds since the epoch as if the zone were UTC. */
  wallAt(moment: number): number;
  /** The first moment at which the clock shows a time, or has jumped over it. */
  firstAt(wall: number): number;
  /** The last one. */
  lastAt(wall: number): number;
}

function wallClock(timeZone: string): WallClock {
  const format = formatOf(timeZone);
  const wallAt = (moment: number): number => {
    const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (moment % 1000);
  };

  /** The moment between two at which the clock jumps over a time. */
  const jumpOver = (wall: number, before: number, after: number): number => {
    let [low, high] = [before, after];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (wallAt(middle) < wall) low = middle;
      else high = middle;
    }
    return high;
  };

  /** No clock is further than 14 hours from UTC, and none is changed twice in these days. */
  const offsetsAround = (wall: number): readonly [before: number, after: number] => {
    const at = (moment: number): number => wallAt(moment) - moment;
    return [at(wall - 2 * dayMs), at(wall + 2 * dayMs)];
  };

  const momentsOf = (wall: number): readonly [first: number, last: number] => {
    const [before, after] = offsetsAround(wall);
    if (before === after) return [wall - before, wall - before];
    const shown = [wall - before, wall - after].filter((moment) => wallAt(moment) === wall);
    const [first] = shown;
    if (first !== undefined) return [Math.min(...shown), Math.max(...shown)];
    const jump = jumpOver(wall, wall - after, wall - before);
    return [jump, jump];
  };

  return { wallAt, firstAt: (wall) => momentsOf(wall)[0], lastAt: (wall) => momentsOf(wall)[1] };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes half a millisecond, so each zone's is kept. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const numeric = "numeric" as const;
  const made = new Intl.DateTimeFormat("en-u-ca-iso8601-nu-latn", {
    timeZone,
    hourCycle: "h23",
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  formats.set(timeZone, made);
  return made;
}
