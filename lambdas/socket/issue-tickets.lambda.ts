import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandlers } from "../runtime/http-handler.ts";
import { randomIds } from "../runtime/ids.ts";
import { tokens } from "../runtime/wiring.ts";
import { issueTicket } from "./issue-ticket.ts";

const services = () => ({ tokens: tokens(), ids: randomIds });

export const handler = httpHandlers(
  {
    issueVisitorTicket: ({ caller }) => issueTicket(services(), caller),
    issueAgentTicket: ({ caller }) => issueTicket(services(), caller),
  },
  httpEdge,
);
