import { describe, expect, test } from "vitest";
import { countSent } from "../../lambdas/analytics/count-sent.ts";
import { createExpectedWait } from "../../lambdas/analytics/expected-wait.ts";
import { readAnalytics } from "../../lambdas/analytics/read-analytics.ts";
import { recordStatistics } from "../../lambdas/analytics/record-statistics.ts";
import type { LifecycleEvent } from "../../lambdas/contracts/events.ts";
import { operations } from "../../lambdas/contracts/http.ts";
import { createMemoryStatistics } from "../../lambdas/store/memory/statistics.ts";
import { createMemoryStores } from "../../lambdas/store/memory/stores.ts";
import { fakeLog, refusalCode, start } from "./chat-world.ts";

const second = 1_000;
const hour = 3_600 * second;

function aWorld() {
  const statistics = createMemoryStatistics();
  let events = 0;
  const happens = async (
    type: LifecycleEvent["type"],
    at: number,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<LifecycleEvent> => {
    const base = { eventId: `event-${++events}`, chatbotId: "shop", conversationId: "conversation-1", at, seq: 1 };
    const event = { type, detail: { ...base, epoch: 1, ...more } } as unknown as LifecycleEvent;
    await recordStatistics({ statistics }, event);
    return event;
  };
  const read = (query: Readonly<Record<string, string>>) =>
    readAnalytics({ statistics }, "shop", operations.readAnalytics.query.parse(query));
  return { statistics, happens, read };
}

describe("analytics", () => {
  test("count conversations, escalations, answers, ends and verdicts of each day", async () => {
    const { happens, read } = aWorld();
    await happens("message.asked.v1", start);
    await happens("message.asked.v1", start + second, { seq: 3 });
    await happens("conversation.escalated.v1", start + 10 * second, { reference: "7KQ4-M2TX" });
    await happens("conversation.opened.v1", start + 70 * second, {
      from: "unassigned",
      escalatedAt: start + 10 * second,
    });
    await happens("conversation.ended.v1", start + 610 * second, {
      by: "agent",
      startedAt: start,
      escalatedAt: start + 10 * second,
    });
    await happens("conversation.rated.v1", start + 620 * second, { score: 4 });
    const { total, days, escalationsByHour } = await read({ from: "2026-11-01", to: "2026-11-03" });
    expect(total).toMatchObject({ conversations: 1, escalations: 1, opened: 1, ended: 1, ratings: [0, 0, 0, 1, 0] });
    expect(total.firstResponse).toEqual({ count: 1, median: expect.closeTo(60, -1), p90: expect.closeTo(60, -1) });
    expect(Math.abs((total.resolution.median ?? 0) - 600)).toBeLessThan(30);
    expect(days.map(({ day, conversations }) => [day, conversations])).toEqual([
      ["2026-11-01", 0],
      ["2026-11-02", 1],
      ["2026-11-03", 0],
    ]);
    // A Monday, nine o'clock.
    expect(escalationsByHour[0]?.[9]).toBe(1);
    expect(escalationsByHour.flat().reduce((sum, each) => sum + each, 0)).toBe(1);
  });

  test("count an event once although it comes three times", async () => {
    const { happens, read, statistics } = aWorld();
    const event = await happens("conversation.escalated.v1", start, { reference: "7KQ4-M2TX" });
    await recordStatistics({ statistics }, event);
    await recordStatistics({ statistics }, event);
    expect((await read({ from: "2026-11-02", to: "2026-11-02" })).total.escalations).toBe(1);
  });

  test("an agent who speaks first answers nobody's call: no first response time", async () => {
    const { happens, read } = aWorld();
    await happens("conversation.opened.v1", start, { from: "unrequested" });
    const { total } = await read({ from: "2026-11-02", to: "2026-11-02" });
    expect(total.opened).toBe(1);
    expect(total.firstResponse).toEqual({ count: 0 });
  });

  test.each([
    ["Pacific/Auckland", "2026-11-02", 22],
    ["America/Los_Angeles", "2026-11-02", 1],
    ["Asia/Kolkata", "2026-11-02", 14],
    ["Pacific/Kiritimati", "2026-11-02", 23],
  ])("are by the wall clock of %s", async (timeZone, day, hourOfDay) => {
    const { happens, read } = aWorld();
    await happens("conversation.escalated.v1", start, { reference: "7KQ4-M2TX" });
    const { days, escalationsByHour } = await read({ from: "2026-11-01", to: "2026-11-03", timeZone });
    expect(days.find(({ escalations }) => escalations === 1)?.day).toBe(day);
    expect(escalationsByHour[0]?.[hourOfDay]).toBe(1);
  });

  test("keep the hours of the day on which clocks change apart from other days", async () => {
    const { happens, read } = aWorld();
    // 2026-10-25 has 25 hours in Berlin: its last one is 22:00 UTC.
    await happens("conversation.escalated.v1", Date.UTC(2026, 9, 24, 22), { reference: "7KQ4-M2TX" });
    await happens("conversation.escalated.v1", Date.UTC(2026, 9, 25, 22), { reference: "7KQ4-M2TX" });
    await happens("conversation.escalated.v1", Date.UTC(2026, 9, 25, 23), { reference: "7KQ4-M2TX" });
    const { days } = await read({ from: "2026-10-25", to: "2026-10-26", timeZone: "Europe/Berlin" });
    expect(days.map(({ escalations }) => escalations)).toEqual([2, 1]);
  });

  test("refuse a range that is reversed or longer than a year, and a time zone that nobody knows", async () => {
    const { read } = aWorld();
    expect(await refusalCode(read({ from: "2026-11-03", to: "2026-11-02" }))).toBe("bad_request");
    expect(await refusalCode(read({ from: "2025-11-01", to: "2026-11-02" }))).toBe("bad_request");
    expect(
      operations.readAnalytics.query.safeParse({ from: "2026-11-01", to: "2026-11-02", timeZone: "Mars" }).success,
    ).toBe(false);
  });
});

describe("the expected wait", () => {
  test("is the median of the last week's answers, and unknown while there are fewer than five", async () => {
    const { statistics, happens } = aWorld();
    const clock = { now: start };
    const wait = createExpectedWait(statistics, () => clock.now);
    const answerAfter = (seconds: number, at = start) =>
      happens("conversation.opened.v1", at, { from: "unassigned", escalatedAt: at - seconds * second });
    for (const seconds of [30, 60, 120, 90]) await answerAfter(seconds);
    expect(await wait("shop")).toBeUndefined();
    await answerAfter(3_000, start - 8 * 24 * hour);
    clock.now += 6 * 60 * second;
    expect(await wait("shop")).toBeUndefined();
    await answerAfter(300);
    clock.now += 6 * 60 * second;
    expect(Math.abs(((await wait("shop")) ?? 0) - 90)).toBeLessThan(5);
  });

  test("is read at most once in five minutes, and again at once after a failure", async () => {
    let reads = 0;
    const clock = { now: start };
    const statistics = {
      async hours() {
        reads++;
        if (reads === 1) throw new Error("no table");
        return [];
      },
    };
    const wait = createExpectedWait(statistics, () => clock.now);
    await expect(wait("shop")).rejects.toThrow("no table");
    await wait("shop");
    await wait("shop");
    expect(reads).toBe(2);
    clock.now += 6 * 60 * second;
    await wait("shop");
    expect(reads).toBe(3);
  });
});

describe("what was sent", () => {
  test("is counted once when the ledger says so, and a count that fails fails no notification", async () => {
    const { statistics, read } = aWorld();
    const stores = createMemoryStores();
    const log = fakeLog();
    const ref = { chatbotId: "shop", conversationId: "conversation-1" };
    await stores.conversations.start({ ...ref, visitorId: "visitor-1", at: start, facts: {} });
    const claim = { channel: "email", reason: "escalated", recipient: "a@example.com", state: "sending" } as const;
    const ledger = countSent(stores.conversations, { statistics, log }, "mails", (id) => id.startsWith("escalated"));
    for (const notificationId of ["escalated-2:email", "lead-2:email"]) {
      await ledger.claim(ref, { ...claim, notificationId, at: start, claimedAt: start });
      await ledger.settle(ref, notificationId, { state: "failed", at: start });
      await ledger.settle(ref, notificationId, { state: "sent", at: start });
      await ledger.settle(ref, notificationId, { state: "sent", at: start });
    }
    expect((await read({ from: "2026-11-02", to: "2026-11-02" })).total.mails).toBe(1);

    const broken = {
      async record(): Promise<boolean> {
        throw new Error("no table");
      },
    };
    const uncounted = countSent(stores.conversations, { statistics: broken, log }, "mails");
    await uncounted.claim(ref, { ...claim, notificationId: "escalated-3:email", at: start, claimedAt: start });
    await uncounted.settle(ref, "escalated-3:email", { state: "sent", at: start });
    expect((await stores.conversations.notification(ref, "escalated-3:email"))?.state).toBe("sent");
    expect(log.lines.map(({ code }) => code)).toEqual(["not_counted"]);
  });
});
