import { Construct } from "constructs";
import type { Parts } from "./parts.ts";

/** Portal links: made, opened, rotated and revoked. */
export class Portal extends Construct {
  constructor(scope: Construct, id: string, { table, keys, routes, sockets, site }: Parts) {
    super(scope, id);
    const open = routes.serve(this, "openPortal", "Customers and agents who open a link from a mail see an error.");
    table.grantUpdates(open);
    keys.grantTokens(open);

    const create = routes.serve(this, "createLink", "Agents cannot make portal links.");
    table.grantUpdates(create);
    keys.grantTokens(create);
    site.grantLinking(create);

    const rotate = routes.serve(this, "rotateLink", "Agents cannot replace a portal link that got into wrong hands.");
    table.grantConversations(rotate);
    keys.grantTokens(rotate);
    site.grantLinking(rotate);
    sockets.grantPush(rotate);

    const revoke = routes.serve(this, "revokeLink", "Agents cannot withdraw a portal link that got into wrong hands.");
    table.grantConversations(revoke);
    sockets.grantPush(revoke);
  }
}
