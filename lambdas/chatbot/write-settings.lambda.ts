import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { stores, systemClock, tokens } from "../runtime/wiring.ts";
import { writeSettings } from "./settings.ts";

export const handler = httpHandler(
  "writeSettings",
  ({ path, body }) =>
    writeSettings({ chatbots: stores().chatbots, tokens: tokens(), now: systemClock }, path.chatbotId, body),
  httpEdge,
);
