import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { linkView } from "./link-view.ts";
import { linkServices } from "./live-services.ts";
import { makeLink } from "./make-link.ts";

export const handler = httpHandler(
  "createLink",
  async ({ path, body }) => {
    const services = linkServices();
    const { link, url } = await makeLink(services, path, { linkId: services.ids.newId(), ...body });
    return { link: linkView(link), url };
  },
  httpEdge,
);
