import { Construct } from "constructs";
import { ChatFunction } from "./chat-function.ts";
import type { Parts } from "./parts.ts";

/** Opening, closing and speaking through a WebSocket, and the tickets that open one. */
export class Sockets extends Construct {
  constructor(scope: Construct, id: string, { defaults, table, files, keys, routes, sockets }: Parts) {
    super(scope, id);
    const authorize = new ChatFunction(this, "authorize-socket", {
      defaults,
      hurts: "Nobody can open a live connection; pages fall back to polling.",
    });
    keys.grantOriginCheck(authorize);
    keys.grantTokens(authorize);
    table.grantTickets(authorize);

    const open = new ChatFunction(this, "open-socket", {
      defaults,
      hurts: "Nobody can open a live connection; pages fall back to polling.",
    });

    const close = new ChatFunction(this, "close-socket", {
      defaults,
      hurts: "People who have left look present, so mails about new messages come late.",
    });
    table.grantConversations(close);
    sockets.grantPush(close);

    const message = new ChatFunction(this, "handle-socket-message", {
      defaults,
      hurts: "Visitors and agents cannot send messages over their live connections.",
      // Everybody waits for this one: more processor, and so a shorter wait.
      memorySize: 1024,
    });
    table.grantConversations(message);
    files.grantKeeping(message);
    sockets.grantPush(message);

    sockets.route({ authorize, open, close, message });

    const tickets = routes.serveTogether(this, "issue-tickets", "Pages get no live connection and have to poll.");
    keys.grantTokens(tickets);
    table.grantReading(tickets);
  }
}
