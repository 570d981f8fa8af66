import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandlers } from "../runtime/http-handler.ts";
import { connections } from "../runtime/wiring.ts";
import { linkView } from "./link-view.ts";
import { linkServices } from "./live-services.ts";
import { makeLink } from "./make-link.ts";
import { revokeLink } from "./revoke-link.ts";
import { rotateLink } from "./rotate-link.ts";

const changing = () => ({ ...linkServices(), connections: connections() });

export const handler = httpHandlers(
  {
    async createLink({ path, body }) {
      const services = linkServices();
      const { link, url } = await makeLink(services, path, { linkId: services.ids.newId(), ...body });
      return { link: linkView(link), url };
    },
    async rotateLink({ path }) {
      const { link, url } = await rotateLink(changing(), path, path.linkId);
      return { link: linkView(link), url };
    },
    revokeLink: async ({ path }) => ({ link: linkView(await revokeLink(changing(), path, path.linkId)) }),
  },
  httpEdge,
);
