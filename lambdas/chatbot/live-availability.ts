import { createExpectedWait } from "../analytics/expected-wait.ts";
import { once } from "../runtime/once.ts";
import { stores, systemClock } from "../runtime/wiring.ts";
import type { AvailabilityServices } from "./public-chatbot.ts";

/** What tells visitors of the team's availability, as it is deployed. */
export const availabilityServices: () => AvailabilityServices = /* @__PURE__ */ once(() => {
  const { team, statistics } = stores();
  return { team, now: systemClock, expectedWait: createExpectedWait(statistics, systemClock) };
});
