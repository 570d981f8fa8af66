import { useEffect, useRef, useState } from "preact/hooks";
import type { KnowledgeItem } from "../../../../lambdas/contracts/http.ts";
import { limits } from "../../../../lambdas/contracts/limits.ts";
import type { Api } from "../../../shared/api.ts";
import { Glyph } from "../../glyph.tsx";
import { useText } from "../../text.ts";
import type { FileReading } from "./import/file-reading.ts";
import { type ImportProgress, runImport } from "./import/import-run.ts";
import { FileCard } from "./import-file-card.tsx";
import { underKnownIds } from "./knowledge-list.ts";

interface ImportPanelProps {
  readonly api: Api;
  readonly chatbotId: string;
  /** What is there already, to say what will be replaced. */
  readonly known: readonly KnowledgeItem[];
  readonly onWritten: (entries: readonly KnowledgeItem[]) => void;
  readonly onClose: () => void;
}

type Running = { readonly total: number; readonly progress: ImportProgress; readonly ended: boolean };

/** Files become entries in this browser; they are shown, and written when somebody says so. */
export function ImportPanel({ api, chatbotId, known, onWritten, onClose }: ImportPanelProps) {
  const { t, number } = useText();
  const [readings, setReadings] = useState<readonly FileReading[]>([]);
  const [reading, setReading] = useState(false);
  const [over, setOver] = useState(false);
  const [running, setRunning] = useState<Running>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const take = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) return;
    setReading(true);
    setRunning(undefined);
    // Loaded when it is needed: it carries the parsers.
    const { readFile } = await import("./import/read-file.ts");
    const read = await Promise.all(files.map(readFile));
    const found = read.map((each) => ({ ...each, entries: underKnownIds(each.entries, known) }));
    setReadings((before) => [
      ...before.filter(({ fileName }) => !found.some((each) => each.fileName === fileName)),
      ...found,
    ]);
    setReading(false);
  };
  const start = async (entries: readonly KnowledgeItem[]): Promise<void> => {
    const controller = new AbortController();
    stop.current = controller;
    const total = entries.length;
    setRunning({ total, progress: { done: 0, failed: [] }, ended: false });
    const progress = await runImport(
      entries,
      async ({ entryId, title, text }) => {
        const { entry } = await api.call("putKnowledge", { path: { chatbotId, entryId }, body: { title, text } });
        onWritten([entry]);
      },
      controller.signal,
      (now) => setRunning({ total, progress: now, ended: false }),
    );
    setRunning({ total, progress, ended: true });
    setReadings([]);
  };

  const knownIds = new Set(known.map(({ entryId }) => entryId));
  // The same heading in two files is the same entry: the later file has the last word.
  const entries = [
    ...new Map(readings.flatMap((each) => each.entries).map((entry) => [entry.entryId, entry])).values(),
  ];
  const replacing = entries.filter(({ entryId }) => knownIds.has(entryId)).length;
  const room = limits.knowledgeEntries - known.length;
  const isTooMany = entries.length - replacing > room;

  if (running !== undefined && !running.ended) {
    return <RunningImport running={running} onCancel={() => stop.current?.abort()} />;
  }
  return (
    <div class="import">
      {running !== undefined && (
        <ImportSummary
          running={running}
          onRetry={() => void start(running.progress.failed.map(({ entry }) => entry))}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: whoever can't drop files chooses them below */}
      <div
        class={`drop${over ? " is-over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take([...(event.dataTransfer?.files ?? [])]);
        }}
      >
        <Glyph name="file" size={26} />
        <p class="drop-text">{t("dropFiles")}</p>
        <label class="button button-plain drop-choose">
          {t("chooseFiles")}
          <input
            class="visually-hidden"
            type="file"
            multiple
            accept=".csv,.tsv,.md,.markdown,.txt,.html,.htm,.xhtml"
            onChange={(event) => {
              void take([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = "";
            }}
          />
        </label>
        <p class="field-hint">{t("importHint")}</p>
      </div>
      <p class="visually-hidden" role="status">
        {reading ? t("readingFiles") : ""}
      </p>
      {readings.map((each) => (
        <FileCard
          key={each.fileName}
          reading={each}
          knownIds={knownIds}
          onRemove={() => setReadings(readings.filter(({ fileName }) => fileName !== each.fileName))}
        />
      ))}
      {isTooMany && (
        <p class="notice notice-bad" role="alert">
          {t("importTooMany", { room: number(room), most: number(limits.knowledgeEntries) })}
        </p>
      )}
      <div class="form-buttons">
        <button type="button" class="button button-plain" onClick={onClose}>
          {t(running === undefined ? "cancel" : "importClose")}
        </button>
        {readings.length > 0 && (
          <button
            type="button"
            class="button button-primary"
            disabled={entries.length === 0 || isTooMany}
            onClick={() => void start(entries)}
          >
            {t("importStart", { count: number(entries.length) })}
          </button>
        )}
      </div>
    </div>
  );
}

function RunningImport({ running, onCancel }: { readonly running: Running; readonly onCancel: () => void }) {
  const { t, number } = useText();
  const { total, progress } = running;
  const handled = progress.done + progress.failed.length;
  return (
    <div class="import-running">
      <p>{t("importProgress", { done: number(handled), total: number(total) })}</p>
      <progress class="import-bar" max={total} value={handled} aria-label={t("importFiles")} />
      <button type="button" class="button button-plain" onClick={onCancel}>
        {t("importCancel")}
      </button>
    </div>
  );
}

function ImportSummary({ running, onRetry }: { readonly running: Running; readonly onRetry: () => void }) {
  const { t, number } = useText();
  const { total, progress } = running;
  const missing = total - progress.done - progress.failed.length;
  return (
    <div class={`notice ${progress.failed.length > 0 ? "notice-bad" : "notice-good"}`} role="status">
      <p>{t("importDone", { done: number(progress.done) })}</p>
      {missing > 0 && <p>{t("importStopped", { count: number(missing) })}</p>}
      {progress.failed.length > 0 && (
        <>
          <p>{t("importFailed", { count: number(progress.failed.length) })}</p>
          <ul class="plain-list">
            {progress.failed.slice(0, 20).map(({ entry, reason }) => (
              <li key={entry.entryId} dir="auto">
                <b>{entry.title}</b>: {reason}
              </li>
            ))}
          </ul>
          <button type="button" class="button button-plain button-small" onClick={onRetry}>
            {t("importRetry")}
          </button>
        </>
      )}
    </div>
  );
}
