import { log } from "../runtime/log.ts";
import { once } from "../runtime/once.ts";
import { connections, delivery, fileObjects, stores, systemClock } from "../runtime/wiring.ts";
import type { ErasingServices } from "./erase-conversation.ts";

/** What erasing takes, as it is deployed. */
export const erasingServices: () => ErasingServices = /* @__PURE__ */ once(() => ({
  conversations: stores().conversations,
  fileObjects: fileObjects(),
  delivery: delivery(),
  connections: connections(),
  now: systemClock,
  log,
}));
