import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { stores } from "../runtime/wiring.ts";
import { availabilityServices } from "./live-availability.ts";
import { publicChatbot, requireChatbot } from "./public-chatbot.ts";

export const handler = httpHandler(
  "readWidget",
  async ({ path }) => publicChatbot(availabilityServices(), await requireChatbot(stores().chatbots, path.chatbotId)),
  httpEdge,
);
