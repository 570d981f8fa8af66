import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { InboxFeed, refreshWhenDeafMs, refreshWhenLiveMs } from "../../frontend/dashboard/inbox/list/inbox-feed.ts";
import type { InboxPage } from "../../frontend/dashboard/inbox/list/inbox-list.ts";
import { defaultQuery, type InboxQuery } from "../../frontend/dashboard/inbox/list/inbox-query.ts";
import { aRow } from "./dashboard-rows.ts";

const start = Date.UTC(2026, 10, 22, 12);
const serverAhead = 90_000;

beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

function aFeed(pageOf: (query: InboxQuery, cursor?: string) => Partial<InboxPage> = () => ({})) {
  const asked: string[] = [];
  const feed = new InboxFeed(defaultQuery, {
    fetchPage: async (query, cursor) => {
      asked.push(`${query.filter}${cursor === undefined ? "" : ` after ${cursor}`}`);
      return { now: Date.now() + serverAhead, rows: [], ...pageOf(query, cursor) };
    },
    onChange: () => undefined,
  });
  return { feed, asked };
}

describe("the inbox feed", () => {
  it("reads the list and those who wait, and then again every 30 s while no pushes arrive", async () => {
    const { feed, asked } = aFeed();
    feed.start();
    await vi.advanceTimersByTimeAsync(refreshWhenDeafMs - 1);
    expect(asked).toEqual(["escalated", "unassigned"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toHaveLength(4);
    feed.stop();
  });

  it("refreshes at once when pushes arrive again, and then rarely", async () => {
    const { feed, asked } = aFeed();
    feed.start();
    feed.setLive(true);
    await vi.advanceTimersByTimeAsync(refreshWhenLiveMs - 1);
    expect(asked).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toHaveLength(6);
    feed.stop();
  });

  it("asks nothing more once it is stopped", async () => {
    const { feed, asked } = aFeed();
    feed.start();
    feed.stop();
    await vi.advanceTimersByTimeAsync(10 * refreshWhenDeafMs);
    expect(asked).toHaveLength(2);
  });

  it("counts who waits, whatever the list shows", async () => {
    const { feed } = aFeed();
    await feed.refresh();
    feed.show({ ...defaultQuery, filter: "ended" });
    feed.takeFrame({ type: "row", now: start + serverAhead + 1, row: aRow({ lastAt: start }) });
    expect(feed.unassigned).toEqual({ count: 1, more: false });
    expect(feed.list.rows).toEqual([]);
    feed.takeFrame({ type: "row", now: start + serverAhead + 2, row: aRow({ lastAt: start, status: "open", seq: 2 }) });
    expect(feed.unassigned.count).toBe(0);
  });

  it("knows the server's clock from what it hears", async () => {
    const { feed } = aFeed();
    await feed.refresh();
    expect(feed.serverNow()).toBe(start + serverAhead);
  });

  it("reads the next page once, however often it is asked to", async () => {
    const { feed, asked } = aFeed((_, cursor) => (cursor === undefined ? { cursor: "p2" } : {}));
    await feed.refresh();
    await Promise.all([feed.loadMore(), feed.loadMore()]);
    await feed.loadMore();
    expect(asked.filter((each) => each.includes("after"))).toEqual(["escalated after p2"]);
  });

  it("says that it failed when there is nothing to show, and that it may be old when there is", async () => {
    let broken = true;
    const { feed } = aFeed(() => {
      if (broken) throw new Error("no network");
      return {};
    });
    await feed.refresh();
    expect([feed.failed, feed.stale]).toEqual([true, false]);
    broken = false;
    await feed.refresh();
    expect([feed.failed, feed.stale]).toEqual([false, false]);
    broken = true;
    await feed.refresh();
    expect([feed.failed, feed.stale]).toEqual([false, true]);
  });
});
