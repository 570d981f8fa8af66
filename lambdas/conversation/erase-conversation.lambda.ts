import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandlers } from "../runtime/http-handler.ts";
import { stores } from "../runtime/wiring.ts";
import { erase, eraseConversation } from "./erase-conversation.ts";
import { erasingServices } from "./live-erasing.ts";

export const handler = httpHandlers(
  {
    eraseConversation: ({ caller, path }) =>
      eraseConversation({ ...erasingServices(), members: stores().members }, caller, path.conversationId),
    eraseAsOwner: ({ path }) => erase(erasingServices(), path, "agent"),
  },
  httpEdge,
);
