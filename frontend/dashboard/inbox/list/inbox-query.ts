import type { inboxFilters } from "../../../../lambdas/contracts/http.ts";
import type { InboxRow } from "../../../../lambdas/contracts/protocol.ts";

export type InboxFilter = (typeof inboxFilters)[number];

/** In the order of the tabs. The contract's list is a type here, so that the page does not carry its schemas. */
export const filterTabs = ["escalated", "unassigned", "inProgress", "ended", "all"] as const satisfies InboxFilter[];

export const rangePresets = ["today", "7d", "30d", "90d"] as const;
export type RangePreset = (typeof rangePresets)[number];

/** A span of days in the viewer's own time zone; `from` and `to` are days such as `2026-11-22`, both included. */
export type DateRange =
  | { readonly preset: RangePreset }
  | { readonly preset: "custom"; readonly from: string; readonly to: string };

export const holders = ["anyone", "me", "nobody"] as const;
/** Whose conversations: everybody's, the viewer's own, or those that nobody has. */
export type Holder = (typeof holders)[number];

export const sortOrders = ["newest", "waiting", "oldest"] as const;
/** Newest activity first, longest waiting first, or oldest activity first. */
export type SortOrder = (typeof sortOrders)[number];

/** Characters of a search; the API's limits. */
export const shortestSearch = 2;
export const longestSearch = 200;

/** What the list shows. It lives in the address, so that a reload, a bookmark or a colleague sees the same. */
export interface InboxQuery {
  readonly filter: InboxFilter;
  /** Leaves ended conversations out. */
  readonly ongoing: boolean;
  readonly range: DateRange;
  readonly holder: Holder;
  readonly sort: SortOrder;
  /** Words that have to occur; empty: no search. */
  readonly search: string;
}

export const defaultQuery: InboxQuery = {
  filter: "escalated",
  ongoing: false,
  range: { preset: "30d" },
  holder: "anyone",
  sort: "newest",
  search: "",
};

/** Longest custom range, days; the API's limit. */
export const longestRangeDays = 366;

const dayMs = 24 * 60 * 60 * 1000;
const daysBack: Readonly<Record<RangePreset, number>> = { today: 0, "7d": 6, "30d": 29, "90d": 89 };

/** Reads the query of an address. What makes no sense there is the default. */
export function readInboxQuery(search: URLSearchParams): InboxQuery {
  return {
    filter: filterTabs.find((each) => each === search.get("filter")) ?? defaultQuery.filter,
    ongoing: search.get("ongoing") === "true",
    range: readRange(search),
    holder: holders.find((each) => each === search.get("assigned")) ?? defaultQuery.holder,
    sort: sortOrders.find((each) => each === search.get("sort")) ?? defaultQuery.sort,
    search: (search.get("q") ?? "").slice(0, longestSearch),
  };
}

/** Writes the query of an address; defaults stay out of it. */
export function writeInboxQuery({ filter, ongoing, range, holder, sort, search: words }: InboxQuery): URLSearchParams {
  const search = new URLSearchParams();
  if (filter !== defaultQuery.filter) search.set("filter", filter);
  if (holder !== defaultQuery.holder) search.set("assigned", holder);
  if (sort !== defaultQuery.sort) search.set("sort", sort);
  if (words !== "") search.set("q", words);
  if (ongoing) search.set("ongoing", "true");
  if (range.preset === "custom") {
    search.set("from", range.from);
    search.set("to", range.to);
  } else if (range.preset !== "30d") {
    search.set("range", range.preset);
  }
  return search;
}

/** Whether two queries ask the API for the same pages; holder and order are decided here. */
export function asksTheSame(one: InboxQuery, other: InboxQuery): boolean {
  const asked = (query: InboxQuery) => writeInboxQuery({ ...query, holder: "anyone", sort: "newest", search: "" });
  return asked(one).toString() === asked(other).toString();
}

/** What the API is asked for. */
export function questionOf(query: InboxQuery, now: number) {
  const { from, to } = momentsOf(query.range, now);
  return {
    filter: query.filter,
    ongoing: query.ongoing ? ("true" as const) : ("false" as const),
    from: new Date(from).toISOString(),
    ...(to === undefined ? {} : { to: new Date(to).toISOString() }),
  };
}

/** The moments that a range means for the viewer, milliseconds since the epoch. A preset's end stays open. */
export function momentsOf(range: DateRange, now: number): { readonly from: number; readonly to?: number } {
  if (range.preset === "custom") return { from: startOfDay(range.from), to: startOfDay(nextDay(range.to)) - 1 };
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - daysBack[range.preset]);
  return { from: day.getTime() };
}

/** Why a custom range can't be asked for. */
export function rangeProblem(from: string, to: string): "incomplete" | "reversed" | "tooLong" | undefined {
  if (!isDay(from) || !isDay(to)) return "incomplete";
  if (from > to) return "reversed";
  return Date.parse(to) - Date.parse(from) >= longestRangeDays * dayMs ? "tooLong" : undefined;
}

/**
 * Whether a row belongs to the list, by the same rule as the API's, and by whose conversation it is.
 * @param me the viewer's own id
 */
export function belongs(row: InboxRow, query: InboxQuery, now: number, me?: string): boolean {
  if (query.holder === "me" && (me === undefined || row.assigneeId !== me)) return false;
  if (query.holder === "nobody" && row.assigneeId !== undefined) return false;
  const { from, to } = momentsOf(query.range, now);
  if (row.lastAt < from || (to !== undefined && row.lastAt > to)) return false;
  if (query.ongoing && row.status === "ended") return false;
  switch (query.filter) {
    case "all":
      return true;
    case "escalated":
      return row.status !== "unrequested";
    case "unassigned":
      return row.status === "unassigned";
    case "inProgress":
      return row.status === "open";
    case "ended":
      return row.status === "ended";
  }
}

/** A day of the viewer's calendar, as an `<input type="date">` writes it. */
export function dayOf(moment: number): string {
  const date = new Date(moment);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function readRange(search: URLSearchParams): DateRange {
  const from = search.get("from") ?? "";
  const to = search.get("to") ?? "";
  if (rangeProblem(from, to) === undefined) return { preset: "custom", from, to };
  const preset = rangePresets.find((each) => each === search.get("range"));
  return preset === undefined ? defaultQuery.range : { preset };
}

function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
}

/** Midnight in the viewer's zone: a date and time without an offset is read as local time. */
function startOfDay(day: string): number {
  return new Date(`${day}T00:00:00`).getTime();
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);
}
