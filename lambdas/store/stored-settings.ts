import { ChatbotSettings } from "../contracts/settings.ts";

/**
 * Settings as some version of this software has stored them: what came later gets its default, what is no longer known
 * is dropped. Every store reads through this.
 */
export function storedSettings(stored: unknown): ChatbotSettings {
  return ChatbotSettings.parse(stored);
}
