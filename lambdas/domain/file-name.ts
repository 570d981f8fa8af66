/** Endings that a file of a type may have; the first is given to one that has none of them. */
const endings: Readonly<Record<string, readonly string[]>> = {
  "image/png": ["png"],
  "image/jpeg": ["jpg", "jpeg", "jfif"],
  "image/gif": ["gif"],
  "image/webp": ["webp"],
  "application/pdf": ["pdf"],
  "text/plain": ["txt", "log", "md"],
  "text/csv": ["csv"],
  "application/zip": ["zip"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xlsx"],
};

const longestName = 120;

/**
 * A name that a stranger gave a file, made harmless to see and to save: one line without invisible characters that turn
 * `exe.gpj` around, no path, nothing hidden by a leading dot, and an ending that fits the type, so that what is downloaded
 * as a picture is opened as one. Cut between characters to 120.
 */
export function safeFileName(name: string, type: string): string {
  const visible = name
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu, "")
    .replace(/[\\/:*?"<>|]/g, "_")
    .replace(/\s+/gu, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  const fitting = endings[type] ?? [];
  const [, stem = visible, ending = ""] = /^(.+)\.([^.]{1,10})$/u.exec(visible) ?? [];
  const fits = fitting.includes(ending.toLowerCase());
  const kept = fits ? ending : fitting[0];
  const room = longestName - (kept === undefined ? 0 : kept.length + 1);
  const base = Array.from((fits ? stem : visible) || "file")
    .slice(0, room)
    .join("")
    .trimEnd();
  return kept === undefined ? base : `${base}.${kept}`;
}
