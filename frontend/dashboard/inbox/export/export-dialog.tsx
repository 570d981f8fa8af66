import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Api } from "../../../shared/api.ts";
import { saveFile } from "../../../shared/save-file.ts";
import { Dialog } from "../../dialog.tsx";
import { useText } from "../../text.ts";
import { dayOf, type InboxQuery } from "../list/inbox-query.ts";
import { type ExportProgress, manyConversations } from "./export-job.ts";
import { rowsOf } from "./rows-of-query.ts";
import { type ExportFormat, transcriptFile } from "./transcript-file.ts";

interface ExportDialogProps {
  readonly api: Api;
  readonly chatbotId: string;
  readonly query: InboxQuery;
  readonly me: string | undefined;
  readonly onClose: () => void;
}

type Standing =
  | { readonly kind: "choosing" }
  | { readonly kind: "running"; readonly progress: ExportProgress }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "done"; readonly count: number };

/** Saves the transcripts of everything that the list shows now, loaded or not. */
export function ExportDialog({ api, chatbotId, query, me, onClose }: ExportDialogProps): JSX.Element {
  const { t, number } = useText();
  const [standing, setStanding] = useState<Standing>({ kind: "choosing" });
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  const run = async (format: ExportFormat): Promise<void> => {
    abort.current = new AbortController();
    const { signal } = abort.current;
    setStanding({ kind: "running", progress: { found: 0, done: 0, listed: false } });
    try {
      const conversations = await manyConversations(
        (stop) => rowsOf(api, chatbotId, query, me, stop),
        (conversationId, before, stop) =>
          api.call("viewConversation", {
            path: { chatbotId, conversationId },
            query: before === undefined ? {} : { before },
            signal: stop,
          }),
        (progress) => setStanding({ kind: "running", progress }),
        signal,
      );
      saveFile(`conversations-${dayOf(Date.now())}`, await transcriptFile(conversations, format), format);
      setStanding({ kind: "done", count: conversations.length });
    } catch (error) {
      if (signal.aborted) setStanding({ kind: "choosing" });
      else setStanding({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <Dialog title={t("exportList")} onClose={onClose}>
      <p class="card-note">{t("exportListLead")}</p>
      {standing.kind === "running" ? (
        <Progress {...standing.progress} />
      ) : (
        <p role="status">
          {standing.kind === "done" && t("exportDone", { count: number(standing.count) })}
          {standing.kind === "failed" && `${t("exportFailed")} ${standing.reason}`}
        </p>
      )}
      <div class="confirm-buttons">
        {standing.kind === "running" ? (
          <button type="button" class="button button-plain" onClick={() => abort.current?.abort()}>
            {t("cancel")}
          </button>
        ) : (
          (["csv", "json"] as const).map((format) => (
            <button
              key={format}
              type="button"
              class={`button ${format === "csv" ? "button-primary" : "button-plain"}`}
              onClick={() => void run(format)}
            >
              {t("exportAs", { format: format.toUpperCase() })}
            </button>
          ))
        )}
      </div>
    </Dialog>
  );
}

function Progress({ found, done, listed }: ExportProgress): JSX.Element {
  const { t, number } = useText();
  const text = listed
    ? t("exportProgress", { done: number(done), count: number(found) })
    : t("exportListing", { count: number(found) });
  return (
    <div class="export-progress">
      <progress class="upload-progress" aria-label={t("exportList")} {...(listed ? { max: found, value: done } : {})} />
      <p class="card-note" role="status">
        {text}
      </p>
    </div>
  );
}
