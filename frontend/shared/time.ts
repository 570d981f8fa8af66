/** Times are shown in the viewer's own zone, by `Intl`. All take milliseconds since the epoch. */

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions, at: number): string {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, known);
  return known.format(at);
}

/** `14:05` or `2:05 PM`. */
export function clockTime(locale: string, at: number): string {
  return format(locale, { hour: "numeric", minute: "2-digit" }, at);
}

/** For tooltips: date, time and zone. */
export function fullTime(locale: string, at: number): string {
  return format(locale, { dateStyle: "full", timeStyle: "long" }, at);
}

/** Names a day so that two times can be compared by day in the viewer's zone. */
export function dayKey(at: number): string {
  return format("en-CA", { year: "numeric", month: "2-digit", day: "2-digit" }, at);
}

/** `Today`, `Yesterday`, `Monday`, `3 March` or `3 March 2025`, as near as it is. */
export function dayName(locale: string, at: number, now: number): string {
  const days = Math.round((Date.parse(dayKey(now)) - Date.parse(dayKey(at))) / 86_400_000);
  if (days === 0 || days === 1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-days, "day");
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
  }
  if (days > 1 && days < 7) return format(locale, { weekday: "long" }, at);
  const sameYear = dayKey(at).slice(0, 4) === dayKey(now).slice(0, 4);
  return format(locale, { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }, at);
}
