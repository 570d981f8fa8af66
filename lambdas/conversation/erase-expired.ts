import { statuses } from "../domain/status.ts";
import type { ChatbotStore } from "../store/chatbots.ts";
import type { ConversationStore } from "../store/conversations.ts";
import { type ErasingServices, erase } from "./erase-conversation.ts";

export interface RetentionServices extends ErasingServices {
  readonly conversations: ErasingServices["conversations"] & Pick<ConversationStore, "list">;
  readonly chatbots: Pick<ChatbotStore, "get" | "withRetention">;
}

const dayMs = 24 * 60 * 60 * 1000;
/** How far behind its limit a conversation is looked for: nothing is older than the longest retention before it. */
const longestDays = 3_650;
const pageSize = 50;

/**
 * Erases the conversations whose last entry is older than their chatbot keeps them. Stops at `deadline` (milliseconds
 * since the epoch): the next run begins with what is left. One that fails holds up no other.
 *
 * @throws Error after the round, when some could not be erased
 */
export async function eraseExpired(services: RetentionServices, deadline: number): Promise<void> {
  const { chatbots, conversations, now, log } = services;
  let failed = 0;
  for (const chatbotId of await chatbots.withRetention()) {
    const days = (await chatbots.get(chatbotId))?.settings.retention.days ?? 0;
    if (days === 0) continue;
    const to = now() - days * dayMs;
    const range = { chatbotId, statuses, from: to - longestDays * dayMs, to, limit: pageSize };
    let page: Awaited<ReturnType<ConversationStore["list"]>> | undefined;
    do {
      page = await conversations.list({ ...range, ...(page?.after ? { after: page.after } : {}) });
      for (const head of page.heads) {
        if (now() > deadline) return log.warn("retention_unfinished", { chatbotId });
        // The list may be behind: it moves with heartbeats, and not with every message.
        if (head.lastAt > to) continue;
        await erase(services, head, "retention").catch((error: unknown) => {
          failed += 1;
          log.error("erase_failed", { chatbotId, conversationId: head.conversationId, error });
        });
      }
    } while (page.after !== undefined);
  }
  if (failed > 0) throw new Error("Some conversations whose time is over could not be erased.");
}
