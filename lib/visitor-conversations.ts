import { Construct } from "constructs";
import type { Parts } from "./parts.ts";

/** What visitors and portals do with a conversation over HTTPS. */
export class VisitorConversations extends Construct {
  constructor(scope: Construct, id: string, { table, keys, routes, sockets }: Parts) {
    super(scope, id);
    const start = routes.serve(this, "startConversation", "Visitors cannot start a chat.");
    table.grantConversations(start);
    keys.grantTokens(start);
    sockets.grantPush(start);

    const act = routes.serve(this, "actOnConversation", "Visitors whose sockets are blocked cannot chat at all.");
    table.grantConversations(act);
    keys.grantTokens(act);
    sockets.grantPush(act);

    const lead = routes.serve(
      this,
      "saveLead",
      "Visitors cannot leave their e-mail address, so nobody can reach them later.",
    );
    table.grantConversations(lead);
    keys.grantTokens(lead);
    sockets.grantPush(lead);
  }
}
