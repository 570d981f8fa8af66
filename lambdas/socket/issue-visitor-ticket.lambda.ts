import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { randomIds } from "../runtime/ids.ts";
import { tokens } from "../runtime/wiring.ts";
import { issueTicket } from "./issue-ticket.ts";

export const handler = httpHandler(
  "issueVisitorTicket",
  ({ caller }) => issueTicket({ tokens: tokens(), ids: randomIds }, caller),
  httpEdge,
);
