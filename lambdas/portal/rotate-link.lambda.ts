import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { connections } from "../runtime/wiring.ts";
import { linkView } from "./link-view.ts";
import { linkServices } from "./live-services.ts";
import { rotateLink } from "./rotate-link.ts";

export const handler = httpHandler(
  "rotateLink",
  async ({ path }) => {
    const { link, url } = await rotateLink({ ...linkServices(), connections: connections() }, path, path.linkId);
    return { link: linkView(link), url };
  },
  httpEdge,
);
