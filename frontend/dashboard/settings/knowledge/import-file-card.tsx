import { Glyph } from "../../glyph.tsx";
import { useText } from "../../text.ts";
import type { FileReading } from "./import/file-reading.ts";

/** Rows of a preview, and problems that are told one by one. */
const shownEntries = 50;
const shownProblems = 10;

interface FileCardProps {
  readonly reading: FileReading;
  readonly knownIds: ReadonlySet<string>;
  readonly onRemove: () => void;
}

/** What was found in a file, before anything is written. */
export function FileCard({ reading, knownIds, onRemove }: FileCardProps) {
  const { t, number } = useText();
  const { fileName, entries, problems } = reading;
  return (
    <section class="file-card" aria-label={fileName}>
      <header class="file-card-head">
        <Glyph name={entries.length > 0 ? "file" : "alert"} size={17} />
        <b class="file-name" dir="auto">
          {fileName}
        </b>
        <span class="chip">{t("entryCount", { count: number(entries.length) })}</span>
        <button
          type="button"
          class="button button-quiet button-icon"
          aria-label={t("removeFile", { name: fileName })}
          onClick={onRemove}
        >
          <Glyph name="close" size={15} />
        </button>
      </header>
      {problems.length > 0 && (
        <ul class="file-problems">
          {problems.slice(0, shownProblems).map((problem, index) => (
            <li key={index} class="field-error">
              {problem.line !== undefined && <b>{t("fileLine", { line: number(problem.line) })} </b>}
              {t(`importProblem_${problem.reason}`)}
              {problem.detail !== undefined && <span dir="auto"> ({problem.detail})</span>}
            </li>
          ))}
          {problems.length > shownProblems && (
            <li class="field-error">{t("andMore", { count: number(problems.length - shownProblems) })}</li>
          )}
        </ul>
      )}
      {entries.length > 0 && (
        <details class="file-preview">
          <summary>{t("previewEntries")}</summary>
          <ul>
            {entries.slice(0, shownEntries).map(({ entryId, title, text }) => (
              <li class="file-entry" key={entryId}>
                <span class="entry-title" dir="auto">
                  {title}
                </span>
                {knownIds.has(entryId) && <span class="chip chip-skipped">{t("replacesEntry")}</span>}
                <span class="entry-text" dir="auto">
                  {text}
                </span>
              </li>
            ))}
          </ul>
          {entries.length > shownEntries && (
            <p class="field-hint">{t("andMore", { count: number(entries.length - shownEntries) })}</p>
          )}
        </details>
      )}
    </section>
  );
}
