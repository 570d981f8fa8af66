import type { ServerFrame } from "../../../../lambdas/contracts/protocol.ts";
import { Listeners } from "../../../shared/listeners.ts";
import { InboxList, type InboxPage } from "./inbox-list.ts";
import { asksTheSame, defaultQuery, type InboxQuery, writeInboxQuery } from "./inbox-query.ts";

/** Milliseconds between refreshes of the first page while no pushes arrive. */
export const refreshWhenDeafMs = 30_000;
/**
 * Milliseconds between refreshes while pushes arrive: of a conversation that another agent is taking part in, the
 * server pushes no rows for each message.
 */
export const refreshWhenLiveMs = 120_000;
/** The API lists the newest first; any other order needs all rows. From this many on, those that are here have to do. */
export const mostForOrder = 5_000;

export interface InboxFeedOptions {
  /** Reads a page of the inbox; without a cursor the first. */
  readonly fetchPage: (query: InboxQuery, cursor?: string) => Promise<InboxPage>;
  /** The viewer's own id. */
  readonly me?: string | undefined;
}

/** Keeps the inbox up to date: pages on request, pushes as they come, and refreshes in case pushes were lost. */
export class InboxFeed {
  readonly #options: InboxFeedOptions;
  readonly #listeners = new Listeners();
  readonly #waiting: InboxList;
  #list: InboxList;
  #failed = false;
  #loadingMore = false;
  #live = false;
  #clockOffset = 0;
  #used: boolean | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(query: InboxQuery, options: InboxFeedOptions) {
    this.#list = new InboxList(query, options.me);
    this.#waiting = new InboxList({ ...defaultQuery, filter: "unassigned", sort: "waiting" });
    this.#options = options;
  }

  /** Called after every change that can be seen. Returns what ends it. */
  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  get list(): InboxList {
    return this.#list;
  }

  /** The first page could not be read and there is nothing to show instead. */
  get failed(): boolean {
    return this.#failed && !this.#list.loaded;
  }

  /** The last refresh or page failed: what is shown may be old or incomplete. */
  get stale(): boolean {
    return this.#failed && this.#list.loaded;
  }

  get loadingMore(): boolean {
    return this.#loadingMore;
  }

  /** Conversations that wait for a human, longest first; `more` when there are further ones that were not counted. */
  get unassigned(): { readonly count: number; readonly more: boolean } {
    return { count: this.#waiting.rows.length, more: this.#waiting.cursor !== undefined };
  }

  /** What is known of a conversation, in the list or among those that wait. */
  row(conversationId: string) {
    return this.#list.row(conversationId) ?? this.#waiting.row(conversationId);
  }

  /** The server's clock, milliseconds: presence leases end by it, not by this machine's. */
  serverNow(): number {
    return Date.now() + this.#clockOffset;
  }

  start(): void {
    this.#restartTimer();
    void this.refresh();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Shows another part of the inbox. The same query again changes nothing. */
  show(query: InboxQuery): void {
    const { query: before } = this.#list;
    if (writeInboxQuery(query).toString() === writeInboxQuery(before).toString()) return;
    if (asksTheSame(query, before)) {
      this.#list = this.#list.under(query);
      this.#listeners.tell();
      return;
    }
    this.#list = new InboxList(query, this.#options.me);
    this.#failed = false;
    this.#listeners.tell();
    void this.refresh();
  }

  /** Whether pushes arrive. Coming back refreshes at once: some may have been missed. */
  setLive(live: boolean): void {
    if (live === this.#live) return;
    this.#live = live;
    this.#restartTimer();
    if (live) void this.refresh();
  }

  /** Reads the first page again, of the list and of those who wait. */
  async refresh(): Promise<void> {
    const asked = this.#list.query;
    const { fetchPage } = this.#options;
    const shown = fetchPage(asked).then(
      (page) => {
        // Another order of the same pages may have taken its place meanwhile.
        if (asksTheSame(asked, this.#list.query)) this.#take(page);
      },
      () => {
        if (asksTheSame(asked, this.#list.query)) this.#fail();
      },
    );
    const waiting = fetchPage(this.#waiting.query).then(
      (page) => {
        this.#waiting.takeFirstPage(this.#heard(page));
        this.#listeners.tell();
      },
      () => undefined,
    );
    await Promise.all([shown, waiting]);
  }

  /** Reads on where the list stops. A failure leaves it to `retry`. */
  async loadMore(): Promise<void> {
    const { cursor, query } = this.#list;
    if (cursor === undefined || this.#loadingMore) return;
    this.#loadingMore = true;
    this.#listeners.tell();
    try {
      const page = this.#heard(await this.#options.fetchPage(query, cursor));
      this.#list.takeNextPage(cursor, page);
      this.#failed = false;
    } catch {
      this.#failed = true;
    } finally {
      this.#loadingMore = false;
      this.#listeners.tell();
    }
  }

  /**
   * Reads on when the last rows are near, or when the order needs all of them.
   * @param rowsLeft rows behind the last one that can be seen
   */
  reach(rowsLeft: number): void {
    const { cursor, query, known } = this.#list;
    if (cursor === undefined || this.#loadingMore || this.#failed) return;
    const needsAll = query.sort !== "newest" && known < mostForOrder;
    if (needsAll || rowsLeft < rowsAhead) void this.loadMore();
  }

  /** After a failure. */
  async retry(): Promise<void> {
    this.#failed = false;
    this.#listeners.tell();
    await (this.#list.loaded && this.#list.cursor !== undefined ? this.loadMore() : this.refresh());
  }

  /** Whether anybody has ever written, as far as is known: an inbox that was never used needs other words than an empty one. */
  get used(): boolean | undefined {
    return this.#list.known > 0 ? true : this.#used;
  }

  /** Finds out whether anybody has ever written. */
  async lookForUse(): Promise<void> {
    if (this.used !== undefined) return;
    const everything: InboxQuery = { ...defaultQuery, filter: "all", range: { preset: "90d" } };
    const page = await this.#options.fetchPage(everything).catch(() => undefined);
    if (page === undefined) return;
    this.#used = page.rows.length > 0;
    this.#listeners.tell();
  }

  /** Takes whatever came through the socket; frames that say nothing of a conversation's standing are passed over. */
  takeFrame(frame: ServerFrame): void {
    switch (frame.type) {
      case "row":
        this.#used = true;
        this.#heard(frame);
        for (const list of [this.#list, this.#waiting]) list.takeRow(frame.row, frame.now);
        break;
      case "state":
      case "entries":
        this.#used = true;
        this.#heard(frame);
        for (const list of [this.#list, this.#waiting]) list.takeState(frame.state, frame.entries, frame.now);
        break;
      case "sent":
        this.#heard(frame);
        for (const list of [this.#list, this.#waiting]) list.takeState(frame.state, [frame.entry], frame.now);
        break;
      default:
        return;
    }
    this.#listeners.tell();
  }

  #take(page: InboxPage): void {
    this.#list.takeFirstPage(this.#heard(page));
    this.#failed = false;
    this.#listeners.tell();
  }

  #fail(): void {
    this.#failed = true;
    this.#listeners.tell();
  }

  #heard<T extends { readonly now: number }>(told: T): T {
    this.#clockOffset = told.now - Date.now();
    return told;
  }

  #restartTimer(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => void this.refresh(), this.#live ? refreshWhenLiveMs : refreshWhenDeafMs);
  }
}

/** Rows that should be there before somebody scrolls to them: a page's worth. */
const rowsAhead = 40;
