import type {
  Brand,
  ChatbotSettings,
  LiveChatSettings,
  Responder,
  SettingsView,
} from "../../../lambdas/contracts/settings.ts";
import type { SecretEdits, SettingsDraft } from "./settings-form.ts";

/** What a section of the settings page gets: the draft, its errors, and how to change it. */
export interface FormHandle {
  readonly view: SettingsView;
  readonly draft: SettingsDraft;
  /** Whether there is something to save. */
  readonly changed: boolean;
  /** True while the plan does not include live chat: what it would need can't be edited. */
  readonly locked: boolean;
  /** The message to show at a field, once somebody has been there or has tried to save. */
  errorAt(path: string): string | undefined;
  /** Somebody has left a field: its errors may be shown from now on. */
  leave(path: string): void;
  editLiveChat(change: Partial<LiveChatSettings>): void;
  editBrand(change: Partial<Brand>): void;
  editResponder(responder: Responder): void;
  editRetention(retention: ChatbotSettings["retention"]): void;
  /** `undefined` leaves the stored secret alone. */
  editSecret(name: keyof SecretEdits, value: string | undefined): void;
}
