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

  it("shows the first rows without waiting for the count of those who wait", async () => {
    const feed = new InboxFeed(defaultQuery, {
      fetchPage: (query) =>
        query.filter === "unassigned"
          ? new Promise(() => undefined)
          : Promise.resolve({ now: start, rows: [aRow({ lastAt: start })] }),
    });
    void feed.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(feed.list.rows).toHaveLength(1);
  });

  it("keeps its pages when only order or holder change", async () => {
    const { feed, asked } = aFeed(() => ({ rows: [aRow({ lastAt: start })], cursor: "p2" }));
    await feed.refresh();
    feed.show({ ...defaultQuery, sort: "oldest" });
    expect(asked).toHaveLength(2);
    expect(feed.list.rows).toHaveLength(1);
    expect(feed.list.cursor).toBe("p2");
  });

  it("reads on by itself when the end is near, and to the end when the order needs all", async () => {
    const pages = new Map([
      [undefined, "p2"],
      ["p2", "p3"],
      ["p3", undefined],
    ]);
    const { feed, asked } = aFeed((_, cursor) => {
      const next = pages.get(cursor);
      return { rows: [aRow({ conversationId: `after-${cursor}`, lastAt: start })], ...(next && { cursor: next }) };
    });
    await feed.refresh();
    feed.reach(1_000);
    expect(asked).toHaveLength(2);
    feed.reach(3);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.at(-1)).toBe("escalated after p2");
    feed.show({ ...defaultQuery, sort: "waiting" });
    feed.reach(1_000);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.at(-1)).toBe("escalated after p3");
    expect(feed.list.cursor).toBeUndefined();
  });

  it("does not ask for a failed page again until somebody wants it", async () => {
    let fails = false;
    const { feed, asked } = aFeed((_, cursor) => {
      if (fails) throw new Error("no");
      return { rows: [aRow({ lastAt: start })], ...(cursor === undefined && { cursor: "p2" }) };
    });
    await feed.refresh();
    fails = true;
    feed.reach(0);
    await vi.advanceTimersByTimeAsync(0);
    feed.reach(0);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toHaveLength(3);
    expect(feed.stale).toBe(true);
    fails = false;
    await feed.retry();
    expect(feed.stale).toBe(false);
    expect(feed.list.cursor).toBeUndefined();
  });

  it("tells an inbox that was never used from an empty selection", async () => {
    const empty = aFeed();
    await empty.feed.refresh();
    await empty.feed.lookForUse();
    expect(empty.feed.used).toBe(false);
    const used = aFeed((query) => (query.filter === "all" ? { rows: [aRow()] } : {}));
    await used.feed.refresh();
    await used.feed.lookForUse();
    expect(used.feed.used).toBe(true);
  });
});
