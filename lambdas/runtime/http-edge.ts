import type { HttpEdge } from "./http-handler.ts";
import { log } from "./log.ts";
import { originSecret, stores, tokens } from "./wiring.ts";

/** The edge of HTTP functions as it is deployed. */
export const httpEdge: HttpEdge = {
  originSecret,
  // Lazy inside as well: a function for agents need not be able to read the keys, nor one for visitors the members.
  identity: () => ({
    tokens: { readSession: (token) => tokens().readSession(token) },
    members: { get: (agentId, chatbotId) => stores().members.get(agentId, chatbotId) },
  }),
  log,
};
