import { consumeEvents } from "../runtime/batch.ts";
import { log } from "../runtime/log.ts";
import { stores } from "../runtime/wiring.ts";
import { countedEvents } from "./fact-of-event.ts";
import { recordStatistics } from "./record-statistics.ts";

/** Queue of lifecycle events → the sums of their hour. */
export const handler = consumeEvents(
  countedEvents,
  (event) => recordStatistics({ statistics: stores().statistics }, event),
  log,
);
