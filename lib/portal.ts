import { Construct } from "constructs";
import type { Parts } from "./parts.ts";

/** Portal links: made, opened, rotated and revoked. */
export class Portal extends Construct {
  constructor(scope: Construct, id: string, { table, keys, routes, sockets, site }: Parts) {
    super(scope, id);
    const open = routes.serve(this, "openPortal", "Customers and agents who open a link from a mail see an error.");
    table.grantUpdates(open);
    keys.grantTokens(open);

    const links = routes.serveTogether(
      this,
      "keep-links",
      "Agents cannot make portal links, nor withdraw one that got into wrong hands.",
    );
    table.grantConversations(links);
    keys.grantTokens(links);
    site.grantLinking(links);
    // Those who came in by a link that is withdrawn are disconnected.
    sockets.grantPush(links);
  }
}
