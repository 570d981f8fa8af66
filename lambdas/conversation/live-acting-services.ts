import { once } from "../runtime/once.ts";
import { fileObjects, stores } from "../runtime/wiring.ts";
import { conversationServices } from "./live-services.ts";
import type { ActingServices } from "./services.ts";

/** What acting needs, as it is deployed: only functions that take actions reach the files. */
export const actingServices: () => ActingServices = /* @__PURE__ */ once(() => ({
  ...conversationServices(),
  files: stores().files,
  fileObjects: fileObjects(),
}));
