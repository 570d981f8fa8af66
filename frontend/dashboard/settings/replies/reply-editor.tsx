import { useEffect, useRef, useState } from "preact/hooks";
import { CannedReply } from "../../../../lambdas/contracts/http.ts";
import { limits } from "../../../../lambdas/contracts/limits.ts";
import { ApiError } from "../../../shared/api.ts";
import { guardLeaving } from "../../navigation.tsx";
import { useText } from "../../text.ts";
import { TextField } from "../fields.tsx";
import { isSameShortcut } from "./same-shortcut.ts";

interface ReplyEditorProps {
  /** Absent: a new one. */
  readonly reply: CannedReply | undefined;
  readonly others: readonly CannedReply[];
  readonly onSave: (reply: CannedReply) => Promise<void>;
  readonly onCancel: () => void;
}

const nothing: CannedReply = { shortcut: "", title: "", text: "" };

export function ReplyEditor({ reply, others, onSave, onCancel }: ReplyEditorProps) {
  const { t } = useText();
  const before = reply ?? nothing;
  const [draft, setDraft] = useState(before);
  const [attempted, setAttempted] = useState(false);
  const [problem, setProblem] = useState("");
  const [saving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);

  const changed = (["shortcut", "title", "text"] as const).some((name) => draft[name] !== before[name]);
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

  const parsed = CannedReply.safeParse(draft);
  const wrong = new Set(parsed.error?.issues.map(({ path }) => String(path[0])));
  const errorAt = (name: keyof CannedReply): string | undefined =>
    attempted && wrong.has(name) ? t(`problemReply_${name}`) : undefined;
  // Its own old shortcut in another case is no other reply.
  const replaced = others.find(
    ({ shortcut }) => shortcut !== reply?.shortcut && draft.shortcut !== "" && isSameShortcut(shortcut, draft.shortcut),
  );

  const save = async (): Promise<void> => {
    setAttempted(true);
    setProblem("");
    if (!parsed.success) return;
    setSaving(true);
    try {
      await onSave(parsed.data);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.message);
      setSaving(false);
    }
  };
  return (
    <form
      class="entry-form"
      noValidate
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        path="reply.shortcut"
        label={t("replyShortcut")}
        hint={replaced === undefined ? t("replyShortcutHint") : t("replyReplaces", { title: replaced.title })}
        error={errorAt("shortcut")}
        before="/"
        ltr
        maxLength={30}
        value={draft.shortcut}
        onInput={(shortcut) => setDraft({ ...draft, shortcut: shortcut.trim() })}
      />
      <TextField
        path="reply.title"
        label={t("replyTitle")}
        error={errorAt("title")}
        maxLength={100}
        value={draft.title}
        onInput={(title) => setDraft({ ...draft, title })}
      />
      <TextField
        path="reply.text"
        label={t("replyText")}
        hint={t("replyPlaceholders", { name: "{name}", agent: "{agent}" })}
        error={errorAt("text")}
        lines={6}
        maxLength={limits.messageLength}
        value={draft.text}
        onInput={(text) => setDraft({ ...draft, text })}
      />
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
          {saving ? t("saving") : t("saveReply")}
        </button>
      </div>
    </form>
  );
}
