import { createMemoryStores } from "../../lambdas/store/memory/stores.ts";
import { describeStores } from "./store-suite.ts";

const stores = createMemoryStores();
describeStores("memory", () => ({
  stores,
  outbox: async (ref) =>
    stores.conversations.outbox.filter(({ detail }) => detail.conversationId === ref.conversationId),
}));
