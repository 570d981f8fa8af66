import { describe, expect, it } from "vitest";
import { aimingMs, PointerHold } from "../../frontend/dashboard/inbox/list/pointer-hold.ts";
import { SteadyOrder } from "../../frontend/dashboard/inbox/list/steady-order.ts";
import { aRow } from "./dashboard-rows.ts";

const rows = (ids: string) => [...ids].map((conversationId) => aRow({ conversationId }));
const shownBy = (order: SteadyOrder) => order.shown.join("");
const hold = (order: SteadyOrder, ids: string) => order.hold(rows(ids), (id) => ids.includes(id));

describe("rows that stay where they are", () => {
  it("follow the list while nobody needs them to stay", () => {
    const order = new SteadyOrder();
    order.follow(rows("abc"));
    order.follow(rows("cab"));
    expect(shownBy(order)).toBe("cab");
    expect(order.waiting).toBe(0);
  });

  it("count what would have come above, and let it in afterwards", () => {
    const order = new SteadyOrder();
    order.follow(rows("abc"));
    hold(order, "xcab");
    expect(shownBy(order)).toBe("abc");
    expect(order.waiting).toBe(2);
    order.follow(rows("xcab"));
    expect(shownBy(order)).toBe("xcab");
    expect([...order.arrived]).toEqual(["x"]);
    expect(order.waiting).toBe(0);
  });

  it("take further pages at the end all the same", () => {
    const order = new SteadyOrder();
    order.follow(rows("abc"));
    hold(order, "abcde");
    expect(shownBy(order)).toBe("abcde");
    hold(order, "xabcdefg");
    expect(shownBy(order)).toBe("abcdefg");
    expect(order.waiting).toBe(1);
  });

  it("keep the place of one that has left", () => {
    const order = new SteadyOrder();
    order.follow(rows("abc"));
    hold(order, "bc");
    expect(shownBy(order)).toBe("abc");
    expect(order.waiting).toBe(0);
    order.follow(rows("bc"));
    expect(shownBy(order)).toBe("bc");
  });

  it("do not call a first page news", () => {
    const order = new SteadyOrder();
    order.follow([]);
    order.follow(rows("abc"));
    expect([...order.arrived]).toEqual([]);
  });

  it("keep the same array until something moves", () => {
    const order = new SteadyOrder();
    order.follow(rows("abc"));
    const before = order.shown;
    order.follow(rows("abc"));
    hold(order, "abc");
    expect(order.shown).toBe(before);
  });
});

describe("the pointer", () => {
  it("holds while it moves and a moment longer, and not when it rests or has left", () => {
    let now = 0;
    const pointer = new PointerHold(() => now);
    expect(pointer.holds).toBe(false);
    pointer.moved();
    now = aimingMs - 1;
    expect(pointer.holds).toBe(true);
    expect(pointer.holdsFor).toBe(1);
    now = aimingMs;
    expect(pointer.holds).toBe(false);
    pointer.moved();
    pointer.left();
    expect(pointer.holds).toBe(false);
  });

  it("holds as long as it is pressed, and as long as somebody reads further down", () => {
    let now = 0;
    const pointer = new PointerHold(() => now);
    pointer.pressed();
    now = 60_000;
    expect(pointer.holds).toBe(true);
    pointer.left();
    pointer.scrolled(300);
    expect(pointer.holds).toBe(true);
    pointer.scrolled(0);
    expect(pointer.holds).toBe(false);
  });
});
