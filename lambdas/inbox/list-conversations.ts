import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { inboxFilters, QueryOf, ReplyOf } from "../contracts/http.ts";
import { limits } from "../contracts/limits.ts";
import { rowOf } from "../contracts/views.ts";
import { DomainError } from "../domain/errors.ts";
import { type Status, statuses } from "../domain/status.ts";
import { foreignCursor, type Tokens } from "../runtime/tokens.ts";
import type { ConversationStore } from "../store/conversations.ts";

export interface InboxServices {
  readonly conversations: Pick<ConversationStore, "list">;
  readonly tokens: Pick<Tokens, "sealCursor" | "openCursor">;
  readonly now: () => number;
}

const dayMs = 24 * 60 * 60 * 1000;
const defaultDays = 30;

const statusesOf: Readonly<Record<(typeof inboxFilters)[number], readonly Status[]>> = {
  all: statuses,
  escalated: statuses.filter((status) => status !== "unrequested"),
  unassigned: ["unassigned"],
  inProgress: ["open"],
  ended: ["ended"],
};

/** What a cursor remembers: whose list it is, what was asked, and where it stopped. */
const Cursor = z.strictObject({
  chatbotId: z.string(),
  asked: z.record(z.string(), z.string()),
  from: z.int(),
  to: z.int(),
  after: z.record(z.string(), z.string()),
});

/**
 * A page of the inbox, newest activity first. Further pages keep the moment of the first, so that new activity moves
 * nothing between them. A cursor belongs to its chatbot and its question.
 *
 * @throws DomainError `bad_request` for a range that is reversed or longer than 366 days, or a cursor of another list
 */
export async function listConversations(
  { conversations, tokens, now }: InboxServices,
  chatbotId: string,
  query: QueryOf<"listConversations">,
): Promise<ReplyOf<"listConversations">> {
  const asked = questionOf(query);
  const cursor = query.cursor === undefined ? undefined : await readCursor(tokens, query.cursor, chatbotId, asked);
  const { from, to } = cursor ?? rangeOf(query, now());
  const wanted = statusesOf[query.filter].filter((status) => query.ongoing === "false" || status !== "ended");
  if (wanted.length === 0) return { now: now(), rows: [] };
  const page = await conversations.list({
    chatbotId,
    statuses: wanted,
    from,
    to,
    limit: query.limit,
    ...(cursor === undefined ? {} : { after: cursor.after }),
  });
  const rows = page.heads.map(rowOf);
  if (page.after === undefined) return { now: now(), rows };
  const next: z.output<typeof Cursor> = { chatbotId, asked, from, to, after: { ...page.after } };
  return { now: now(), rows, cursor: await tokens.sealCursor(next) };
}

function questionOf({ filter, ongoing, from, to }: QueryOf<"listConversations">): Record<string, string> {
  return {
    filter,
    ongoing,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

async function readCursor(
  tokens: InboxServices["tokens"],
  sealed: string,
  chatbotId: string,
  asked: Record<string, string>,
): Promise<z.output<typeof Cursor>> {
  const parsed = Cursor.safeParse(await tokens.openCursor(sealed));
  if (!parsed.success) throw foreignCursor();
  const cursor = parsed.data;
  if (cursor.chatbotId !== chatbotId || !isDeepStrictEqual(cursor.asked, asked)) throw foreignCursor();
  return cursor;
}

function rangeOf(query: QueryOf<"listConversations">, now: number): { readonly from: number; readonly to: number } {
  const to = query.to === undefined ? now : Date.parse(query.to);
  const from = query.from === undefined ? to - defaultDays * dayMs : Date.parse(query.from);
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
