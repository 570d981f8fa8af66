import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandlers } from "../runtime/http-handler.ts";
import { stores, systemClock } from "../runtime/wiring.ts";
import { deleteReply, putReply } from "./canned-replies.ts";
import { listTeam } from "./list-team.ts";

export const handler = httpHandlers(
  {
    listTeam: ({ path }) => listTeam({ ...stores(), now: systemClock }, path.chatbotId),
    listReplies: async ({ path }) => ({ replies: [...(await stores().replies.list(path.chatbotId))] }),
    putReply: async ({ path, body }) => ({
      reply: await putReply(stores().replies, path.chatbotId, path.shortcut, body),
    }),
    deleteReply: ({ path }) => deleteReply(stores().replies, path.chatbotId, path.shortcut),
  },
  httpEdge,
);
