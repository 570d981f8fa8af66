import type { ConversationRef } from "../../lambdas/domain/conversation.ts";
import { createMemoryStores } from "../../lambdas/store/memory/stores.ts";
import { describeAgentNotifications } from "./agent-notifications-suite.ts";
import { describeErasure } from "./erasure-suite.ts";
import { describeRemarks } from "./remarks-suite.ts";
import { describeStatistics } from "./statistics-suite.ts";
import { describeStores } from "./store-suite.ts";

const stores = createMemoryStores();
const under = () => ({
  stores,
  outbox: async (ref: ConversationRef) =>
    stores.conversations.outbox.filter(({ detail }) => detail.conversationId === ref.conversationId),
});
describeStores("memory", under);
describeErasure("memory", under);
describeRemarks("memory", under);
describeStatistics("memory", () => stores.statistics);
describeAgentNotifications("memory", () => stores);
