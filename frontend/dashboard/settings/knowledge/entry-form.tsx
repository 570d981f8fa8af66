import { useEffect, useRef, useState } from "preact/hooks";
import type { KnowledgeItem } from "../../../../lambdas/contracts/http.ts";
import { limits } from "../../../../lambdas/contracts/limits.ts";
import { type Api, ApiError } from "../../../shared/api.ts";
import { guardLeaving } from "../../navigation.tsx";
import { useText } from "../../text.ts";
import { Field, fieldId } from "../fields.tsx";

interface EntryFormProps {
  readonly api: Api;
  readonly chatbotId: string;
  /** Absent: a new one. */
  readonly entryId: string | undefined;
  readonly onSaved: (entry: KnowledgeItem) => void;
  readonly onCancel: () => void;
}

const nothing = { title: "", text: "" };

/** One entry: read whole, changed, written. */
export function EntryForm({ api, chatbotId, entryId, onSaved, onCancel }: EntryFormProps) {
  const { t, number } = useText();
  const [read, setRead] = useState<typeof nothing | undefined>(entryId === undefined ? nothing : undefined);
  const [draft, setDraft] = useState(nothing);
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const [problem, setProblem] = useState("");
  const [saving, setSaving] = useState(false);
  const first = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (entryId === undefined) return;
    const gone = new AbortController();
    api.call("readKnowledge", { path: { chatbotId, entryId }, signal: gone.signal }).then(
      ({ entry: { title, text } }) => {
        setRead({ title, text });
        setDraft({ title, text });
      },
      (error: unknown) => {
        if (!gone.signal.aborted) setProblem(error instanceof Error ? error.message : String(error));
      },
    );
    return () => gone.abort();
  }, [api, chatbotId, entryId]);
  useEffect(() => first.current?.focus(), [read]);

  const changed = read !== undefined && (read.title !== draft.title || read.text !== draft.text);
  const dirty = useRef(changed);
  dirty.current = changed;
  useEffect(
    () =>
      guardLeaving(
        () => !dirty.current || confirm(t("leaveUnsaved")),
        () => dirty.current,
      ),
    [t],
  );

  const save = async (): Promise<void> => {
    const missing = new Map<string, string>();
    if (draft.title.trim() === "") missing.set("title", t("problemEntryTitle"));
    if (draft.text.trim() === "") missing.set("text", t("problemEntryText"));
    setErrors(missing);
    setProblem("");
    if (missing.size > 0) return;
    setSaving(true);
    try {
      const path = { chatbotId, entryId: entryId ?? crypto.randomUUID() };
      const { entry } = await api.call("putKnowledge", { path, body: draft });
      onSaved(entry);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setErrors(new Map(error.fields.map(({ path, message }) => [path, message])));
      setProblem(error.message);
      setSaving(false);
    }
  };

  if (read === undefined) {
    return problem === "" ? (
      <span class="bone bone-field" role="status" aria-label={t("loading")} />
    ) : (
      <p class="notice notice-bad" role="alert">
        {problem}
      </p>
    );
  }
  return (
    <form
      class="entry-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field path="entry.title" label={t("entryTitle")} hint={t("entryTitleHint")} error={errors.get("title")}>
        <input
          id={fieldId("entry.title")}
          class="input"
          ref={first}
          maxLength={200}
          dir="auto"
          value={draft.title}
          aria-invalid={errors.has("title")}
          onInput={(event) => setDraft({ ...draft, title: event.currentTarget.value })}
        />
      </Field>
      <Field
        path="entry.text"
        label={t("entryText")}
        hint={t("countOf", { count: number(draft.text.length), most: number(limits.knowledgeText) })}
        error={errors.get("text")}
      >
        <textarea
          id={fieldId("entry.text")}
          class="input"
          rows={12}
          maxLength={limits.knowledgeText}
          dir="auto"
          value={draft.text}
          aria-invalid={errors.has("text")}
          onInput={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
        />
      </Field>
      {problem !== "" && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <div class="form-buttons">
        <button
          type="button"
          class="button button-plain"
          onClick={() => {
            if (!changed || confirm(t("leaveUnsaved"))) onCancel();
          }}
        >
          {t("cancel")}
        </button>
        <button type="submit" class="button button-primary" disabled={saving}>
          {saving ? t("saving") : t("saveEntry")}
        </button>
      </div>
    </form>
  );
}
