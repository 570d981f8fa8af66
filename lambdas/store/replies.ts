import type { CannedReply } from "../contracts/http.ts";

/** The team's canned replies. A shortcut is unique whatever its case. */
export interface ReplyStore {
  /** In the order of their shortcuts. */
  list(chatbotId: string): Promise<readonly CannedReply[]>;
  /** Adds, or replaces the one with this shortcut. */
  put(chatbotId: string, reply: CannedReply): Promise<void>;
  /** False: there is no such reply. */
  remove(chatbotId: string, shortcut: string): Promise<boolean>;
}

/** What makes two shortcuts the same: `É` typed as one character or as two, in either case. */
export function foldedShortcut(shortcut: string): string {
  return shortcut.normalize("NFC").toLowerCase();
}
