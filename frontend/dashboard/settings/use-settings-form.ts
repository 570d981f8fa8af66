import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { SettingsView } from "../../../lambdas/contracts/settings.ts";
import { type Api, ApiError } from "../../shared/api.ts";
import { useText } from "../text.ts";
import { problemText } from "./field-problems.ts";
import type { FormHandle } from "./form-handle.ts";
import { forgetDraft, keepDraft, keptDraft } from "./kept-draft.ts";
import {
  changeOf,
  draftOf,
  errorsOf,
  type FieldErrors,
  isChanged,
  noErrors,
  problemsOf,
  type SettingsDraft,
} from "./settings-form.ts";

/** How the last attempt to save ended. */
export type SaveResult = "saved" | "invalid" | "conflict" | { readonly failed: string };

export interface SettingsFormState {
  readonly form: FormHandle;
  readonly changed: boolean;
  readonly saving: boolean;
  readonly result: SaveResult | undefined;
  save(): Promise<void>;
  discard(): void;
}

/** The settings as somebody edits them: from what was read to what is written, or back. */
export function useSettingsForm(api: Api, read: SettingsView): SettingsFormState {
  const { t } = useText();
  const [view, setView] = useState(read);
  const [draft, setDraft] = useState<SettingsDraft>(() => keptDraft(read) ?? draftOf(read));
  const [refused, setRefused] = useState<FieldErrors>(noErrors);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [attempted, setAttempted] = useState(false);
  const [saving, setSaving] = useState(false);
  const [result, setResult] = useState<SaveResult>();

  const changed = isChanged(view, draft);
  const problems = useMemo(() => problemsOf(view, draft), [view, draft]);
  useEffect(() => {
    if (changed) keepDraft(view, draft);
    else forgetDraft(view.chatbotId);
  }, [changed, view, draft]);

  const edit = useCallback((change: (draft: SettingsDraft) => SettingsDraft) => {
    setDraft(change);
    setRefused(noErrors);
    // A conflict stays to be seen: editing on does not make it go away.
    setResult((before) => (before === "conflict" ? before : undefined));
  }, []);

  const errorAt = (path: string): string | undefined => {
    const said = refused.get(path);
    if (said !== undefined) return problemText(t, path, said);
    const problem = problems.get(path);
    return problem !== undefined && (attempted || left.has(path)) ? problemText(t, path, problem) : undefined;
  };

  const form: FormHandle = {
    view,
    draft,
    locked: !view.entitlements.liveChat,
    errorAt,
    leave: (path) => setLeft((before) => (before.has(path) ? before : new Set(before).add(path))),
    editLiveChat: (change) =>
      edit(({ settings, ...rest }) => ({
        ...rest,
        settings: { ...settings, liveChat: { ...settings.liveChat, ...change } },
      })),
    editBrand: (change) =>
      edit(({ settings, ...rest }) => ({
        ...rest,
        settings: { ...settings, brand: { ...settings.brand, ...change } },
      })),
    editResponder: (responder) => edit(({ settings, ...rest }) => ({ ...rest, settings: { ...settings, responder } })),
    editSecret: (name, value) =>
      edit(({ settings, secrets: { [name]: _, ...others } }) => ({
        settings,
        secrets: value === undefined ? others : { ...others, [name]: value },
      })),
  };

  const startFrom = (next: SettingsView): void => {
    setView(next);
    setDraft(draftOf(next));
    setRefused(noErrors);
    setLeft(new Set());
    setAttempted(false);
  };

  const inFlight = useRef(false);
  const save = async (): Promise<void> => {
    if (inFlight.current) return;
    setAttempted(true);
    if (problems.size > 0) {
      setResult("invalid");
      return;
    }
    inFlight.current = true;
    setSaving(true);
    try {
      const next = await api.call("writeSettings", {
        path: { chatbotId: view.chatbotId },
        body: changeOf(view, draft),
      });
      startFrom(next);
      setResult("saved");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setRefused(errorsOf(error.fields));
      if (error.code === "conflict") setResult("conflict");
      else setResult(error.fields.length > 0 ? "invalid" : { failed: error.message });
    } finally {
      inFlight.current = false;
      setSaving(false);
    }
  };

  const discard = (): void => {
    // At once: a reload after a conflict leaves no time for the effect above.
    forgetDraft(view.chatbotId);
    startFrom(view);
    setResult(undefined);
  };

  return { form, changed, saving, result, save, discard };
}
