import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandlers } from "../runtime/http-handler.ts";
import { stores, systemClock, tokens } from "../runtime/wiring.ts";
import { readSettings, writeSettings } from "./settings.ts";

const services = () => ({ chatbots: stores().chatbots, tokens: tokens(), now: systemClock });

export const handler = httpHandlers(
  {
    readSettings: ({ path }) => readSettings(services(), path.chatbotId),
    writeSettings: ({ path, body }) => writeSettings(services(), path.chatbotId, body),
  },
  httpEdge,
);
