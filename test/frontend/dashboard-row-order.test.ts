import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sortOrders } from "../../frontend/dashboard/inbox/list/inbox-query.ts";
import { OrderedRows, waitingSince } from "../../frontend/dashboard/inbox/list/row-order.ts";
import type { InboxRow } from "../../lambdas/contracts/protocol.ts";
import { aRow } from "./dashboard-rows.ts";

const idsOf = (rows: OrderedRows) => rows.rows.map(({ conversationId }) => conversationId);
const ordered = (order: (typeof sortOrders)[number], ...rows: InboxRow[]) => {
  const all = new OrderedRows(order);
  for (const row of rows) all.add(row);
  return idsOf(all);
};

describe("the order of rows", () => {
  it("is that of the newest or of the oldest activity", () => {
    const rows = [aRow({ conversationId: "a", lastAt: 1 }), aRow({ conversationId: "b", lastAt: 2 })];
    expect(ordered("newest", ...rows)).toEqual(["b", "a"]);
    expect(ordered("oldest", ...rows)).toEqual(["a", "b"]);
  });

  it("puts those first who have waited longest, and after them the rest", () => {
    expect(
      ordered(
        "waiting",
        aRow({ conversationId: "answered", status: "open", lastAt: 9, last: { by: "agent", preview: "" } }),
        aRow({ conversationId: "asked at 5", status: "open", lastAt: 5, last: { by: "visitor", preview: "" } }),
        aRow({ conversationId: "began at 2", status: "unassigned", startedAt: 2, lastAt: 8 }),
        aRow({ conversationId: "ended", status: "ended", lastAt: 3 }),
      ),
    ).toEqual(["began at 2", "asked at 5", "answered", "ended"]);
  });

  it("does not put somebody back who writes again while nobody has answered", () => {
    const row = aRow({ status: "unassigned", startedAt: 2, lastAt: 3 });
    expect(waitingSince({ ...row, lastAt: 90 })).toBe(waitingSince(row));
  });

  it("is the same whatever comes, changes and goes in between", async () => {
    const row = fc.record({ conversationId: fc.constantFrom(..."abcdefgh"), lastAt: fc.nat(5), startedAt: fc.nat(5) });
    const change = fc.tuple(row, fc.boolean());
    await fc.assert(
      fc.property(fc.constantFrom(...sortOrders), fc.array(change, { maxLength: 40 }), (order, changes) => {
        const all = new OrderedRows(order);
        const known = new Map<string, InboxRow>();
        for (const [fields, stays] of changes) {
          const before = known.get(fields.conversationId);
          if (before !== undefined) all.remove(before);
          known.delete(fields.conversationId);
          if (!stays) continue;
          const next = aRow(fields);
          known.set(next.conversationId, next);
          all.add(next);
        }
        expect(idsOf(all)).toEqual(ordered(order, ...known.values()));
        expect(new Set(all.rows)).toEqual(new Set(known.values()));
      }),
    );
  });
});
