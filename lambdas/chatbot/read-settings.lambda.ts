import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { stores, systemClock } from "../runtime/wiring.ts";
import { readSettings } from "./settings.ts";

export const handler = httpHandler(
  "readSettings",
  ({ path }) => readSettings({ chatbots: stores().chatbots, now: systemClock }, path.chatbotId),
  httpEdge,
);
