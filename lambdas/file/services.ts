import type { FileObjects } from "../adapters/files.ts";
import type { Ids } from "../runtime/ids.ts";
import type { ChatbotStore } from "../store/chatbots.ts";
import type { ConversationStore } from "../store/conversations.ts";
import type { FileStore } from "../store/files.ts";
import type { MemberStore } from "../store/members.ts";

/** What handing files over depends on. */
export interface FileServices {
  readonly conversations: Pick<ConversationStore, "head" | "link" | "erasure">;
  readonly chatbots: Pick<ChatbotStore, "get">;
  readonly members: Pick<MemberStore, "get">;
  readonly files: FileStore;
  readonly fileObjects: Pick<FileObjects, "uploadAddress" | "downloadAddress">;
  readonly ids: Pick<Ids, "newId">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
