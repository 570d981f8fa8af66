import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { stores } from "../runtime/wiring.ts";
import { listMembers } from "./members.ts";

export const handler = httpHandler(
  "listMembers",
  async ({ path }) => ({ members: await listMembers({ members: stores().members }, path.chatbotId) }),
  httpEdge,
);
