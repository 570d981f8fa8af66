import type { ChatbotStore } from "./chatbots.ts";
import type { ConversationStore } from "./conversations.ts";
import type { MemberStore, TeamStore, TicketStore } from "./members.ts";

/** Everything that is stored, aggregate by aggregate. `dynamodb/` and `memory/` pass the same tests. */
export interface Stores {
  readonly conversations: ConversationStore;
  readonly chatbots: ChatbotStore;
  readonly members: MemberStore;
  readonly team: TeamStore;
  readonly tickets: TicketStore;
}
