import { env } from "../runtime/env.ts";
import { randomIds } from "../runtime/ids.ts";
import { stores, systemClock, tokens } from "../runtime/wiring.ts";

/** What making links needs, as it is deployed. */
export function linkServices() {
  const { conversations, chatbots } = stores();
  return {
    conversations,
    chatbots,
    tokens: tokens(),
    publicOrigin: env.publicOrigin,
    now: systemClock,
    ids: randomIds,
  };
}
