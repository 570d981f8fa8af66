import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { stores, systemClock, tokens } from "../runtime/wiring.ts";
import { searchConversations } from "./search-conversations.ts";

export const handler = httpHandler(
  "searchConversations",
  ({ path, query }) => {
    const services = { conversations: stores().conversations, tokens: tokens(), now: systemClock };
    return searchConversations(services, path.chatbotId, query);
  },
  httpEdge,
);
