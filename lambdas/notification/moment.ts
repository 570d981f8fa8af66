const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** `22 Nov 2026, 09:33 UTC`: recipients sit in many time zones, so every time says which it is in. */
export function readableMoment(at: number): string {
  return `${day.format(at)} UTC`;
}

/** `2026-11-22T09:33:12Z`, for those who compare it with a log. */
export function isoMoment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
