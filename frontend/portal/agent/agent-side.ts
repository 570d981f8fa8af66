import { AgentEvent } from "./agent-event.tsx";
import { VisitorFacts } from "./visitor-facts.tsx";

/** What agents see and customers do not, so that customers do not load it. */
export interface AgentSide {
  readonly Facts: typeof VisitorFacts;
  readonly Event: typeof AgentEvent;
}

export const agentSide: AgentSide = { Facts: VisitorFacts, Event: AgentEvent };
