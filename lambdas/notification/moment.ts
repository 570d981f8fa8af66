/** `2026-11-22T09:33:12Z`, for those who compare it with a log. */
export function isoMoment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
