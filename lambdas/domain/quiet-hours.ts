/** A daily span in which somebody wants to be left alone, by the clock on their wall. */
export interface QuietHours {
  readonly enabled: boolean;
  /** `22:00`; 24:00 is the end of the day. */
  readonly from: string;
  /** When it is earlier than `from`, the span runs past midnight. */
  readonly to: string;
  /** IANA, `Europe/Berlin`. */
  readonly timeZone: string;
}

/**
 * Whether a moment (milliseconds since the epoch) lies in the span. The wall clock decides: when clocks are changed,
 * the span is an hour shorter or longer. A span that ends where it begins is none.
 */
export function isQuiet({ enabled, from, to, timeZone }: QuietHours, at: number): boolean {
  if (!enabled) return false;
  const now = wallClock(at, timeZone);
  // Times of the same length compare as text.
  return from <= to ? from <= now && now < to : from <= now || now < to;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** `09:30`. */
function wallClock(at: number, timeZone: string): string {
  const format =
    formats.get(timeZone) ??
    // en-GB with h23: midnight is 00:00, which other settings write as 24:00.
    new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
  formats.set(timeZone, format);
  return format.format(at);
}
