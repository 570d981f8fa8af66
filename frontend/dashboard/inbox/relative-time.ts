const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long ago, as short as a list wants it: `5m`, `3h`, `2d`, then the date. `undefined` within the last minute. */
export function relativeTime(at: number, now: number, locale: string): string | undefined {
  const ago = now - at;
  if (ago < minuteMs) return undefined;
  if (ago < hourMs) return narrow(locale, "minute", ago / minuteMs);
  if (ago < dayMs) return narrow(locale, "hour", ago / hourMs);
  if (ago < 7 * dayMs) return narrow(locale, "day", ago / dayMs);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(
    locale,
    sameYear ? { day: "numeric", month: "short" } : { day: "numeric", month: "short", year: "numeric" },
  ).format(at);
}

function narrow(locale: string, unit: "minute" | "hour" | "day", value: number): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "narrow" }).format(Math.floor(value));
}
