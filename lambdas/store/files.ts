import type { Attachment } from "../contracts/protocol.ts";
import type { ConversationRef } from "../domain/conversation.ts";
import type { Party } from "../domain/status.ts";

/** A file that was announced to a conversation. Its content is in a bucket, and there for good once it was sent. */
export interface FileRecord extends ConversationRef, Attachment {
  /** The side that announced it, and that alone may send it. */
  readonly party: Party;
  /** Milliseconds since the epoch. */
  readonly announcedAt: number;
  /** When a message with it was first sent, milliseconds since the epoch. */
  readonly sentAt?: number;
}

export interface FileStore {
  /** Records a file, unless the conversation does not exist or has as many as it may have. */
  announce(file: FileRecord): Promise<"announced" | "not_found" | "full">;
  get(ref: ConversationRef, fileId: string): Promise<FileRecord | undefined>;
  /** Marks a file as sent; the first moment stays. */
  markSent(ref: ConversationRef, fileId: string, at: number): Promise<void>;
  ofConversation(ref: ConversationRef): Promise<readonly FileRecord[]>;
}
