import type { Stores } from "../stores.ts";
import { createMemoryAgentNotifications, createMemoryPushKeys } from "./agent-notifications.ts";
import { createMemoryChatbots } from "./chatbots.ts";
import { createMemoryConversations, type MemoryConversations } from "./conversations.ts";
import { createMemoryFiles } from "./files.ts";
import { createMemoryMailWishes } from "./mail-wishes.ts";
import { createMemoryMembers, createMemoryTeam, createMemoryTickets } from "./members.ts";
import { createMemoryReplies } from "./replies.ts";
import { createMemoryStatistics } from "./statistics.ts";

/** All stores in memory, for tests of use cases. */
export function createMemoryStores(): Stores & { readonly conversations: MemoryConversations } {
  const conversations = createMemoryConversations();
  return {
    conversations,
    mailWishes: createMemoryMailWishes(conversations.outbox),
    chatbots: createMemoryChatbots(),
    members: createMemoryMembers(),
    team: createMemoryTeam(),
    tickets: createMemoryTickets(),
    files: createMemoryFiles(async (ref) => (await conversations.head(ref)) !== undefined),
    replies: createMemoryReplies(),
    statistics: createMemoryStatistics(),
    agentNotifications: createMemoryAgentNotifications(),
    pushKeys: createMemoryPushKeys(),
  };
}
