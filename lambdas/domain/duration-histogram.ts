/**
 * Durations counted in buckets that grow by a factor of 1.1: sums of days can be added up, and a quantile read from
 * them is at most 5 % off. 0 is under a second; the last bucket begins at about 100 days.
 */
export type DurationHistogram = Readonly<Record<number, number>>;

const factor = 1.1;
const lastBucket = Math.ceil(Math.log(100 * 24 * 3_600) / Math.log(factor));

/** The bucket of a duration in seconds; a negative one, by clocks that differ, counts as 0. */
export function bucketOf(seconds: number): number {
  if (!(seconds >= 1)) return 0;
  return Math.min(lastBucket, 1 + Math.floor(Math.log(seconds) / Math.log(factor)));
}

export function addHistograms(histograms: readonly DurationHistogram[]): DurationHistogram {
  const sum: Record<number, number> = {};
  for (const histogram of histograms) {
    for (const [bucket, count] of Object.entries(histogram)) {
      sum[Number(bucket)] = (sum[Number(bucket)] ?? 0) + count;
    }
  }
  return sum;
}

export function countOf(histogram: DurationHistogram): number {
  return Object.values(histogram).reduce((sum, count) => sum + count, 0);
}

/** The duration in seconds that a share of all (0 to 1) does not exceed; `undefined` when there is none. */
export function quantileOf(histogram: DurationHistogram, share: number): number | undefined {
  const total = countOf(histogram);
  if (total === 0) return undefined;
  const rank = Math.max(1, Math.ceil(share * total));
  let seen = 0;
  for (const bucket of Object.keys(histogram)
    .map(Number)
    .sort((a, b) => a - b)) {
    seen += histogram[bucket] ?? 0;
    if (seen >= rank) return secondsOf(bucket);
  }
  return undefined;
}

/** The geometric middle of a bucket. */
function secondsOf(bucket: number): number {
  return bucket === 0 ? 0 : Math.round(factor ** (bucket - 0.5) * 10) / 10;
}
