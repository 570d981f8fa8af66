const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A list draws dozens at a time, and making a format takes longer than using it. */
const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** How long ago, as short as a list wants it: `5m`, `3h`, `2d`, then the date. `undefined` within the last minute. */
export function relativeTime(at: number, now: number, locale: string): string | undefined {
  const ago = now - at;
  if (ago < minuteMs) return undefined;
  if (ago < hourMs) return narrow(locale, "minute", ago / minuteMs);
  if (ago < dayMs) return narrow(locale, "hour", ago / hourMs);
  if (ago < 7 * dayMs) return narrow(locale, "day", ago / dayMs);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const year = sameYear ? {} : ({ year: "numeric" } as const);
  const key = `${locale} date ${sameYear}`;
  return kept(key, () => new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", ...year })).format(at);
}

/** How long ago in seconds, minutes or hours, as a sentence wants it: `2 seconds ago`. */
export function timeAgo(at: number, now: number, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const ago = Math.max(0, now - at);
  if (ago < minuteMs) return format.format(-Math.floor(ago / 1_000), "second");
  if (ago < hourMs) return format.format(-Math.floor(ago / minuteMs), "minute");
  if (ago < dayMs) return format.format(-Math.floor(ago / hourMs), "hour");
  return format.format(-Math.floor(ago / dayMs), "day");
}

function narrow(locale: string, unit: "minute" | "hour" | "day", value: number): string {
  const make = () => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "narrow" });
  return kept(`${locale} ${unit}`, make).format(Math.floor(value));
}

function kept<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => Format): Format {
  const known = (formats.get(key) as Format | undefined) ?? make();
  formats.set(key, known);
  return known;
}
