import { ChatbotSettings, type SettingsChange, type SettingsView } from "../../../lambdas/contracts/settings.ts";
import type { FieldError } from "../../../lambdas/domain/errors.ts";

/** Secrets as the page edits them: absent is untouched, empty is to be removed, otherwise the new value. */
export type SecretEdits = SettingsChange["secrets"];

/** What stands in the fields: it need not be valid while somebody is typing. */
export interface SettingsDraft {
  readonly settings: ChatbotSettings;
  readonly secrets: SecretEdits;
}

/** Messages by path, such as `liveChat.email.addresses.0`. */
export type FieldErrors = ReadonlyMap<string, string>;

export const noErrors: FieldErrors = new Map();

export function draftOf(view: SettingsView): SettingsDraft {
  return { settings: view.settings, secrets: {} };
}

/** Whether saving would change anything. */
export function isChanged(view: SettingsView, draft: SettingsDraft): boolean {
  return Object.keys(draft.secrets).length > 0 || !isSame(view.settings, draft.settings);
}

/** The write that carries the draft, on the version that it was made from. */
export function changeOf(view: SettingsView, draft: SettingsDraft): SettingsChange {
  return { version: view.version, settings: draft.settings, secrets: draft.secrets };
}

/** The contract's own rules, and those that need to know which secrets are stored. */
export function problemsOf(view: SettingsView, draft: SettingsDraft): FieldErrors {
  const problems = new Map<string, string>();
  const parsed = ChatbotSettings.safeParse(draft.settings);
  for (const issue of parsed.error?.issues ?? []) {
    const path = issue.path.join(".");
    if (!problems.has(path)) problems.set(path, issue.message);
  }
  const { liveChat, responder } = draft.settings;
  if (liveChat.zendesk.enabled && !willBeSet(view.secretsSet.zendeskToken, draft.secrets.zendeskToken)) {
    problems.set("secrets.zendeskToken", "the API token of the Zendesk user");
  }
  if (responder.kind === "webhook" && !willBeSet(view.secretsSet.webhookSecret, draft.secrets.webhookSecret)) {
    problems.set("secrets.webhookSecret", "the secret that signs the calls");
  }
  return problems;
}

/** Errors of the API under the paths of the form: the body's `settings.` is not part of them. */
export function errorsOf(fields: readonly FieldError[]): FieldErrors {
  return new Map(fields.map(({ path, message }) => [path.replace(/^settings\./, ""), message]));
}

/** Those of one part of the form, for its heading. */
export function countUnder(errors: FieldErrors, prefix: string): number {
  return [...errors.keys()].filter((path) => path === prefix || path.startsWith(`${prefix}.`)).length;
}

function willBeSet(stored: boolean, edit: string | undefined): boolean {
  return edit === undefined ? stored : edit.trim() !== "";
}

/** Same content, whatever the order of keys. */
export function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
    return Object.is(one, other);
  }
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => isSame(Reflect.get(one, key), Reflect.get(other, key)))
  );
}
