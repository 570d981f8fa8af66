import { availabilityServices } from "../chatbot/live-availability.ts";
import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { tokens } from "../runtime/wiring.ts";
import { conversationServices } from "./live-services.ts";
import { startConversation } from "./start-conversation.ts";

export const handler = httpHandler(
  "startConversation",
  ({ body, viewer }) =>
    startConversation({ ...conversationServices(), ...availabilityServices(), tokens: tokens() }, body, viewer),
  httpEdge,
);
