import fc from "fast-check";
import { expect, test } from "vitest";
import { type KeyRange, OrderedMap } from "../../local/cloud/dynamodb/ordered-map.ts";

const aKey = fc.string({ unit: fc.constantFrom("a", "b", "c", "d"), minLength: 1, maxLength: 7 });

const aRange = fc.record(
  { gt: aKey, gte: aKey, lt: aKey, lte: aKey, reverse: fc.boolean() },
  { requiredKeys: [] },
) as fc.Arbitrary<KeyRange>;

test("An ordered map walks any range like a sorted list would, after any sequence of changes.", () => {
  const changes = fc.array(fc.record({ key: aKey, remove: fc.boolean() }), { maxLength: 3000, size: "max" });
  const property = fc.property(changes, fc.array(aRange, { minLength: 5 }), (steps, ranges) => {
    const map = new OrderedMap<number>();
    const model = new Map<string, number>();
    steps.forEach(({ key, remove }, at) => {
      if (remove) expect(map.delete(key)).toBe(model.delete(key));
      else {
        map.set(key, at);
        model.set(key, at);
      }
    });
    expect(map.size).toBe(model.size);
    for (const range of ranges) {
      const sorted = [...model]
        .filter(([key]) => (range.gt === undefined || key > range.gt) && (range.gte === undefined || key >= range.gte))
        .filter(([key]) => (range.lt === undefined || key < range.lt) && (range.lte === undefined || key <= range.lte))
        .sort(([left], [right]) => (left < right ? -1 : 1));
      expect([...map.range(range)]).toEqual(range.reverse ? sorted.reverse() : sorted);
    }
  });
  fc.assert(property, { numRuns: 60 });
});
