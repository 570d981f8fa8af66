import { act } from "../conversation/act.ts";
import { actingServices } from "../conversation/live-acting-services.ts";
import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";

export const handler = httpHandler(
  "actAsAgent",
  ({ caller, path, body }) => {
    // The path names the conversation, whatever the body says.
    const action = { ...body, conversationId: path.conversationId };
    return act(actingServices(), { caller, action });
  },
  httpEdge,
);
