import { identitySecretContext } from "../chatbot/settings.ts";
import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandlers } from "../runtime/http-handler.ts";
import { tokens } from "../runtime/wiring.ts";
import { identifyVisitor } from "./identify-visitor.ts";
import { conversationServices } from "./live-services.ts";
import { saveLead } from "./save-lead.ts";

export const handler = httpHandlers(
  {
    saveLead: async ({ caller, path, body }) => ({
      lead: await saveLead(conversationServices(), caller, path.conversationId, body),
    }),
    identifyVisitor: ({ caller, path, body }) =>
      identifyVisitor(
        {
          ...conversationServices(),
          openSecret: (chatbotId, sealed) => tokens().open(identitySecretContext(chatbotId), sealed),
        },
        caller,
        path.conversationId,
        body.jwt,
      ),
  },
  httpEdge,
);
