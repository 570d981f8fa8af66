import { describe, expect, it } from "vitest";
import { analyticsCsv } from "../../frontend/dashboard/analytics/analytics-csv.ts";
import {
  changeOf,
  deflectionOf,
  durationText,
  satisfactionOf,
} from "../../frontend/dashboard/analytics/analytics-numbers.ts";
import {
  daysOf,
  lastDays,
  periodBefore,
  periodOfQuery,
  queryOfPeriod,
  todayIn,
} from "../../frontend/dashboard/analytics/analytics-period.ts";
import type { Analytics } from "../../lambdas/contracts/http.ts";

describe("the period of the analytics", () => {
  it("is in the address, and comes back from it", () => {
    const period = { from: "2026-02-27", to: "2026-03-02" };
    expect(periodOfQuery(queryOfPeriod(period), "2026-11-22")).toEqual(period);
    expect(daysOf(period)).toBe(4);
  });

  it.each([
    "",
    "from=2026-11-22",
    "from=2026-11-22&to=2026-11-01",
    "from=2020-01-01&to=2026-01-01",
    "from=2026-13-45&to=2026-14-01",
    "from=<script>&to=x",
  ])("is the last 30 days for the address ?%s", (query) => {
    expect(periodOfQuery(new URLSearchParams(query), "2026-11-22")).toEqual({ from: "2026-10-24", to: "2026-11-22" });
  });

  it("is compared with as many days right before it, over months and leap days", () => {
    expect(periodBefore({ from: "2028-03-01", to: "2028-03-02" })).toEqual({ from: "2028-02-28", to: "2028-02-29" });
    expect(periodBefore(lastDays(7, "2026-11-22"))).toEqual({ from: "2026-11-09", to: "2026-11-15" });
  });

  it("ends today, where the viewer is", () => {
    const newYear = Date.UTC(2026, 11, 31, 23, 30);
    expect([todayIn("Asia/Tokyo", newYear), todayIn("America/New_York", newYear)]).toEqual([
      "2027-01-01",
      "2026-12-31",
    ]);
  });
});

describe("the numbers of the analytics", () => {
  it("tell what the AI solved alone, and never less than nothing", () => {
    expect(deflectionOf({ conversations: 10, escalations: 3 })).toBeCloseTo(0.7);
    // An agent may have begun conversations that were escalated later.
    expect(deflectionOf({ conversations: 2, escalations: 3 })).toBe(0);
    expect(deflectionOf({ conversations: 0, escalations: 0 })).toBeUndefined();
  });

  it("tell the mean verdict", () => {
    expect(satisfactionOf({ ratings: [1, 0, 0, 0, 3] })).toEqual({ count: 4, mean: 4 });
    expect(satisfactionOf({ ratings: [0, 0, 0, 0, 0] })).toEqual({ count: 0 });
  });

  it("compare with what was before, where there was something", () => {
    expect(changeOf(15, 10)).toBeCloseTo(0.5);
    expect(changeOf(15, 0)).toBeUndefined();
    expect(changeOf(undefined, 10)).toBeUndefined();
  });

  it.each([
    [0, "0s"],
    [59.6, "1m"],
    [250, "4m 10s"],
    [11_520, "3h 12m"],
    [200_000, "2d 7h"],
  ])("write %d seconds as %s", (seconds, text) => {
    expect(durationText(seconds, "en")).toBe(text);
  });
});

describe("the CSV of the analytics", () => {
  it("has a line for each day, and nothing where nothing was measured", () => {
    const day: Analytics["days"][number] = {
      day: "2026-11-22",
      conversations: 4,
      escalations: 2,
      opened: 2,
      ended: 1,
      mails: 3,
      tickets: 2,
      ratings: [0, 0, 0, 1, 1],
      firstResponse: { count: 2, median: 42.5, p90: 80 },
      resolution: { count: 0 },
    };
    const [head, line, ...rest] = analyticsCsv({ days: [day] }).split("\r\n");
    expect(rest).toEqual([]);
    expect(head?.split(",").slice(0, 5)).toEqual(["day", "conversations", "escalations", "opened", "ended"]);
    expect(line).toBe("2026-11-22,4,2,2,1,42.5,80,,,2,4.50,3,2");
  });
});
