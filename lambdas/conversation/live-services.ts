import { randomIds } from "../runtime/ids.ts";
import { log } from "../runtime/log.ts";
import { once } from "../runtime/once.ts";
import { delivery, stores, systemClock } from "../runtime/wiring.ts";
import type { ConversationServices } from "./services.ts";

/** The services of a conversation as they are deployed. */
export const conversationServices: () => ConversationServices = /* @__PURE__ */ once(() => {
  const { conversations, chatbots, members, team } = stores();
  return { conversations, chatbots, members, team, delivery: delivery(), ids: randomIds, now: systemClock, log };
});
