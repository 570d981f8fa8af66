import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { conversationServices } from "./live-services.ts";
import { saveLead } from "./save-lead.ts";

export const handler = httpHandler(
  "saveLead",
  async ({ caller, path, body }) => ({
    lead: await saveLead(conversationServices(), caller, path.conversationId, body),
  }),
  httpEdge,
);
