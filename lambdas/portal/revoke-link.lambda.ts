import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { connections, stores, systemClock } from "../runtime/wiring.ts";
import { linkView } from "./link-view.ts";
import { revokeLink } from "./revoke-link.ts";

export const handler = httpHandler(
  "revokeLink",
  async ({ path }) => {
    const services = { conversations: stores().conversations, connections: connections(), now: systemClock };
    return { link: linkView(await revokeLink(services, path, path.linkId)) };
  },
  httpEdge,
);
