import { describe, expect, it } from "vitest";
import { hoursPreview } from "../../frontend/dashboard/settings/hours/hours-preview.ts";
import { findZones } from "../../frontend/dashboard/settings/hours/time-zones.ts";
import {
  copiedTo,
  endsNextDay,
  proposedSpan,
  shownTime,
  withSpans,
} from "../../frontend/dashboard/settings/hours/week.ts";
import { BusinessHours } from "../../lambdas/contracts/settings.ts";

const hours = (change: object = {}) => BusinessHours.parse({ enabled: true, timeZone: "Europe/Berlin", ...change });
const english = {
  locale: "en-GB",
  t: (name: string, values: Readonly<Record<string, string | number>> = {}) => `${name} ${values.when ?? ""}`.trim(),
};
const preview = (now: string, change: object = {}) => hoursPreview(english, hours(change), Date.parse(now));

describe("the preview of business hours", () => {
  it("says that it is open, or when it opens by the team's own clock", () => {
    expect(preview("2026-11-02T10:00:00Z")).toBe("openNow");
    expect(preview("2026-11-07T10:00:00Z")).toMatch(/^closedNow Monday( at)? 09:00$/);
  });

  it("names the day where the weekday alone would not do", () => {
    const monday = { week: [{ day: 1, from: "09:00", to: "10:00" }] };
    expect(preview("2026-11-02T12:00:00Z", monday)).toMatch(/^closedNow Monday.* 9 November( at)? 09:00$/);
    expect(preview("2026-11-02T12:00:00Z", { week: [] })).toBe("neverOpen");
  });
});

describe("the week in its editor", () => {
  const { week } = hours();

  it("changes one day and leaves the others, in their order", () => {
    const changed = withSpans(week, 1, [
      { from: "08:00", to: "12:00" },
      { from: "13:00", to: "17:00" },
    ]);
    expect(changed.map(({ day }) => day)).toEqual([1, 1, 2, 3, 4, 5]);
    expect(withSpans(changed, 1, []).map(({ day }) => day)).toEqual([2, 3, 4, 5]);
    expect(copiedTo(changed, 1, [2, 6]).filter(({ day }) => day === 6)).toHaveLength(2);
    expect(hours({ week: changed }).week).toEqual(changed);
  });

  it("shows midnight as the field for a time can, and says what ends on the next day", () => {
    expect(shownTime("24:00")).toBe("00:00");
    expect(endsNextDay({ from: "22:00", to: "02:00" })).toBe(true);
    expect(endsNextDay({ from: "20:00", to: "00:00" })).toBe(false);
    expect(endsNextDay({ from: "09:00", to: "17:00" })).toBe(false);
  });

  it("proposes spans that the contract takes", () => {
    const proposals = [[], [{ day: 1, from: "09:00", to: "17:00" }], [{ day: 1, from: "20:00", to: "23:30" }]].map(
      proposedSpan,
    );
    expect(proposals).toEqual([
      { from: "09:00", to: "17:00" },
      { from: "18:00", to: "20:00" },
      { from: "22:00", to: "23:00" },
    ]);
  });
});

describe("looking for a time zone", () => {
  const all = ["UTC", "America/New_York", "America/North_Dakota/New_Salem", "Asia/Calcutta", "Europe/Berlin"];

  it.each([
    ["new york", "America/New_York"],
    ["kolkata", "Asia/Calcutta"],
    ["deutschland", "Europe/Berlin"],
    ["eur/ber", "Europe/Berlin"],
  ])("finds %s", (text, zone) => {
    expect(findZones(text, "UTC", all)[0]).toBe(zone);
  });

  it("puts cities that begin with the text first, and without a text the chosen one", () => {
    expect(findZones("new", "UTC", all)).toEqual(["America/New_York", "America/North_Dakota/New_Salem"]);
    expect(findZones("", "Europe/Berlin", all)[0]).toBe("Europe/Berlin");
    expect(findZones("atlantis", "UTC", all)).toEqual([]);
  });
});
