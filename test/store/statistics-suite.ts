import { describe, expect, it } from "vitest";
import { countOf, quantileOf } from "../../lambdas/domain/duration-histogram.ts";
import type { StatisticsStore } from "../../lambdas/store/statistics.ts";
import { anId } from "./builders.ts";

const hour = 60 * 60 * 1000;
const nine = Date.UTC(2026, 10, 2, 9);

/** What every implementation of the statistics promises. */
export function describeStatistics(name: string, under: () => StatisticsStore): void {
  const chatbot = () =>
    `shop-${anId()
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "")}`.slice(0, 40);

  describe(`statistics in ${name}`, () => {
    it("count a fact once, in the hour in which it happened", async () => {
      const shop = chatbot();
      const fact = { factId: "a-escalated-2", at: nine + 59 * 60_000, count: "escalations" } as const;
      expect(await under().record(shop, fact)).toBe(true);
      expect(await under().record(shop, fact)).toBe(false);
      expect(await under().record(shop, { ...fact, factId: "b-escalated-2", at: nine + hour })).toBe(true);
      const hours = await under().hours(shop, nine, nine + hour);
      expect(hours.map(({ at, counts }) => [at, counts.escalations, counts.ended])).toEqual([
        [nine, 1, 0],
        [nine + hour, 1, 0],
      ]);
    });

    it("count all of many facts of one hour that come at once", async () => {
      const shop = chatbot();
      const facts = Array.from({ length: 10 }, (_, i) => ({
        factId: `c-${i}`,
        at: nine + i,
        count: "opened" as const,
      }));
      await Promise.all(facts.map((fact) => under().record(shop, { ...fact, firstResponse: 60 })));
      const [sums] = await under().hours(shop, nine, nine);
      expect(sums?.counts.opened).toBe(10);
      expect(countOf(sums?.firstResponse ?? {})).toBe(10);
      expect(quantileOf(sums?.firstResponse ?? {}, 0.5)).toBeCloseTo(60, -1);
    });

    it("replace a verdict by a later one, also by the same", async () => {
      const shop = chatbot();
      const rate = (factId: string, rating: number, replacedRating?: number) =>
        under().record(shop, { factId, at: nine, rating, ...(replacedRating === undefined ? {} : { replacedRating }) });
      await rate("d-1", 2);
      await rate("d-2", 5, 2);
      await rate("d-3", 5, 5);
      await rate("e-1", 3);
      const [sums] = await under().hours(shop, nine, nine);
      expect(sums?.ratings).toEqual([0, 0, 1, 0, 1]);
    });

    it("belong to one chatbot, and to the hours asked for", async () => {
      const [shop, other] = [chatbot(), chatbot()];
      await under().record(shop, { factId: "f", at: nine, count: "mails" });
      await under().record(other, { factId: "f", at: nine, count: "tickets" });
      await under().record(shop, { factId: "g", at: nine + 5 * hour, count: "mails" });
      const hours = await under().hours(shop, nine, nine + 4 * hour);
      expect(hours.map(({ counts }) => [counts.mails, counts.tickets])).toEqual([[1, 0]]);
      expect(await under().hours(shop, nine - hour, nine - 1)).toEqual([]);
    });
  });
}
