import { describe, expect, it } from "vitest";
import { isQuiet } from "../../lambdas/domain/quiet-hours.ts";

const berlin = (from: string, to: string) => ({ enabled: true, from, to, timeZone: "Europe/Berlin" });
const at = (iso: string): number => Date.parse(iso);

describe("quiet hours", () => {
  it.each([
    // In winter Berlin is one hour ahead of UTC, in summer two.
    ["22:00", "07:00", "2026-01-15T21:00:00Z", true],
    ["22:00", "07:00", "2026-01-15T20:59:59Z", false],
    ["22:00", "07:00", "2026-01-15T05:59:59Z", true],
    ["22:00", "07:00", "2026-01-15T06:00:00Z", false],
    ["22:00", "07:00", "2026-07-15T20:00:00Z", true],
    ["22:00", "07:00", "2026-07-15T05:00:00Z", false],
    ["12:00", "13:00", "2026-01-15T11:30:00Z", true],
    ["12:00", "13:00", "2026-01-15T12:00:00Z", false],
    ["18:00", "24:00", "2026-01-15T22:59:00Z", true],
    ["18:00", "24:00", "2026-01-15T23:00:00Z", false],
    ["24:00", "06:00", "2026-01-14T23:00:00Z", true],
    ["08:00", "08:00", "2026-01-15T07:00:00Z", false],
  ])("from %s to %s in Berlin: %s is quiet: %s", (from, to, moment, quiet) => {
    expect(isQuiet(berlin(from, to), at(moment))).toBe(quiet);
  });

  it("follow the clock on the wall when it is changed", () => {
    // 2026-03-29: after 01:59 comes 03:00, which is 01:00 UTC.
    expect(isQuiet(berlin("22:00", "03:00"), at("2026-03-29T00:59:00Z"))).toBe(true);
    expect(isQuiet(berlin("22:00", "03:00"), at("2026-03-29T01:00:00Z"))).toBe(false);
    // 2026-10-25: 02:30 comes twice, at 00:30 and 01:30 UTC.
    expect(isQuiet(berlin("02:00", "03:00"), at("2026-10-25T00:30:00Z"))).toBe(true);
    expect(isQuiet(berlin("02:00", "03:00"), at("2026-10-25T01:30:00Z"))).toBe(true);
    expect(isQuiet(berlin("02:00", "03:00"), at("2026-10-25T02:00:00Z"))).toBe(false);
  });

  it("are none when they are switched off", () => {
    expect(isQuiet({ ...berlin("00:00", "24:00"), enabled: false }, at("2026-01-15T12:00:00Z"))).toBe(false);
  });
});
