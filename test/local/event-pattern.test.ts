import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPattern, matches } from "../../local/cloud/events/pattern.ts";
import { parseSchedule } from "../../local/cloud/events/schedule.ts";

describe("an event pattern", () => {
  it.each<[object, unknown, boolean]>([
    [{ a: ["x", "y"] }, { a: "y" }, true],
    [{ a: ["x"] }, { a: ["z", "x"] }, true],
    [{ a: ["x"], b: [1] }, { a: "x", b: 2 }, false],
    [{ a: [null] }, { a: null }, true],
    [{ a: ["1"] }, { a: 1 }, false],
    [{ a: { b: ["x"] } }, { a: { b: "x", c: 1 } }, true],
    [{ a: { b: ["x"] } }, { a: [{ b: "y" }, { b: "x" }] }, true],
    [{ a: [{ prefix: "chat." }] }, { a: "chat.ended" }, true],
    [{ a: [{ prefix: { "equals-ignore-case": "CHAT" } }] }, { a: "chat.ended" }, true],
    [{ a: [{ suffix: "ended" }] }, { a: "chat.started" }, false],
    [{ a: [{ "equals-ignore-case": "oPeN" }] }, { a: "Open" }, true],
    [{ a: [{ "anything-but": ["x", "y"] }] }, { a: "z" }, true],
    [{ a: [{ "anything-but": "x" }] }, {}, false],
    [{ a: [{ "anything-but": { prefix: "x" } }] }, { a: "xy" }, false],
    [{ a: [{ "anything-but": { wildcard: "*b*" } }] }, { a: "abc" }, false],
    [{ a: [{ numeric: [">=", 0, "<", 10] }] }, { a: 9.5 }, true],
    [{ a: [{ numeric: ["=", 1] }] }, { a: "1" }, false],
    [{ a: [{ cidr: "10.0.0.0/24" }] }, { a: "10.0.0.255" }, true],
    [{ a: [{ cidr: "10.0.0.0/24" }] }, { a: "10.0.1.0" }, false],
    [{ a: [{ cidr: "2001:db8::/32" }] }, { a: "2001:db8:1::5" }, true],
    [{ a: [{ cidr: "10.0.0.0/24" }] }, { a: "not an address" }, false],
    [{ a: [{ exists: true }] }, { a: null }, true],
    [{ a: [{ exists: true }] }, { a: {} }, false],
    [{ a: [{ exists: false }] }, { b: 1 }, true],
    [{ a: { b: [{ exists: false }] } }, {}, true],
    [{ a: [{ wildcard: "a*c\\*" }] }, { a: "abbc*" }, true],
    [{ a: [{ wildcard: "a.c" }] }, { a: "abc" }, false],
    [{ $or: [{ a: ["x"] }, { b: [{ numeric: [">", 5] }] }] }, { b: 6 }, true],
    [{ c: ["x"], $or: [{ a: ["x"] }, { b: ["x"] }] }, { a: "x", c: "y" }, false],
  ])("%j against %j is %s", (pattern, event, expected) => {
    expect(matches(pattern as Record<string, unknown>, event)).toBe(expected);
  });

  it.each([{ a: "x" }, { a: [{ sounds: "x" }] }, { a: [{ numeric: [">"] }] }, { a: [{ cidr: "x/8" }] }])(
    "%j is refused before any event comes",
    (pattern) => {
      expect(() => checkPattern(pattern)).toThrow();
    },
  );

  it("built from an event's own strings always matches it", () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), leaf, { minKeys: 1 }), (event) => {
        const pattern = Object.fromEntries(Object.entries(event).map(([key, value]) => [key, [value]]));
        return matches(pattern, event) && !matches({ ...pattern, missing: ["x"] }, event);
      }),
    );
  });
});

describe("a schedule", () => {
  const at = (text: string): number => Date.parse(`${text}Z`);
  it.each([
    ["rate(5 minutes)", "2030-01-01T00:00:30", "2030-01-01T00:05:30"],
    ["rate(1 day)", "2030-01-01T00:00:00", "2030-01-02T00:00:00"],
    ["cron(0 8 * * ? *)", "2030-01-01T08:00:00", "2030-01-02T08:00:00"],
    ["cron(0/15 * * * ? *)", "2030-01-01T08:16:00", "2030-01-01T08:30:00"],
    ["cron(30 9 ? * MON-FRI *)", "2030-01-04T10:00:00", "2030-01-07T09:30:00"],
    ["cron(0 0 1 JAN,JUL ? *)", "2030-01-02T00:00:00", "2030-07-01T00:00:00"],
  ])("%s after %s is due at %s", (expression, from, due) => {
    expect(new Date(parseSchedule(expression)(at(from))).toISOString()).toBe(new Date(at(due)).toISOString());
  });

  it.each(["every day", "cron(0 0 L * ? *)", "cron(99 0 * * ? *)"])("%s is refused", (expression) => {
    expect(() => parseSchedule(expression)).toThrow("not supported");
  });
});
