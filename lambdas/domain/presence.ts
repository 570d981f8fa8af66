/**
 * Presence is a lease, never a flag: a page renews it while it is visible, so a browser that vanishes without a
 * `$disconnect` (which API Gateway sends as best effort only) is gone when its lease is.
 */

/** Seconds between heartbeats of a visible page. Each costs one socket message, one invocation and one write unit. */
export const heartbeatSeconds = 55;

/** Seconds that a lease lasts: two heartbeats may be lost before somebody counts as gone. */
export const leaseSeconds = 150;

export function leaseUntil(now: number): number {
  return Math.floor(now / 1000) + leaseSeconds;
}

export function isLive(untilSeconds: number, now: number): boolean {
  return untilSeconds * 1000 > now;
}
