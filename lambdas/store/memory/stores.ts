import type { Stores } from "../stores.ts";
import { createMemoryChatbots } from "./chatbots.ts";
import { createMemoryConversations, type MemoryConversations } from "./conversations.ts";
import { createMemoryMembers, createMemoryTeam, createMemoryTickets } from "./members.ts";

/** All stores in memory, for tests of use cases. */
export function createMemoryStores(): Stores & { readonly conversations: MemoryConversations } {
  return {
    conversations: createMemoryConversations(),
    chatbots: createMemoryChatbots(),
    members: createMemoryMembers(),
    team: createMemoryTeam(),
    tickets: createMemoryTickets(),
  };
}
