import { Construct } from "constructs";
import type { Parts } from "./parts.ts";

/** What agents see and do in the dashboard. */
export class Inbox extends Construct {
  constructor(scope: Construct, id: string, { table, files, keys, routes, sockets }: Parts) {
    super(scope, id);
    const memberships = routes.serve(this, "listMemberships", "Agents cannot get into the dashboard.");
    table.grantReading(memberships);

    const list = routes.serve(this, "listConversations", "Agents do not see who is waiting.");
    table.grantInbox(list);
    // Seals the cursors.
    keys.grantTokens(list);

    const search = routes.serve(this, "searchConversations", "Agents cannot search conversations.");
    table.grantInbox(search);
    keys.grantTokens(search);

    const view = routes.serve(this, "viewConversation", "Agents cannot open a conversation.");
    table.grantReading(view);

    const act = routes.serve(this, "actAsAgent", "Agents whose sockets are blocked cannot answer.");
    table.grantConversations(act);
    files.grantKeeping(act);
    sockets.grantPush(act);
  }
}
