import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { stores, userDirectory } from "../runtime/wiring.ts";
import { inviteMember } from "./members.ts";

export const handler = httpHandler(
  "inviteMember",
  async ({ path, body }) => {
    const services = { members: stores().members, directory: userDirectory() };
    return { member: await inviteMember(services, path.chatbotId, body) };
  },
  httpEdge,
);
