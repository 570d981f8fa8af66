import { useEffect, useState } from "preact/hooks";
import type { CannedReply } from "../../../../lambdas/contracts/http.ts";
import { limits } from "../../../../lambdas/contracts/limits.ts";
import { type Api, ApiError } from "../../../shared/api.ts";
import { ConfirmButton } from "../../confirm-button.tsx";
import { Glyph } from "../../glyph.tsx";
import { Placeholder } from "../../placeholder.tsx";
import { useText } from "../../text.ts";
import "../entries.css";
import { ReplyEditor } from "./reply-editor.tsx";
import { isSameShortcut } from "./same-shortcut.ts";

interface RepliesProps {
  readonly api: Api;
  readonly chatbotId: string;
}

type Loading = "loading" | { readonly failed: string } | "ready";

/** The team's ready-made answers. Every member may change them, at once. */
export function RepliesPage({ api, chatbotId }: RepliesProps) {
  const { t, number } = useText();
  const [loading, setLoading] = useState<Loading>("loading");
  const [attempt, setAttempt] = useState(0);
  const [replies, setReplies] = useState<readonly CannedReply[]>([]);
  const [editing, setEditing] = useState<CannedReply | "new">();
  const [search, setSearch] = useState("");
  const [problem, setProblem] = useState("");

  // Another attempt is a reason to read again.
  useEffect(() => {
    const gone = new AbortController();
    setLoading("loading");
    api.call("listReplies", { path: { chatbotId }, signal: gone.signal }).then(
      (reply) => {
        setReplies(reply.replies);
        setLoading("ready");
      },
      (error: unknown) => {
        if (!gone.signal.aborted) setLoading({ failed: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => gone.abort();
  }, [api, chatbotId, attempt]);

  const without = (shortcut: string) => (all: readonly CannedReply[]) =>
    all.filter((each) => !isSameShortcut(each.shortcut, shortcut));
  const remove = async (shortcut: string): Promise<void> => {
    setProblem("");
    try {
      await api.call("deleteReply", { path: { chatbotId, shortcut } });
      setReplies(without(shortcut));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.message);
    }
  };
  /** Under a new shortcut it is another reply: the one under the old goes when that is written. */
  const save = async ({ shortcut, title, text }: CannedReply): Promise<void> => {
    const { reply } = await api.call("putReply", { path: { chatbotId, shortcut }, body: { title, text } });
    const before = editing === "new" ? undefined : editing?.shortcut;
    setReplies((all) => [...without(shortcut)(all), reply].sort((a, b) => a.shortcut.localeCompare(b.shortcut)));
    if (before !== undefined && !isSameShortcut(before, shortcut)) await remove(before);
    setEditing(undefined);
  };

  if (typeof loading === "object") {
    return (
      <Placeholder title={t("repliesFailed")} text={loading.failed}>
        <button type="button" class="button button-plain" onClick={() => setAttempt(attempt + 1)}>
          {t("tryAgain")}
        </button>
      </Placeholder>
    );
  }
  const found = replies.filter(({ shortcut, title, text }) =>
    `/${shortcut} ${title} ${text}`.toLowerCase().includes(search.trim().toLowerCase()),
  );
  return (
    <>
      <p class="page-lead">{t("repliesLead")}</p>
      {problem !== "" && (
        <p class="notice notice-bad" role="alert">
          {problem}
        </p>
      )}
      <section class="panel-card" aria-labelledby="replies-list" aria-busy={loading === "loading"}>
        <header class="panel-card-head">
          <h2 class="section-title" id="replies-list">
            {t("repliesTitle")}{" "}
            {loading === "ready" && (
              <span class="chip">
                {t("countOf", { count: number(replies.length), most: number(limits.cannedReplies) })}
              </span>
            )}
          </h2>
          {editing === undefined && loading === "ready" && (
            <button
              type="button"
              class="button button-primary"
              disabled={replies.length >= limits.cannedReplies}
              onClick={() => setEditing("new")}
            >
              <Glyph name="plus" size={16} />
              {t("addReply")}
            </button>
          )}
        </header>
        {loading === "loading" && <span class="bone bone-field" role="status" aria-label={t("loading")} />}
        {editing !== undefined && (
          <ReplyEditor
            key={editing === "new" ? "" : editing.shortcut}
            reply={editing === "new" ? undefined : editing}
            others={replies}
            onSave={save}
            onCancel={() => setEditing(undefined)}
          />
        )}
        {editing === undefined && loading === "ready" && replies.length === 0 && (
          <Placeholder title={t("repliesEmpty")} text={t("repliesEmptyText")} />
        )}
        {editing === undefined && replies.length > 0 && (
          <>
            <input
              class="input"
              type="search"
              aria-label={t("searchReplies")}
              placeholder={t("searchReplies")}
              value={search}
              onInput={(event) => setSearch(event.currentTarget.value)}
            />
            {found.length === 0 && <p class="list-empty">{t("nothingFound", { search })}</p>}
            <ul class="entries">
              {found.map((reply) => (
                <li class="entry" key={reply.shortcut}>
                  <button type="button" class="entry-open" onClick={() => setEditing(reply)}>
                    <span class="entry-title">
                      <code class="reply-key" dir="ltr">
                        /{reply.shortcut}
                      </code>{" "}
                      <bdi>{reply.title}</bdi>
                    </span>
                    <span class="entry-text" dir="auto">
                      {reply.text}
                    </span>
                  </button>
                  <ConfirmButton
                    class="button button-quiet button-icon"
                    label={t("removeReply", { shortcut: reply.shortcut })}
                    question={t("removeReplyQuestion", { shortcut: reply.shortcut })}
                    confirmLabel={t("delete")}
                    onConfirm={() => void remove(reply.shortcut)}
                  >
                    <Glyph name="trash" size={16} />
                  </ConfirmButton>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </>
  );
}
