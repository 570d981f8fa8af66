import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availabilityAt, type Hours } from "../../lambdas/domain/business-hours.ts";

const minute = 60_000;
const hour = 60 * minute;
const at = (iso: string): number => Date.parse(iso);
const iso = (moment: number | undefined): string | undefined =>
  moment === undefined ? undefined : new Date(moment).toISOString();

function hours(over: Partial<Hours> = {}): Hours {
  const week = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "17:00" }));
  return { enabled: true, timeZone: "Europe/Berlin", week, closedOn: [], ...over };
}
const opens = (over: Partial<Hours>, now: string): string | undefined =>
  iso(availabilityAt(hours(over), at(now)).opensAt);
const isOpen = (over: Partial<Hours>, now: string): boolean => availabilityAt(hours(over), at(now)).open;

describe("business hours", () => {
  test("that are switched off are always", () => {
    expect(availabilityAt(hours({ enabled: false, week: [] }), 0)).toEqual({ open: true });
  });

  test("begin and end to the minute, by the zone's own clock", () => {
    expect(isOpen({}, "2026-11-02T07:59:59.999Z")).toBe(false);
    expect(isOpen({}, "2026-11-02T08:00:00Z")).toBe(true);
    expect(isOpen({}, "2026-11-02T15:59:59.999Z")).toBe(true);
    expect(isOpen({}, "2026-11-02T16:00:00Z")).toBe(false);
    expect(isOpen({ timeZone: "America/New_York" }, "2026-11-02T08:00:00Z")).toBe(false);
  });

  test("say when they begin again, over a weekend and its change of the clock", () => {
    expect(opens({}, "2026-10-23T18:00:00Z")).toBe("2026-10-26T08:00:00.000Z");
    expect(opens({}, "2026-10-23T05:00:00Z")).toBe("2026-10-23T07:00:00.000Z");
    expect(availabilityAt(hours(), at("2026-11-02T10:00:00Z"))).toEqual({ open: true });
  });

  test("can run past midnight, into Monday as well", () => {
    const week = [{ day: 7, from: "22:00", to: "02:00" }];
    expect(isOpen({ week, timeZone: "UTC" }, "2026-11-02T01:59:00Z")).toBe(true);
    expect(isOpen({ week, timeZone: "UTC" }, "2026-11-02T02:00:00Z")).toBe(false);
    expect(isOpen({ week, timeZone: "UTC" }, "2026-11-01T01:00:00Z")).toBe(false);
  });

  test("can have several spans in a day", () => {
    const week = [
      { day: 1, from: "14:00", to: "18:00" },
      { day: 1, from: "08:00", to: "12:00" },
    ];
    const inUtc = { week, timeZone: "UTC" };
    expect(opens(inUtc, "2026-11-02T07:00:00Z")).toBe("2026-11-02T08:00:00.000Z");
    expect(opens(inUtc, "2026-11-02T12:00:00Z")).toBe("2026-11-02T14:00:00.000Z");
    expect(opens(inUtc, "2026-11-02T18:00:00Z")).toBe("2026-11-09T08:00:00.000Z");
  });

  test("reach the end of the day with 24:00, and a whole day from one time to the same", () => {
    const week = [{ day: 1, from: "20:00", to: "24:00" }];
    expect(isOpen({ week, timeZone: "UTC" }, "2026-11-02T23:59:00Z")).toBe(true);
    expect(isOpen({ week, timeZone: "UTC" }, "2026-11-03T00:00:00Z")).toBe(false);
    const allDay = { week: [{ day: 1, from: "00:00", to: "00:00" }], timeZone: "UTC" };
    expect(isOpen(allDay, "2026-11-02T12:00:00Z")).toBe(true);
    expect(isOpen(allDay, "2026-11-03T00:00:00Z")).toBe(false);
  });

  test("skip closed days, and end at midnight before one", () => {
    const closedOn = ["2026-12-25", "2026-12-28"];
    expect(opens({ closedOn }, "2026-12-24T20:00:00Z")).toBe("2026-12-29T08:00:00.000Z");
    expect(isOpen({ closedOn }, "2026-12-25T10:00:00Z")).toBe(false);
    const week = [{ day: 4, from: "22:00", to: "03:00" }];
    expect(isOpen({ week, closedOn, timeZone: "UTC" }, "2026-12-24T23:59:00Z")).toBe(true);
    expect(isOpen({ week, closedOn, timeZone: "UTC" }, "2026-12-25T00:00:00Z")).toBe(false);
  });

  test("that never begin say nothing of when", () => {
    expect(availabilityAt(hours({ week: [] }), at("2026-11-02T10:00:00Z"))).toEqual({ open: false });
  });

  test("begin at the jump when the clock jumps over their beginning", () => {
    // Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
    const week = [{ day: 7, from: "02:30", to: "05:00" }];
    expect(opens({ week }, "2026-03-29T00:00:00Z")).toBe("2026-03-29T01:00:00.000Z");
    expect(isOpen({ week }, "2026-03-29T02:59:00Z")).toBe(true);
    expect(isOpen({ week }, "2026-03-29T03:00:00Z")).toBe(false);
    // Nothing is left of a span that the jump swallows.
    expect(opens({ week: [{ day: 7, from: "02:10", to: "02:50" }] }, "2026-03-29T00:00:00Z")).toBe(
      "2026-04-05T00:10:00.000Z",
    );
  });

  test("begin at the first and end at the second of two equal times", () => {
    // Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
    const week = [{ day: 7, from: "02:00", to: "02:30" }];
    expect(opens({ week }, "2026-10-24T23:00:00Z")).toBe("2026-10-25T00:00:00.000Z");
    expect(isOpen({ week }, "2026-10-25T01:29:00Z")).toBe(true);
    expect(isOpen({ week }, "2026-10-25T01:30:00Z")).toBe(false);
  });

  test("survive a zone that skips a whole day", () => {
    // Samoa went from 29 to 31 December 2011.
    const week = [{ day: 6, from: "09:00", to: "10:00" }];
    expect(opens({ week, timeZone: "Pacific/Apia" }, "2011-12-30T09:00:00Z")).toBe("2011-12-30T19:00:00.000Z");
  });
});

/** The clock of a zone, read another way than the code under test reads it. */
function shown(timeZone: string, moment: number): { date: string; time: string; weekday: number } {
  const [date = "", time = ""] = new Date(moment).toLocaleString("sv-SE", { timeZone }).split(" ");
  return { date, time: time.slice(0, 5), weekday: new Date(`${date}T00:00:00Z`).getUTCDay() || 7 };
}

function openByTheClock({ timeZone, week, closedOn }: Hours, moment: number): boolean {
  const now = shown(timeZone, moment);
  const yesterday = new Date(at(`${now.date}T00:00:00Z`) - 24 * hour).toISOString().slice(0, 10);
  const yesterdaysDay = now.weekday === 1 ? 7 : now.weekday - 1;
  if (closedOn.includes(now.date)) return false;
  return week.some(({ day, from, to }) => {
    const overnight = to <= from;
    if (day === now.weekday) return now.time >= from && (overnight || now.time < to);
    return overnight && day === yesterdaysDay && !closedOn.includes(yesterday) && now.time < to;
  });
}

const zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Chatham"];
const clock = fc
  .integer({ min: 0, max: 24 * 4 - 1 })
  .map((quarter) => `${String(quarter >> 2).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`);
const anyHours = fc.record({
  enabled: fc.constant(true),
  timeZone: fc.constantFrom(...zones),
  week: fc.array(fc.record({ day: fc.integer({ min: 1, max: 7 }), from: clock, to: clock }), {
    minLength: 1,
    maxLength: 8,
  }),
  closedOn: fc.array(fc.constantFrom("2026-03-29", "2026-04-01", "2026-06-10", "2026-06-12"), { maxLength: 3 }),
});
const firstMoment = at("2026-01-01T00:00:00Z");
const anyMoment = fc.integer({ min: 0, max: 365 * 24 * 60 }).map((minutes) => firstMoment + minutes * minute);

/** Within a few hours of a changed clock two times are equal or missing: those have tests of their own. */
function clockIsSteady(timeZone: string, moment: number): boolean {
  const offset = (when: number) =>
    at(`${new Date(when).toLocaleString("sv-SE", { timeZone }).replace(" ", "T")}Z`) - when;
  const whole = Math.floor(moment / 1000) * 1000;
  return offset(whole - 30 * hour) === offset(whole + 30 * hour);
}

describe("whatever the hours", () => {
  test("they are open exactly when the zone's clock shows a time within them", () => {
    fc.assert(
      fc.property(anyHours, anyMoment, (some, now) => {
        fc.pre(clockIsSteady(some.timeZone, now));
        expect(availabilityAt(some, now).open).toBe(openByTheClock(some, now));
      }),
      { numRuns: 400 },
    );
  });

  test("they are closed until the moment that was named, and open from it on", () => {
    fc.assert(
      fc.property(anyHours, anyMoment, (some, now) => {
        const { open, opensAt } = availabilityAt(some, now);
        expect(open && opensAt !== undefined).toBe(false);
        if (open) return;
        if (opensAt === undefined) throw new Error("a week with a span begins some day");
        expect(opensAt).toBeGreaterThan(now);
        expect(availabilityAt(some, opensAt).open).toBe(true);
        for (let step = 1; step <= 20; step++) {
          const between = now + Math.floor(((opensAt - now - 1) * step) / 20);
          expect(availabilityAt(some, between)).toEqual({ open: false, opensAt });
        }
      }),
      { numRuns: 200 },
    );
  });
});
