import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InboxList } from "../../frontend/dashboard/inbox/list/inbox-list.ts";
import { defaultQuery } from "../../frontend/dashboard/inbox/list/inbox-query.ts";
import type { InboxRow } from "../../lambdas/contracts/protocol.ts";
import { aRow } from "./dashboard-rows.ts";

const start = new Date(2026, 10, 22, 12).getTime();
const row = (conversationId: string, at: number, more: Partial<InboxRow> = {}) =>
  aRow({ conversationId, lastAt: start + at, ...more });
const page = (rows: InboxRow[], { now = 0, cursor }: { now?: number; cursor?: string } = {}) => ({
  now: start + now,
  rows,
  ...(cursor === undefined ? {} : { cursor }),
});
const shownIn = (list: InboxList) => list.rows.map(({ conversationId }) => conversationId);

describe("the inbox list", () => {
  it("shows the newest activity first, over all pages", () => {
    const list = new InboxList(defaultQuery);
    list.takeFirstPage(page([row("c", 30), row("b", 20)], { cursor: "p2" }));
    list.takeNextPage("p2", page([row("a", 10)]));
    expect(shownIn(list)).toEqual(["c", "b", "a"]);
    expect(list.cursor).toBeUndefined();
  });

  it("drops a page whose cursor is not the one it waits for", () => {
    const list = new InboxList(defaultQuery);
    list.takeFirstPage(page([row("c", 30)], { cursor: "p2" }));
    list.takeNextPage("p1", page([row("a", 10)], { cursor: "p9" }));
    expect(shownIn(list)).toEqual(["c"]);
    expect(list.cursor).toBe("p2");
  });

  it("moves a row up when something happens in it", () => {
    const list = new InboxList(defaultQuery);
    list.takeFirstPage(page([row("b", 20), row("a", 10)]));
    list.takeRow(row("a", 40, { seq: 2 }), start + 40);
    expect(shownIn(list)).toEqual(["a", "b"]);
  });

  it("lets a row go that no longer matches, and an older page does not bring it back", () => {
    const list = new InboxList({ ...defaultQuery, filter: "unassigned" });
    list.takeFirstPage(page([row("a", 10)]));
    list.takeRow(row("a", 20, { status: "open", seq: 2 }), start + 20);
    expect(shownIn(list)).toEqual([]);
    list.takeFirstPage(page([row("a", 10)], { now: 15 }));
    expect(shownIn(list)).toEqual([]);
  });

  it("keeps the newer of two accounts with the same number by the server's clock", () => {
    const list = new InboxList(defaultQuery);
    list.takeRow(row("a", 10, { unread: { visitor: 0, agent: 0 } }), start + 20);
    list.takeRow(row("a", 10, { unread: { visitor: 0, agent: 3 } }), start + 10);
    expect(list.row("a")?.unread.agent).toBe(0);
  });

  it("lets a refresh remove what has gone from its span, and keeps what it does not cover", () => {
    const list = new InboxList(defaultQuery);
    list.takeFirstPage(page([row("d", 40), row("c", 30)], { cursor: "p2" }));
    list.takeNextPage("p2", page([row("b", 20)], { cursor: "p3" }));
    list.takeFirstPage(page([row("d", 40), row("e", 25)], { now: 100, cursor: "p2 again" }));
    expect(shownIn(list)).toEqual(["d", "e", "b"]);
    expect(list.cursor).toBe("p3");
  });

  it("keeps a row that was pushed after the refresh was read", () => {
    const list = new InboxList(defaultQuery);
    list.takeFirstPage(page([]));
    list.takeRow(row("new", 50), start + 50);
    list.takeFirstPage(page([], { now: 49 }));
    expect(shownIn(list)).toEqual(["new"]);
  });

  it("takes state and preview from the frames of an open conversation", () => {
    const list = new InboxList(defaultQuery);
    list.takeFirstPage(page([row("a", 10, { displayName: "Ada", country: "DE" })]));
    list.takeState(
      row("a", 20, { seq: 2, status: "open" }),
      [{ kind: "message", seq: 2, id: "m-2", at: start + 20, author: { role: "agent" }, text: "x".repeat(200) }],
      start + 20,
    );
    expect(list.row("a")).toMatchObject({
      displayName: "Ada",
      country: "DE",
      status: "open",
      last: { by: "agent", preview: "x".repeat(120) },
    });
  });

  it("ends with the same rows in whatever order the same accounts arrive", () => {
    const account = fc.record({
      id: fc.constantFrom("a", "b", "c"),
      seq: fc.integer({ min: 1, max: 4 }),
      status: fc.constantFrom("unassigned" as const, "open" as const, "ended" as const, "unrequested" as const),
    });
    fc.assert(
      fc.property(fc.uniqueArray(account, { selector: ({ id, seq }) => `${id}${seq}` }), (accounts) => {
        const inOrder = (order: typeof accounts) => {
          const list = new InboxList(defaultQuery);
          for (const { id, seq, status } of order) list.takeRow(row(id, seq, { seq, status }), start + seq);
          return list.rows;
        };
        expect(inOrder([...accounts].reverse())).toEqual(inOrder(accounts));
      }),
    );
  });
});
