import { useEffect, useRef, useState } from "preact/hooks";
import type { KnowledgeItem } from "../../../../lambdas/contracts/http.ts";
import { limits } from "../../../../lambdas/contracts/limits.ts";
import type { Responder } from "../../../../lambdas/contracts/settings.ts";
import { type Api, ApiError } from "../../../shared/api.ts";
import { Glyph } from "../../glyph.tsx";
import { Placeholder } from "../../placeholder.tsx";
import { useText } from "../../text.ts";
import "../entries.css";
import { EntryForm } from "./entry-form.tsx";
import { ImportPanel } from "./import-panel.tsx";
import "./knowledge.css";
import { matchingEntries, withEntries } from "./knowledge-list.ts";
import { TrialPanel } from "./trial-panel.tsx";
import { UndoBar } from "./undo-bar.tsx";

interface KnowledgeProps {
  readonly api: Api;
  readonly chatbotId: string;
  /** What answers: a webhook of the owner's own looks at none of this. */
  readonly responder: Responder["kind"];
}

type Loading = "loading" | { readonly failed: string } | "ready";

/** What is done on the page besides reading the list. */
type Doing =
  | { readonly kind: "list" }
  | { readonly kind: "import" }
  | { readonly kind: "edit"; readonly entryId?: string };

/** Rows that are drawn at once; more on demand. */
const shownAtOnce = 100;

/** What the AI answers from. Changes take effect at once: the next answer knows them. */
export function KnowledgePage({ api, chatbotId, responder }: KnowledgeProps) {
  const { t, number } = useText();
  const [loading, setLoading] = useState<Loading>("loading");
  const [attempt, setAttempt] = useState(0);
  const [entries, setEntries] = useState<readonly KnowledgeItem[]>([]);
  const [doing, setDoing] = useState<Doing>({ kind: "list" });
  const [deleted, setDeleted] = useState<KnowledgeItem>();
  const [problem, setProblem] = useState("");

  // Another attempt is a reason to read again.
  useEffect(() => {
    const gone = new AbortController();
    setLoading("loading");
    api.call("listKnowledge", { path: { chatbotId }, signal: gone.signal }).then(
      (reply) => {
        setEntries(reply.entries);
        setLoading("ready");
      },
      (error: unknown) => {
        if (!gone.signal.aborted) setLoading({ failed: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => gone.abort();
  }, [api, chatbotId, attempt]);

  const written = (some: readonly KnowledgeItem[]): void => setEntries((before) => withEntries(before, some));
  const remove = async (entryId: string): Promise<void> => {
    setProblem("");
    try {
      // Read whole before it goes, so that it can be put back.
      const { entry } = await api.call("readKnowledge", { path: { chatbotId, entryId } });
      await api.call("deleteKnowledge", { path: { chatbotId, entryId } });
      setDeleted(entry);
      setEntries((before) => before.filter((each) => each.entryId !== entryId));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.message);
    }
  };
  const restore = async ({ entryId, title, text }: KnowledgeItem): Promise<void> => {
    try {
      const { entry } = await api.call("putKnowledge", { path: { chatbotId, entryId }, body: { title, text } });
      setDeleted(undefined);
      written([entry]);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.message);
    }
  };

  if (typeof loading === "object") {
    return (
      <Placeholder title={t("knowledgeFailed")} text={loading.failed}>
        <button type="button" class="button button-plain" onClick={() => setAttempt(attempt + 1)}>
          {t("tryAgain")}
        </button>
      </Placeholder>
    );
  }
  const full = entries.length >= limits.knowledgeEntries;
  return (
    <div class="knowledge">
      <p class="page-lead">{t("knowledgeLead")}</p>
      {responder === "webhook" && <p class="notice notice-info">{t("knowledgeUnused")}</p>}
      {problem !== "" && (
        <p class="notice notice-bad" role="alert">
          {problem}
        </p>
      )}
      <div class="knowledge-columns">
        <section class="panel-card" aria-labelledby="knowledge-entries" aria-busy={loading === "loading"}>
          <header class="panel-card-head">
            <h2 class="section-title" id="knowledge-entries">
              {t("knowledgeEntries")}{" "}
              {loading === "ready" && (
                <span class="chip">
                  {t("countOf", { count: number(entries.length), most: number(limits.knowledgeEntries) })}
                </span>
              )}
            </h2>
            {doing.kind === "list" && loading === "ready" && (
              <div class="panel-card-actions">
                <button type="button" class="button button-plain" onClick={() => setDoing({ kind: "import" })}>
                  <Glyph name="file" size={16} />
                  {t("importFiles")}
                </button>
                <button
                  type="button"
                  class="button button-primary"
                  disabled={full}
                  onClick={() => setDoing({ kind: "edit" })}
                >
                  <Glyph name="plus" size={16} />
                  {t("addEntry")}
                </button>
              </div>
            )}
          </header>
          {loading === "loading" && <ListSkeleton />}
          {doing.kind === "edit" && (
            <EntryForm
              key={doing.entryId}
              api={api}
              chatbotId={chatbotId}
              entryId={doing.entryId}
              onSaved={(entry) => {
                written([entry]);
                setDoing({ kind: "list" });
              }}
              onCancel={() => setDoing({ kind: "list" })}
            />
          )}
          {doing.kind === "import" && (
            <ImportPanel
              api={api}
              chatbotId={chatbotId}
              known={entries}
              onWritten={written}
              onClose={() => setDoing({ kind: "list" })}
            />
          )}
          {doing.kind === "list" && loading === "ready" && (
            <EntryList
              entries={entries}
              onEdit={(entryId) => setDoing({ kind: "edit", entryId })}
              onRemove={(entryId) => void remove(entryId)}
            />
          )}
          {deleted !== undefined && (
            <UndoBar
              key={deleted.entryId}
              text={t("entryDeleted", { title: deleted.title })}
              onUndo={() => void restore(deleted)}
              onGone={() => setDeleted(undefined)}
            />
          )}
        </section>
        <TrialPanel api={api} chatbotId={chatbotId} onEdit={(entryId) => setDoing({ kind: "edit", entryId })} />
      </div>
    </div>
  );
}

interface EntryListProps {
  readonly entries: readonly KnowledgeItem[];
  readonly onEdit: (entryId: string) => void;
  readonly onRemove: (entryId: string) => void;
}

function EntryList({ entries, onEdit, onRemove }: EntryListProps) {
  const { t, number } = useText();
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState(shownAtOnce);
  const field = useRef<HTMLInputElement>(null);
  if (entries.length === 0) return <Placeholder title={t("knowledgeEmpty")} text={t("knowledgeEmptyText")} />;
  const found = matchingEntries(entries, search);
  return (
    <>
      <input
        class="input"
        type="search"
        ref={field}
        aria-label={t("searchEntries")}
        placeholder={t("searchEntries")}
        value={search}
        onInput={(event) => {
          setSearch(event.currentTarget.value);
          setShown(shownAtOnce);
        }}
      />
      <p class="visually-hidden" role="status">
        {t("choicesCount", { count: number(found.length) })}
      </p>
      {found.length === 0 && <p class="list-empty">{t("nothingFound", { search })}</p>}
      <ul class="entries">
        {found.slice(0, shown).map(({ entryId, title, text }) => (
          <li class="entry" key={entryId}>
            <button type="button" class="entry-open" onClick={() => onEdit(entryId)}>
              <span class="entry-title" dir="auto">
                {title}
              </span>
              <span class="entry-text" dir="auto">
                {text}
              </span>
            </button>
            <button
              type="button"
              class="button button-quiet button-icon"
              aria-label={t("deleteEntry", { title })}
              title={t("deleteEntry", { title })}
              onClick={() => {
                onRemove(entryId);
                field.current?.focus();
              }}
            >
              <Glyph name="trash" size={16} />
            </button>
          </li>
        ))}
      </ul>
      {found.length > shown && (
        <button type="button" class="button button-plain entries-more" onClick={() => setShown(shown + shownAtOnce)}>
          {t("loadMore")}
        </button>
      )}
    </>
  );
}

function ListSkeleton() {
  const { t } = useText();
  return (
    <>
      <span class="visually-hidden" role="status">
        {t("loading")}
      </span>
      {["one", "two", "three", "four"].map((each) => (
        <span class="bone bone-field" key={each} aria-hidden="true" />
      ))}
    </>
  );
}
