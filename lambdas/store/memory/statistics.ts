import { bucketOf, type DurationHistogram } from "../../domain/duration-histogram.ts";
import { counters, type Fact, type HourSums, hourOf, type StatisticsStore } from "../statistics.ts";

export function createMemoryStatistics(): StatisticsStore {
  const facts = new Set<string>();
  const sums = new Map<string, Map<number, HourSums>>();
  return {
    async record(chatbotId, fact) {
      const id = `${chatbotId} ${fact.factId}`;
      if (facts.has(id)) return false;
      facts.add(id);
      const hours = sums.get(chatbotId) ?? new Map<number, HourSums>();
      sums.set(chatbotId, hours);
      const at = hourOf(fact.at);
      hours.set(at, withFact(hours.get(at) ?? emptyHour(at), fact));
      return true;
    },

    async hours(chatbotId, from, to) {
      const hours = [...(sums.get(chatbotId)?.values() ?? [])];
      return hours.filter(({ at }) => at >= hourOf(from) && at <= to).sort((a, b) => a.at - b.at);
    },
  };
}

function emptyHour(at: number): HourSums {
  const counts = Object.fromEntries(counters.map((each) => [each, 0])) as Record<(typeof counters)[number], number>;
  return { at, counts, ratings: [0, 0, 0, 0, 0], firstResponse: {}, resolution: {} };
}

function withFact(hour: HourSums, fact: Fact): HourSums {
  const ratings = [...hour.ratings] as [number, number, number, number, number];
  const rate = (score: number | undefined, by: number) => {
    if (score !== undefined) ratings[score - 1] = (ratings[score - 1] ?? 0) + by;
  };
  rate(fact.rating, 1);
  if (fact.rating !== undefined) rate(fact.replacedRating, -1);
  return {
    at: hour.at,
    counts: fact.count === undefined ? hour.counts : { ...hour.counts, [fact.count]: hour.counts[fact.count] + 1 },
    ratings,
    firstResponse: withDuration(hour.firstResponse, fact.firstResponse),
    resolution: withDuration(hour.resolution, fact.resolution),
  };
}

function withDuration(histogram: DurationHistogram, seconds: number | undefined): DurationHistogram {
  if (seconds === undefined) return histogram;
  const bucket = bucketOf(seconds);
  return { ...histogram, [bucket]: (histogram[bucket] ?? 0) + 1 };
}
