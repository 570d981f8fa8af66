import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { CannedReply } from "../../../../lambdas/contracts/http.ts";
import { limits } from "../../../../lambdas/contracts/limits.ts";
import { ApiError } from "../../../shared/api.ts";
import { Dialog } from "../../dialog.tsx";
import { Glyph } from "../../glyph.tsx";
import { useText } from "../../text.ts";
import type { Desk } from "../desk.ts";
import { matchingReplies } from "./canned-replies.ts";

const noReply: CannedReply = { shortcut: "", title: "", text: "" };

/** The team's canned replies: add, change, delete. */
export function RepliesDialog({ desk, onClose }: { readonly desk: Desk; readonly onClose: () => void }): JSX.Element {
  const { t } = useText();
  const [editing, setEditing] = useState<CannedReply>();
  const [problem, setProblem] = useState("");
  const remove = (shortcut: string): void => {
    setProblem("");
    desk.removeReply(shortcut).catch((error: unknown) => setProblem(reasonOf(error)));
  };
  return (
    <Dialog title={t("cannedReplies")} onClose={onClose}>
      <p class="card-note">{t("cannedRepliesLead")}</p>
      {problem !== "" && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      {editing === undefined ? (
        <>
          {desk.replies.length === 0 && <p class="card-empty">{t("noReplies")}</p>}
          <ul class="reply-lines">
            {matchingReplies(desk.replies, "").map((reply) => (
              <li class="reply-line" key={reply.shortcut}>
                <div class="reply-line-text">
                  <p>
                    <span class="reply-shortcut">/{reply.shortcut}</span> <bdi class="reply-title">{reply.title}</bdi>
                  </p>
                  <p class="reply-text" dir="auto">
                    {reply.text}
                  </p>
                </div>
                <button type="button" class="text-button" onClick={() => setEditing(reply)}>
                  {t("edit")}
                  <span class="visually-hidden"> /{reply.shortcut}</span>
                </button>
                <button
                  type="button"
                  class="icon-button"
                  aria-label={t("removeReply", { shortcut: reply.shortcut })}
                  onClick={() => remove(reply.shortcut)}
                >
                  <Glyph name="trash" size={16} />
                </button>
              </li>
            ))}
          </ul>
          <button type="button" class="button button-plain" onClick={() => setEditing(noReply)}>
            <Glyph name="plus" size={16} />
            {t("addReply")}
          </button>
        </>
      ) : (
        <ReplyForm
          reply={editing}
          onSave={async (reply) => {
            await desk.keepReply(reply);
            setEditing(undefined);
          }}
          onCancel={() => setEditing(undefined)}
        />
      )}
    </Dialog>
  );
}

interface ReplyFormProps {
  readonly reply: CannedReply;
  readonly onSave: (reply: CannedReply) => Promise<void>;
  readonly onCancel: () => void;
}

function ReplyForm({ reply, onSave, onCancel }: ReplyFormProps): JSX.Element {
  const { t } = useText();
  const [draft, setDraft] = useState(reply);
  const [problem, setProblem] = useState("");
  const first = useRef<HTMLInputElement>(null);
  const isNew = reply.shortcut === "";
  useEffect(() => first.current?.focus(), []);
  const save = (): void => {
    setProblem("");
    onSave({ ...draft, shortcut: draft.shortcut.trim() }).catch((error: unknown) => setProblem(reasonOf(error)));
  };
  return (
    <form
      class="reply-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <label class="reply-field">
        {t("replyShortcut")}
        <span class="input-group">
          <span class="input-affix">/</span>
          <input
            ref={first}
            class="input"
            required
            maxLength={30}
            pattern="[\p{L}\p{N}_\-]{1,30}"
            title={t("replyShortcutHint")}
            readOnly={!isNew}
            value={draft.shortcut}
            onInput={(event) => setDraft({ ...draft, shortcut: event.currentTarget.value })}
          />
        </span>
      </label>
      <label class="reply-field">
        {t("replyTitle")}
        <input
          class="input"
          required
          dir="auto"
          maxLength={100}
          value={draft.title}
          onInput={(event) => setDraft({ ...draft, title: event.currentTarget.value })}
        />
      </label>
      <label class="reply-field">
        {t("replyText")}
        <textarea
          class="input"
          required
          dir="auto"
          rows={5}
          maxLength={limits.messageLength}
          value={draft.text}
          onInput={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
        />
      </label>
      <p class="card-note">{t("replyPlaceholders", { name: "{name}", agent: "{agent}" })}</p>
      {problem !== "" && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <div class="confirm-buttons">
        <button type="button" class="button button-plain" onClick={onCancel}>
          {t("cancel")}
        </button>
        <button type="submit" class="button button-primary">
          {t("saveReply")}
        </button>
      </div>
    </form>
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof ApiError) return error.fields[0]?.message ?? error.message;
  return error instanceof Error ? error.message : String(error);
}
