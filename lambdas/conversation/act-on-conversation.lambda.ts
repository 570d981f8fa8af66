import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { actOnConversation } from "./act-on-conversation.ts";
import { actingServices } from "./live-acting-services.ts";

export const handler = httpHandler(
  "actOnConversation",
  ({ caller, path, body }) => actOnConversation(actingServices(), caller, path.conversationId, body),
  httpEdge,
);
