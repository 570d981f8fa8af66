import type { QueryOf, ReplyOf } from "../contracts/http.ts";
import type { Entry } from "../contracts/protocol.ts";
import { rowOf } from "../contracts/views.ts";
import type { ConversationHead } from "../domain/conversation.ts";
import { snippetOf, textMatch, wordsOf } from "../domain/text-search.ts";
import type { Tokens } from "../runtime/tokens.ts";
import type { ConversationStore, ListPosition, OpenedConversation } from "../store/conversations.ts";
import { askedOf, pageOf, sealNextPage, statusesAskedFor } from "./inbox-question.ts";

export interface SearchServices {
  readonly conversations: Pick<ConversationStore, "list" | "open">;
  readonly tokens: Pick<Tokens, "sealCursor" | "openCursor">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

type Reply = ReplyOf<"searchConversations">;
type Hit = Reply["hits"][number];

/** Conversations that are read at a time: one Query each. */
const atATime = 25;
/** Conversations that one call looks at, at most. */
const mostPerCall = 300;
/** One call stops looking after this long, so that a page sees progress. */
const longestCallMs = 3_000;
/** Hits after which one call stops looking. */
const enoughHits = 25;
/** Newest entries of a conversation that are looked at, in pages of 200. */
const entriesPerPage = 200;
const mostEntries = 1_000;

/**
 * Looks through lead, page, reference, messages and notes of conversations, newest activity first, for those in which
 * every word of the query occurs. Nothing is indexed for it: an index would cost a write for every message, and this
 * costs about a read unit for each conversation looked at, when somebody searches. Goes on with the cursor.
 *
 * @throws DomainError `bad_request` for a range that is reversed or longer than 366 days, or a cursor of another search
 */
export async function searchConversations(
  { conversations, tokens, now }: SearchServices,
  chatbotId: string,
  query: QueryOf<"searchConversations">,
): Promise<Reply> {
  const began = now();
  const asked = askedOf(query);
  const begin = await pageOf(tokens, chatbotId, query, asked, began);
  const statuses = statusesAskedFor(query);
  const words = wordsOf(query.q);
  const hits: Hit[] = [];
  let searched = 0;
  let after: ListPosition | undefined = begin.after;
  if (statuses.length === 0) return { now: began, hits, searched };
  do {
    const page = await conversations.list({
      chatbotId,
      statuses,
      from: begin.from,
      to: begin.to,
      limit: atATime,
      ...(after === undefined ? {} : { after }),
    });
    const found = await Promise.all(page.heads.map((head) => findIn(conversations, head, words)));
    hits.push(...found.filter((hit) => hit !== undefined));
    searched += page.heads.length;
    after = page.after;
  } while (after !== undefined && searched < mostPerCall && hits.length < enoughHits && now() - began < longestCallMs);
  const reply = { now: now(), hits, searched };
  if (after === undefined) return reply;
  return { ...reply, cursor: await sealNextPage(tokens, chatbotId, asked, begin, after) };
}

/** The words may be spread over the conversation; the snippet shows the newest place where one occurs. */
async function findIn(
  conversations: SearchServices["conversations"],
  head: ConversationHead,
  words: readonly string[],
): Promise<Hit | undefined> {
  const match = textMatch(words);
  let hit: Omit<Hit, "row"> | undefined;
  let before: number | undefined;
  let seen = 0;
  for (;;) {
    const page = { limit: entriesPerPage, ...(before === undefined ? {} : { before }) };
    const opened = await conversations.open(head, page);
    if (opened === undefined) return undefined;
    if (before === undefined) {
      for (const text of factsOf(opened)) if (match.add(text)) hit ??= { snippet: snippetOf(text, words) };
    }
    for (const entry of opened.entries.toReversed()) {
      const text = textOf(entry);
      if (text === undefined || !match.add(text)) continue;
      if (hit?.seq === undefined) hit = { snippet: snippetOf(text, words), seq: entry.seq };
    }
    seen += opened.entries.length;
    before = opened.entries[0]?.seq;
    if (match.complete && hit !== undefined) return { row: rowOf(head), ...hit };
    if (!opened.more || seen >= mostEntries || before === undefined) return undefined;
  }
}

function factsOf({ head, lead, facts }: OpenedConversation): readonly string[] {
  const known = [head.reference, lead.name, lead.email, lead.phone, lead.notes, facts.page, facts.ip];
  return known.filter((each) => each !== undefined);
}

function textOf(entry: Entry): string | undefined {
  if (entry.kind === "message") {
    const names = entry.attachments?.map((each) => each.name) ?? [];
    return [entry.text, ...names].join(" ");
  }
  if (entry.kind === "note") return entry.text;
  return entry.kind === "rating" ? entry.comment : undefined;
}
