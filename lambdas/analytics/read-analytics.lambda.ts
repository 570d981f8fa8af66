import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { stores } from "../runtime/wiring.ts";
import { readAnalytics } from "./read-analytics.ts";

export const handler = httpHandler(
  "readAnalytics",
  ({ path, query }) => readAnalytics({ statistics: stores().statistics }, path.chatbotId, query),
  httpEdge,
);
