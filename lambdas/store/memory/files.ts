import { limits } from "../../contracts/limits.ts";
import type { ConversationRef } from "../../domain/conversation.ts";
import type { FileRecord, FileStore } from "../files.ts";

/** `exists` says whether a conversation is there: files belong to those alone. */
export function createMemoryFiles(exists: (ref: ConversationRef) => Promise<boolean>): FileStore {
  const conversations = new Map<string, Map<string, FileRecord>>();
  const keyOf = ({ chatbotId, conversationId }: ConversationRef): string => `${chatbotId}#${conversationId}`;

  async function filesOf(ref: ConversationRef): Promise<Map<string, FileRecord>> {
    const files = conversations.get(keyOf(ref));
    return files !== undefined && (await exists(ref)) ? files : new Map();
  }

  return {
    async announce(file) {
      if (!(await exists(file))) return "not_found";
      const known = await filesOf(file);
      if (known.size >= limits.filesPerConversation) return "full";
      conversations.set(keyOf(file), known.set(file.fileId, file));
      return "announced";
    },
    async get(ref, fileId) {
      return (await filesOf(ref)).get(fileId);
    },
    async markSent(ref, fileId, at) {
      const files = await filesOf(ref);
      const known = files.get(fileId);
      if (known !== undefined && known.sentAt === undefined) files.set(fileId, { ...known, sentAt: at });
    },
    async ofConversation(ref) {
      return [...(await filesOf(ref)).values()];
    },
  };
}
