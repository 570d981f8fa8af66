import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { inboxFilters } from "../contracts/http.ts";
import { limits } from "../contracts/limits.ts";
import { DomainError } from "../domain/errors.ts";
import { type Status, statuses } from "../domain/status.ts";
import { foreignCursor, type Tokens } from "../runtime/tokens.ts";
import type { ListPosition } from "../store/conversations.ts";

/** What a list of conversations is asked for. */
export interface InboxQuestion {
  readonly filter: (typeof inboxFilters)[number];
  /** Leaves ended conversations out. */
  readonly ongoing: "true" | "false";
  /** ISO 8601. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Milliseconds since the epoch, inclusive. */
export interface InboxRange {
  readonly from: number;
  readonly to: number;
}

const dayMs = 24 * 60 * 60 * 1000;
const defaultDays = 30;

const statusesOf: Readonly<Record<InboxQuestion["filter"], readonly Status[]>> = {
  all: statuses,
  escalated: statuses.filter((status) => status !== "unrequested"),
  unassigned: ["unassigned"],
  inProgress: ["open"],
  ended: ["ended"],
};

export function statusesAskedFor({ filter, ongoing }: InboxQuestion): readonly Status[] {
  return statusesOf[filter].filter((status) => ongoing === "false" || status !== "ended");
}

/** @throws DomainError `bad_request` for a range that is reversed or longer than 366 days */
export function rangeOf(question: InboxQuestion, now: number): InboxRange {
  const to = question.to === undefined ? now : Date.parse(question.to);
  const from = question.from === undefined ? to - defaultDays * dayMs : Date.parse(question.from);
  if (from > to) {
    throw new DomainError("bad_request", "The date range is reversed.", [{ path: "from", message: "not after `to`" }]);
  }
  if (to - from > limits.inboxDays * dayMs) {
    throw new DomainError("bad_request", "The date range is too long.", [
      { path: "from", message: `at most ${limits.inboxDays} days before \`to\`` },
    ]);
  }
  return { from, to };
}

/** What a cursor remembers: whose list it is, what was asked, and where it stopped. */
const Cursor = z.strictObject({
  chatbotId: z.string(),
  asked: z.record(z.string(), z.string()),
  from: z.int(),
  to: z.int(),
  after: z.record(z.string(), z.string()),
});

export interface Page extends InboxRange {
  readonly after?: ListPosition;
}

/**
 * Where a page begins. Further pages keep the moment of the first, so that new activity moves nothing between them. A
 * cursor belongs to its chatbot and its question.
 *
 * @param asked everything that makes the question, as strings
 * @throws DomainError `bad_request` for a bad range, or a cursor of another list
 */
export async function pageOf(
  tokens: Pick<Tokens, "openCursor">,
  chatbotId: string,
  question: InboxQuestion & { readonly cursor?: string | undefined },
  asked: Readonly<Record<string, string>>,
  now: number,
): Promise<Page> {
  if (question.cursor === undefined) return rangeOf(question, now);
  const parsed = Cursor.safeParse(await tokens.openCursor(question.cursor));
  if (!parsed.success) throw foreignCursor();
  const cursor = parsed.data;
  if (cursor.chatbotId !== chatbotId || !isDeepStrictEqual(cursor.asked, asked)) throw foreignCursor();
  return cursor;
}

/** The cursor of the page that follows. */
export function sealNextPage(
  tokens: Pick<Tokens, "sealCursor">,
  chatbotId: string,
  asked: Readonly<Record<string, string>>,
  { from, to }: InboxRange,
  after: ListPosition,
): Promise<string> {
  const next: z.output<typeof Cursor> = { chatbotId, asked: { ...asked }, from, to, after: { ...after } };
  return tokens.sealCursor(next);
}

/** A query's parts but for where to go on, as a cursor remembers them. */
export function askedOf(query: Readonly<Record<string, string | number | undefined>>): Record<string, string> {
  const parts = Object.entries(query).filter(([name, value]) => value !== undefined && !paging.has(name));
  return Object.fromEntries(parts.map(([name, value]) => [name, String(value)]));
}

const paging = new Set(["cursor", "limit"]);
