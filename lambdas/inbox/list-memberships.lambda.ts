import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { stores } from "../runtime/wiring.ts";
import { listMemberships } from "./list-memberships.ts";

export const handler = httpHandler(
  "listMemberships",
  async ({ caller }) => ({ memberships: await listMemberships(stores(), caller.agentId) }),
  httpEdge,
);
