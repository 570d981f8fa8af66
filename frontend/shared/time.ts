/** Times are shown in the viewer's own zone, by `Intl`. All take milliseconds since the epoch. */

/** A format is slow to make and quick to use. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions, at: number): string {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, known);
  return known.format(at);
}

/** `14:05` or `2:05 PM`. */
export function clockTime(locale: string, at: number): string {
  return format(locale, { timeStyle: "short" }, at);
}

/** For tooltips: date, time and zone. */
export function fullTime(locale: string, at: number): string {
  return format(locale, { dateStyle: "full", timeStyle: "long" }, at);
}

/** The first moment of the day, by which two times can be compared. */
export function dayOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** `Today`, `Yesterday`, `Wednesday, 3 March` or `3 March 2025`, as near as it is. */
export function dayName(locale: string, at: number, now: number): string {
  // Rounded, because a day of the change to summer time has 23 hours.
  const days = Math.round((dayOf(now) - dayOf(at)) / 86_400_000);
  if (days === 0 || days === 1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-days, "day");
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
  }
  return format(locale, days < 300 ? { weekday: "long", day: "numeric", month: "long" } : { dateStyle: "long" }, at);
}
