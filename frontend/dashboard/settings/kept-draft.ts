import type { SettingsView } from "../../../lambdas/contracts/settings.ts";
import { draftOf, type SettingsDraft } from "./settings-form.ts";

/**
 * Unsaved changes survive a login that ran out, in this tab. Secrets are not kept: they would lie in the browser's
 * storage in plain text.
 */
interface Kept {
  readonly version: number;
  readonly settings: SettingsDraft["settings"];
}

const keyOf = (chatbotId: string): string => `dashboard:settings:${chatbotId}`;

export function keepDraft(view: SettingsView, draft: SettingsDraft): void {
  const kept: Kept = { version: view.version, settings: draft.settings };
  sessionStorage.setItem(keyOf(view.chatbotId), JSON.stringify(kept));
}

/** The draft of before, when it was made from the version that is stored now. */
export function keptDraft(view: SettingsView): SettingsDraft | undefined {
  const text = sessionStorage.getItem(keyOf(view.chatbotId));
  if (text === null) return undefined;
  try {
    const kept = JSON.parse(text) as Kept;
    return kept.version === view.version ? { ...draftOf(view), settings: kept.settings } : undefined;
  } catch {
    return undefined;
  }
}

export function forgetDraft(chatbotId: string): void {
  sessionStorage.removeItem(keyOf(chatbotId));
}
