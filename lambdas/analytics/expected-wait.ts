import { addHistograms, countOf, quantileOf } from "../domain/duration-histogram.ts";
import { hourMs, type StatisticsStore } from "../store/statistics.ts";

/** Answers that are looked at, so that this week's team counts and not last year's. */
const lastDays = 7;
/** With fewer answers than this a median says nothing. */
const fewestAnswers = 5;
/** How long a sandbox keeps what it has read: a widget's call costs a query at most this often. */
const keptMs = 5 * 60 * 1000;

/**
 * How long visitors of a chatbot waited for a human, at the median of the last 7 days, in seconds (product.md C8).
 * `undefined` while there are fewer than 5 answers: no promise is better than an invented one.
 */
export function createExpectedWait(
  statistics: Pick<StatisticsStore, "hours">,
  now: () => number,
): (chatbotId: string) => Promise<number | undefined> {
  const known = new Map<string, { readonly until: number; readonly seconds: Promise<number | undefined> }>();

  async function read(chatbotId: string): Promise<number | undefined> {
    const hours = await statistics.hours(chatbotId, now() - lastDays * 24 * hourMs, now());
    const answers = addHistograms(hours.map((hour) => hour.firstResponse));
    return countOf(answers) < fewestAnswers ? undefined : quantileOf(answers, 0.5);
  }

  return (chatbotId) => {
    const kept = known.get(chatbotId);
    if (kept !== undefined && kept.until > now()) return kept.seconds;
    const seconds = read(chatbotId);
    known.set(chatbotId, { until: now() + keptMs, seconds });
    // A failure is not kept.
    seconds.catch(() => known.delete(chatbotId));
    return seconds;
  };
}
