import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addHistograms, bucketOf, countOf, quantileOf } from "../../lambdas/domain/duration-histogram.ts";

const histogramOf = (seconds: readonly number[]) => addHistograms(seconds.map((each) => ({ [bucketOf(each)]: 1 })));
const durations = fc.array(fc.double({ min: 1, max: 8_000_000, noNaN: true }), { minLength: 1, maxLength: 200 });

describe("a duration histogram", () => {
  it("tells quantiles within 5 % of the true ones", () => {
    fc.assert(
      fc.property(durations, fc.constantFrom(0.5, 0.9), (seconds, share) => {
        const sorted = [...seconds].sort((a, b) => a - b);
        const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
        const told = quantileOf(histogramOf(seconds), share) ?? Number.NaN;
        // Told seconds are rounded to a tenth.
        expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact * 0.05 + 0.05);
      }),
    );
  });

  it("says the same whether it is told at once or added up from parts", () => {
    fc.assert(
      fc.property(durations, durations, (monday, tuesday) => {
        const week = addHistograms([histogramOf(monday), histogramOf(tuesday)]);
        expect(week).toEqual(histogramOf([...monday, ...tuesday]));
        expect(countOf(week)).toBe(monday.length + tuesday.length);
      }),
    );
  });

  it("knows no quantile of nothing", () => {
    expect(quantileOf({}, 0.5)).toBeUndefined();
  });

  it("counts what clocks that differ make negative, and what is no number, as nothing", () => {
    expect([-5, 0, 0.9, Number.NaN].map(bucketOf)).toEqual([0, 0, 0, 0]);
    expect(quantileOf(histogramOf([-5]), 0.5)).toBe(0);
  });
});
