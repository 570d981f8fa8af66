import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { stores, systemClock } from "../runtime/wiring.ts";
import { publicChatbot, requireChatbot } from "./public-chatbot.ts";

export const handler = httpHandler(
  "readWidget",
  async ({ path }) => {
    const { chatbots, team } = stores();
    return publicChatbot({ team, now: systemClock }, await requireChatbot(chatbots, path.chatbotId));
  },
  httpEdge,
);
