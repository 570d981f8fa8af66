import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { stores } from "../runtime/wiring.ts";
import { viewConversation } from "./view-conversation.ts";

export const handler = httpHandler(
  "viewConversation",
  ({ path, query }) => viewConversation({ conversations: stores().conversations }, path, query.before),
  httpEdge,
);
