import { Construct } from "constructs";
import type { Parts } from "./parts.ts";

/** What visitors and portals do with a conversation over HTTPS. */
export class VisitorConversations extends Construct {
  constructor(scope: Construct, id: string, { table, files, keys, routes, sockets }: Parts) {
    super(scope, id);
    const start = routes.serve(this, "startConversation", "Visitors cannot start a chat.");
    table.grantConversations(start);
    keys.grantTokens(start);
    sockets.grantPush(start);

    const act = routes.serve(this, "actOnConversation", "Visitors whose sockets are blocked cannot chat at all.");
    table.grantConversations(act);
    files.grantKeeping(act);
    keys.grantTokens(act);
    sockets.grantPush(act);

    const visitor = routes.serveTogether(
      this,
      "save-visitor",
      "Visitors cannot leave their e-mail address, and those who are logged in on the owner's site appear as strangers.",
    );
    table.grantConversations(visitor);
    // Reads sessions, and opens the sealed identity secret.
    keys.grantTokens(visitor);
    sockets.grantPush(visitor);
  }
}
