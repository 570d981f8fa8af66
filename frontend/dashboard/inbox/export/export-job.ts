import type { ConversationView } from "../../../../lambdas/contracts/http.ts";
import type { Entry, InboxRow } from "../../../../lambdas/contracts/protocol.ts";
import type { ExportedConversation } from "./transcript-file.ts";

/** Reads a page of a conversation; without `before` the newest. */
export type FetchTranscriptPage = (
  conversationId: string,
  before: number | undefined,
  signal: AbortSignal,
) => Promise<Pick<ConversationView, "row" | "entries" | "more">>;

/** Reads the conversations that are to be exported, page by page. */
export type FetchRows = (signal: AbortSignal) => AsyncIterable<readonly InboxRow[]>;

export interface ExportProgress {
  /** Conversations that were found so far; `done` of them have been read. */
  readonly found: number;
  readonly done: number;
  /** Whether all have been found: only then is `found` the total. */
  readonly listed: boolean;
}

/** Transcripts that are read at the same time: more would only wait for each other at the API's limit. */
const atOnce = 4;

/** A conversation with everything that was written in it. */
export async function wholeConversation(
  conversationId: string,
  fetchPage: FetchTranscriptPage,
  signal: AbortSignal,
): Promise<ExportedConversation> {
  const pages: (readonly Entry[])[] = [];
  let before: number | undefined;
  for (;;) {
    const page = await fetchPage(conversationId, before, signal);
    signal.throwIfAborted();
    pages.unshift(page.entries);
    const oldest = page.entries[0]?.seq;
    if (!page.more || oldest === undefined) return { row: page.row, entries: pages.flat() };
    before = oldest;
  }
}

/**
 * Reads the transcripts of many conversations, in the order in which they were listed.
 * @throws the signal's reason when it was cancelled, and whatever a page fails with
 */
export async function manyConversations(
  fetchRows: FetchRows,
  fetchPage: FetchTranscriptPage,
  onProgress: (progress: ExportProgress) => void,
  signal: AbortSignal,
): Promise<readonly ExportedConversation[]> {
  const ids: string[] = [];
  const known = new Set<string>();
  for await (const rows of fetchRows(signal)) {
    signal.throwIfAborted();
    for (const { conversationId } of rows) {
      if (!known.has(conversationId)) ids.push(conversationId);
      known.add(conversationId);
    }
    onProgress({ found: ids.length, done: 0, listed: false });
  }
  const read: ExportedConversation[] = [];
  let next = 0;
  let done = 0;
  onProgress({ found: ids.length, done, listed: true });
  const reader = async (): Promise<void> => {
    for (let index = next++; index < ids.length; index = next++) {
      const id = ids[index];
      if (id !== undefined) read[index] = await wholeConversation(id, fetchPage, signal);
      onProgress({ found: ids.length, done: ++done, listed: true });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, reader));
  return read;
}
