import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { SettingsView } from "../../../lambdas/contracts/settings.ts";
import { type Api, ApiError } from "../../shared/api.ts";
import { useText } from "../text.ts";
import { problemText } from "./field-problems.ts";
import type { FormHandle } from "./form-handle.ts";
import { forgetDraft, keepDraft, keptDraft } from "./kept-draft.ts";
import { type Conflict, conflictOf, mergedSettings } from "./settings-conflict.ts";
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

/** What somebody else has saved meanwhile. */
export interface OthersVersion extends Conflict {
  readonly view: SettingsView;
}

/** How the last attempt to save ended. */
export type SaveResult = "saved" | "invalid" | OthersVersion | { readonly failed: string };

export interface SettingsFormState {
  readonly form: FormHandle;
  readonly saving: boolean;
  readonly result: SaveResult | undefined;
  /** Paths of what can't be saved as it is. */
  readonly wrong: readonly string[];
  save(): Promise<void>;
  /** Saves upon what somebody else has saved: with their values, except mine at the paths in `keep`. */
  saveUpon(others: OthersVersion, keep: ReadonlySet<string>): Promise<void>;
  /** Drops what was typed and shows what is stored, as somebody else has saved it if they have. */
  discard(): void;
}

/** Milliseconds that “Saved” stays. */
const savedMs = 8_000;

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

  useEffect(() => {
    if (result !== "saved") return;
    const timer = setTimeout(() => setResult(undefined), savedMs);
    return () => clearTimeout(timer);
  }, [result]);

  const edit = useCallback((change: (draft: SettingsDraft) => SettingsDraft) => {
    setDraft(change);
    setRefused(noErrors);
    // A conflict stays to be seen: editing on does not make it go away.
    setResult((before) => (typeof before === "object" && "view" in before ? before : undefined));
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
    changed,
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
    editRetention: (retention) => edit(({ settings, ...rest }) => ({ ...rest, settings: { ...settings, retention } })),
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

  const fail = (error: unknown): void => setResult({ failed: error instanceof Error ? error.message : String(error) });

  /** What was written on an older version meets what is stored now. */
  const compare = async (written: SettingsDraft, base: SettingsView): Promise<void> => {
    const stored = await api.call("readSettings", { path: { chatbotId: base.chatbotId } });
    setResult({ view: stored, ...conflictOf(base.settings, written.settings, stored.settings) });
  };

  const inFlight = useRef(false);
  const write = async (base: SettingsView, next: SettingsDraft): Promise<void> => {
    if (inFlight.current) return;
    setAttempted(true);
    if (problemsOf(base, next).size > 0) {
      setResult("invalid");
      return;
    }
    inFlight.current = true;
    setSaving(true);
    try {
      const path = { chatbotId: base.chatbotId };
      startFrom(await api.call("writeSettings", { path, body: changeOf(base, next) }));
      setResult("saved");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setRefused(errorsOf(error.fields));
      if (error.code === "conflict") await compare(next, base).catch(fail);
      else if (error.fields.length > 0) setResult("invalid");
      else fail(error);
    } finally {
      inFlight.current = false;
      setSaving(false);
    }
  };
  return {
    form,
    saving,
    result,
    wrong: [...new Set([...refused.keys(), ...(attempted ? problems.keys() : [])])],
    save: () => write(view, draft),
    saveUpon: (others, keep) => {
      const settings = mergedSettings(view.settings, draft.settings, others.view.settings, keep);
      const merged = { ...draft, settings };
      setView(others.view);
      setDraft(merged);
      return write(others.view, merged);
    },
    discard: () => {
      // At once: leaving right after it leaves no time for the effect above.
      forgetDraft(view.chatbotId);
      startFrom(typeof result === "object" && "view" in result ? result.view : view);
      setResult(undefined);
    },
  };
}
