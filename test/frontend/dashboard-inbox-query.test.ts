import { describe, expect, it } from "vitest";
import {
  asksTheSame,
  belongs,
  dayOf,
  defaultQuery,
  type InboxQuery,
  momentsOf,
  rangeProblem,
  readInboxQuery,
  writeInboxQuery,
} from "../../frontend/dashboard/inbox/list/inbox-query.ts";
import type { InboxRow } from "../../lambdas/contracts/protocol.ts";
import { aRow } from "./dashboard-rows.ts";

const now = new Date(2026, 10, 22, 15, 30).getTime();

describe("the inbox query", () => {
  it.each<[string, InboxQuery]>([
    ["", defaultQuery],
    ["filter=unassigned&ongoing=true", { ...defaultQuery, filter: "unassigned", ongoing: true }],
    ["assigned=me&sort=waiting", { ...defaultQuery, holder: "me", sort: "waiting" }],
    ["q=rain+jacket", { ...defaultQuery, search: "rain jacket" }],
    ["range=7d", { ...defaultQuery, range: { preset: "7d" } }],
    [
      "from=2026-11-01&to=2026-11-05",
      { ...defaultQuery, range: { preset: "custom", from: "2026-11-01", to: "2026-11-05" } },
    ],
  ])("reads and writes the address ?%s", (search, query) => {
    expect(readInboxQuery(new URLSearchParams(search))).toEqual(query);
    expect(writeInboxQuery(query).toString()).toBe(search);
  });

  it.each([
    "filter=everything",
    "assigned=everybody",
    "sort=random",
    "range=forever",
    "from=2026-11-05&to=2026-11-01",
    "from=yesterday&to=today",
  ])("falls back to the defaults for ?%s", (search) => {
    expect(readInboxQuery(new URLSearchParams(search))).toEqual(defaultQuery);
  });

  it("begins a preset at the viewer's midnight and leaves its end open", () => {
    expect(momentsOf({ preset: "today" }, now)).toEqual({ from: new Date(2026, 10, 22).getTime() });
    expect(momentsOf({ preset: "7d" }, now)).toEqual({ from: new Date(2026, 10, 16).getTime() });
  });

  it("includes both days of a custom range to the last millisecond", () => {
    const { from, to } = momentsOf({ preset: "custom", from: "2026-03-28", to: "2026-03-29" }, now);
    expect(from).toBe(new Date(2026, 2, 28).getTime());
    expect(to).toBe(new Date(2026, 2, 30).getTime() - 1);
  });

  it("says what is wrong with a custom range", () => {
    expect(rangeProblem("2026-01-01", "")).toBe("incomplete");
    expect(rangeProblem("2026-01-02", "2026-01-01")).toBe("reversed");
    expect(rangeProblem("2025-01-01", "2026-01-02")).toBe("tooLong");
    expect(rangeProblem("2025-01-01", "2026-01-01")).toBeUndefined();
  });

  it("writes a day as a date field does", () => {
    expect(dayOf(new Date(2026, 0, 9, 23, 59).getTime())).toBe("2026-01-09");
  });

  it.each<[InboxQuery["filter"], InboxRow["status"][]]>([
    ["all", ["unrequested", "unassigned", "open", "ended"]],
    ["escalated", ["unassigned", "open", "ended"]],
    ["unassigned", ["unassigned"]],
    ["inProgress", ["open"]],
    ["ended", ["ended"]],
  ])("with the filter %s takes %j", (filter, expected) => {
    const all = (["unrequested", "unassigned", "open", "ended"] as const).map((status) =>
      aRow({ status, lastAt: now }),
    );
    const taken = all.filter((row) => belongs(row, { ...defaultQuery, filter }, now)).map(({ status }) => status);
    expect(taken).toEqual(expected);
  });

  it("leaves ended conversations and other days out when asked to", () => {
    const ended = aRow({ status: "ended", lastAt: now });
    expect(belongs(ended, { ...defaultQuery, ongoing: true }, now)).toBe(false);
    const yesterday = aRow({ status: "open", lastAt: now - 24 * 60 * 60 * 1000 });
    expect(belongs(yesterday, { ...defaultQuery, range: { preset: "today" } }, now)).toBe(false);
  });

  it("knows whose conversation it is", () => {
    const mine = aRow({ assigneeId: "mia", lastAt: now });
    const nobodys = aRow({ lastAt: now });
    const held = (row: InboxRow, holder: InboxQuery["holder"]) => belongs(row, { ...defaultQuery, holder }, now, "mia");
    expect([held(mine, "anyone"), held(mine, "me"), held(mine, "nobody")]).toEqual([true, true, false]);
    expect([held(nobodys, "anyone"), held(nobodys, "me"), held(nobodys, "nobody")]).toEqual([true, false, true]);
    expect(belongs(nobodys, { ...defaultQuery, holder: "me" }, now, undefined)).toBe(false);
  });

  it("asks the API for the same pages whatever the order and the holder", () => {
    expect(asksTheSame(defaultQuery, { ...defaultQuery, sort: "oldest", holder: "me", search: "x" })).toBe(true);
    expect(asksTheSame(defaultQuery, { ...defaultQuery, filter: "all" })).toBe(false);
  });
});
