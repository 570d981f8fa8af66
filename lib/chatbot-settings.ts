import { Construct } from "constructs";
import type { Parts } from "./parts.ts";

/** A chatbot's settings and members, and what the widget may know of it. */
export class ChatbotSettings extends Construct {
  constructor(scope: Construct, id: string, { table, keys, routes, sockets, agents, site }: Parts) {
    super(scope, id);
    const widget = routes.serve(this, "readWidget", "The chat button does not appear on owners' pages.");
    table.grantReading(widget);

    const settings = routes.serveTogether(this, "keep-settings", "Owners cannot see or change their settings.");
    table.grantUpdates(settings);
    // Seals the credentials of Zendesk and of webhooks.
    keys.grantTokens(settings);

    const list = routes.serve(this, "listMembers", "Owners do not see who may read their conversations.");
    table.grantReading(list);

    const invite = routes.serve(this, "inviteMember", "Owners cannot invite agents.");
    table.grantMembers(invite);
    agents.grantInvitations(invite);

    const remove = routes.serve(this, "removeMember", "Owners cannot take an agent's access away.");
    // Finds the conversations that the removed agent is connected to, and disconnects them.
    table.grantInbox(remove);
    table.grantConversations(remove);
    table.grantMembers(remove);
    sockets.grantPush(remove);

    const domain = routes.serve(this, "checkDomain", "Owners cannot see whether their own host name leads here.");
    table.grantReading(domain);
    site.grantLinking(domain);
  }
}
