import type { ReplyOf } from "../../../../lambdas/contracts/http.ts";
import type { ConversationState, Entry, InboxRow } from "../../../../lambdas/contracts/protocol.ts";
import { belongs, type InboxQuery } from "./inbox-query.ts";
import { OrderedRows } from "./row-order.ts";

export type InboxPage = ReplyOf<"listConversations">;

interface KnownRow {
  readonly row: InboxRow;
  /** Server time of the reply or push that told us. */
  readonly asOf: number;
  /** False: it does not match the query any more, and an older page must not bring it back. */
  readonly listed: boolean;
}

/** Characters of a message that a row shows; the server cuts there too. */
const previewLength = 120;

/**
 * The rows of the inbox under one query. Pages and pushes arrive in any order: for each conversation the newest
 * account wins, by sequence number and then by the server's clock. Rows that stop matching the query leave.
 */
export class InboxList {
  readonly query: InboxQuery;
  readonly #me: string | undefined;
  readonly #known = new Map<string, KnownRow>();
  readonly #ordered: OrderedRows;
  #cursor: string | undefined;
  #loaded = false;
  #version = 0;

  /** @param me the viewer's own id, for "assigned to me" */
  constructor(query: InboxQuery, me?: string) {
    this.query = query;
    this.#me = me;
    this.#ordered = new OrderedRows(query.sort);
  }

  /** In the query's order. Changes in place; see `version`. */
  get rows(): readonly InboxRow[] {
    return this.#ordered.rows;
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** Where the next page begins; `undefined` when everything is here. */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** False until the first page is in. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** How many rows have been read, listed or not. */
  get known(): number {
    return this.#known.size;
  }

  /** What is known of a conversation, listed or not. */
  row(conversationId: string): InboxRow | undefined {
    return this.#known.get(conversationId)?.row;
  }

  /** Whether a conversation is among the rows. */
  lists(conversationId: string): boolean {
    return this.#known.get(conversationId)?.listed === true;
  }

  /** The same pages under a query that asks the API for the same. */
  under(query: InboxQuery): InboxList {
    const list = new InboxList(query, this.#me);
    for (const { row, asOf } of this.#known.values()) list.#merge(row, asOf);
    list.#cursor = this.#cursor;
    list.#loaded = this.#loaded;
    return list;
  }

  /**
   * Takes the first page, at the beginning or as a refresh. A row within its span that it does not mention has gone,
   * unless we heard of it later. Further pages and the place to go on from stay.
   */
  takeFirstPage(page: InboxPage): void {
    const mentioned = new Set(page.rows.map((row) => row.conversationId));
    const oldest = page.cursor === undefined ? 0 : (page.rows.at(-1)?.lastAt ?? 0);
    for (const [conversationId, known] of this.#known) {
      const { row, asOf } = known;
      if (!mentioned.has(conversationId) && row.lastAt >= oldest && asOf <= page.now) {
        this.#put(known, { row, asOf, listed: false });
      }
    }
    if (!this.#loaded || page.cursor === undefined) this.#cursor = page.cursor;
    this.#loaded = true;
    this.#take(page);
  }

  /** Takes a page that was asked for with `cursor`. A page of another cursor is too late and is dropped. */
  takeNextPage(cursor: string, page: InboxPage): void {
    if (cursor !== this.#cursor) return;
    this.#cursor = page.cursor;
    this.#take(page);
  }

  /** Takes a push. */
  takeRow(row: InboxRow, now: number): void {
    this.#merge(row, now);
  }

  /** Takes a conversation's new state and entries; an unknown one is left to the next refresh. */
  takeState(state: ConversationState, entries: readonly Entry[], now: number): void {
    const known = this.row(state.conversationId);
    if (known === undefined) return;
    const message = entries.findLast((entry) => entry.kind === "message");
    const last =
      message === undefined ? known.last : { by: message.author.role, preview: message.text.slice(0, previewLength) };
    this.takeRow({ ...known, ...state, ...(last === undefined ? {} : { last }) }, now);
  }

  #take(page: InboxPage): void {
    this.#version++;
    for (const row of page.rows) this.#merge(row, page.now);
  }

  #merge(row: InboxRow, asOf: number): void {
    const known = this.#known.get(row.conversationId);
    if (known !== undefined && isOlder(row, asOf, known)) return;
    this.#put(known, { row, asOf, listed: belongs(row, this.query, asOf, this.#me) });
  }

  #put(before: KnownRow | undefined, after: KnownRow): void {
    if (before?.listed === true) this.#ordered.remove(before.row);
    this.#known.set(after.row.conversationId, after);
    if (after.listed) this.#ordered.add(after.row);
    this.#version++;
  }
}

function isOlder(row: InboxRow, asOf: number, known: KnownRow): boolean {
  return row.seq === known.row.seq ? asOf < known.asOf : row.seq < known.row.seq;
}
