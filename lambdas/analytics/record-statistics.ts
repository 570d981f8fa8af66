import type { LifecycleEvent } from "../contracts/events.ts";
import type { StatisticsStore } from "../store/statistics.ts";
import { factOfEvent } from "./fact-of-event.ts";

/** Counts a lifecycle event. Events come late and more than once: each is counted once, in the hour it happened. */
export async function recordStatistics(
  { statistics }: { readonly statistics: Pick<StatisticsStore, "record"> },
  event: LifecycleEvent,
): Promise<void> {
  const fact = factOfEvent(event);
  if (fact !== undefined) await statistics.record(event.detail.chatbotId, fact);
}
