import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { connections, stores, systemClock } from "../runtime/wiring.ts";
import { removeMember } from "./remove-member.ts";

export const handler = httpHandler(
  "removeMember",
  async ({ path }) => {
    const { members, conversations, team, agentNotifications } = stores();
    const services = {
      members,
      conversations,
      team,
      agentNotifications,
      connections: connections(),
      now: systemClock,
    };
    await removeMember(services, path.chatbotId, path.agentId);
    return { agentId: path.agentId };
  },
  httpEdge,
);
