import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { stores, systemClock, tokens } from "../runtime/wiring.ts";
import { listConversations } from "./list-conversations.ts";

export const handler = httpHandler(
  "listConversations",
  ({ caller, query }) => {
    const services = { conversations: stores().conversations, tokens: tokens(), now: systemClock };
    return listConversations(services, caller, query);
  },
  httpEdge,
);
