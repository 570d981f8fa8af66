import { deployedResponders } from "../responder/deployed-responders.ts";
import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandlers } from "../runtime/http-handler.ts";
import { once } from "../runtime/once.ts";
import { stores } from "../runtime/wiring.ts";
import { createCurrentKnowledge } from "./current-knowledge.ts";
import { deleteKnowledge, listKnowledge, putKnowledge, readKnowledge } from "./keep-entries.ts";
import { tryKnowledge } from "./try-knowledge.ts";

const currentKnowledge = once(() => createCurrentKnowledge(stores().chatbots));

export const handler = httpHandlers(
  {
    listKnowledge: async ({ path }) => ({ entries: await listKnowledge(stores().chatbots, path.chatbotId) }),
    readKnowledge: async ({ path }) => ({
      entry: await readKnowledge(stores().chatbots, path.chatbotId, path.entryId),
    }),
    putKnowledge: async ({ path, body }) => ({
      entry: await putKnowledge(stores().chatbots, path.chatbotId, path.entryId, body),
    }),
    deleteKnowledge: ({ path }) => deleteKnowledge(stores().chatbots, path.chatbotId, path.entryId),
    tryKnowledge: ({ path, body }) =>
      tryKnowledge(
        { chatbots: stores().chatbots, knowledge: currentKnowledge(), responderOf: deployedResponders() },
        path.chatbotId,
        body.question,
      ),
  },
  httpEdge,
);
