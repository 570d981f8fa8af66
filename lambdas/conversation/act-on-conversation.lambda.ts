import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { actOnConversation } from "./act-on-conversation.ts";
import { conversationServices } from "./live-services.ts";

export const handler = httpHandler(
  "actOnConversation",
  ({ caller, path, body }) => actOnConversation(conversationServices(), caller, path.conversationId, body),
  httpEdge,
);
