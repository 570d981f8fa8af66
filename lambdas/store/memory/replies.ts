import type { CannedReply } from "../../contracts/http.ts";
import { foldedShortcut, type ReplyStore } from "../replies.ts";

export function createMemoryReplies(): ReplyStore {
  const replies = new Map<string, Map<string, CannedReply>>();
  return {
    async list(chatbotId) {
      const own = [...(replies.get(chatbotId) ?? [])];
      return own.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, reply]) => reply);
    },
    async put(chatbotId, reply) {
      const own = replies.get(chatbotId) ?? new Map<string, CannedReply>();
      replies.set(chatbotId, own.set(foldedShortcut(reply.shortcut), reply));
    },
    async remove(chatbotId, shortcut) {
      return replies.get(chatbotId)?.delete(foldedShortcut(shortcut)) ?? false;
    },
  };
}
