import type { ServerFrame } from "../../../lambdas/contracts/protocol.ts";
import { InboxList, type InboxPage } from "./inbox-list.ts";
import { defaultQuery, type InboxQuery, writeInboxQuery } from "./inbox-query.ts";

/** Milliseconds between refreshes of the first page while no pushes arrive. */
export const refreshWhenDeafMs = 30_000;
/**
 * Milliseconds between refreshes while pushes arrive: of a conversation that another agent is taking part in, the
 * server pushes no rows for each message.
 */
export const refreshWhenLiveMs = 120_000;

export interface InboxFeedOptions {
  /** Reads a page of the inbox; without a cursor the first. */
  readonly fetchPage: (query: InboxQuery, cursor?: string) => Promise<InboxPage>;
  /** Called after every change that can be seen. */
  readonly onChange: () => void;
}

/** Keeps the inbox up to date: pages on request, pushes as they come, and refreshes in case pushes were lost. */
export class InboxFeed {
  readonly #options: InboxFeedOptions;
  readonly #waiting = new InboxList({ ...defaultQuery, filter: "unassigned" });
  #list: InboxList;
  #failed = false;
  #loadingMore = false;
  #live = false;
  #clockOffset = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(query: InboxQuery, options: InboxFeedOptions) {
    this.#list = new InboxList(query);
    this.#options = options;
  }

  get list(): InboxList {
    return this.#list;
  }

  /** The first page could not be read and there is nothing to show instead. */
  get failed(): boolean {
    return this.#failed && !this.#list.loaded;
  }

  /** The last refresh failed: what is shown may be old. */
  get stale(): boolean {
    return this.#failed && this.#list.loaded;
  }

  get loadingMore(): boolean {
    return this.#loadingMore;
  }

  /** Conversations that wait for a human; `more` when there are further ones that were not counted. */
  get unassigned(): { readonly count: number; readonly more: boolean } {
    return { count: this.#waiting.rows.length, more: this.#waiting.cursor !== undefined };
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
    if (!isOther(query, this.#list.query)) return;
    this.#list = new InboxList(query);
    this.#failed = false;
    this.#options.onChange();
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
    const list = this.#list;
    const [shown, waiting] = await Promise.allSettled([
      this.#options.fetchPage(list.query),
      this.#options.fetchPage(this.#waiting.query),
    ]);
    if (waiting.status === "fulfilled") this.#waiting.takeFirstPage(this.#heard(waiting.value));
    if (shown.status === "fulfilled") list.takeFirstPage(this.#heard(shown.value));
    if (list === this.#list) this.#failed = shown.status === "rejected";
    this.#options.onChange();
  }

  /** Reads on where the list stops. A failure leaves the button for another try. */
  async loadMore(): Promise<void> {
    const list = this.#list;
    const cursor = list.cursor;
    if (cursor === undefined || this.#loadingMore) return;
    this.#loadingMore = true;
    this.#options.onChange();
    try {
      list.takeNextPage(cursor, this.#heard(await this.#options.fetchPage(list.query, cursor)));
    } catch {
      this.#failed = true;
    } finally {
      this.#loadingMore = false;
      this.#options.onChange();
    }
  }

  /** Takes whatever came through the socket; frames that say nothing of a conversation's standing are passed over. */
  takeFrame(frame: ServerFrame): void {
    switch (frame.type) {
      case "row":
        this.#heard(frame);
        for (const list of [this.#list, this.#waiting]) list.takeRow(frame.row, frame.now);
        break;
      case "state":
      case "entries":
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
    this.#options.onChange();
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

function isOther(one: InboxQuery, other: InboxQuery): boolean {
  return writeInboxQuery(one).toString() !== writeInboxQuery(other).toString();
}
