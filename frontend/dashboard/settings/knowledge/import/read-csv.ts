import Papa from "papaparse";
import { type FileProblem, oneLine, type Passage, type Passages } from "./file-reading.ts";

/** How the column of the title and that of the text may be headed. */
const titleHeads = ["title", "question", "name", "titel", "frage", "überschrift", "العنوان", "السؤال"];
const textHeads = ["text", "answer", "content", "body", "antwort", "inhalt", "description", "النص", "الإجابة"];

/**
 * A row is an entry. Columns are found by their heads, in any order; without heads the first is the title and the second
 * the text. Commas, semicolons and tabs separate.
 */
export function readCsv(text: string): Passages {
  const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: false });
  const problems: FileProblem[] = errors
    // The separator can't be told in a file of one column; that is said once, below.
    .filter(({ type }) => type !== "Delimiter")
    .map(({ row, message }) => ({
      ...(row === undefined ? {} : { line: row + 1 }),
      reason: "malformed",
      detail: message,
    }));
  const malformed = new Set(problems.map(({ line }) => line));
  const rows = data
    .map((cells, index) => ({ cells, line: index + 1 }))
    .filter(({ cells, line }) => cells.some(hasText) && !malformed.has(line));
  const [first] = rows;
  if (first === undefined) return { passages: [], problems: [...problems, { reason: "empty" }] };
  const columns = columnsOf(first.cells);
  if (columns === undefined) return { passages: [], problems: [...problems, { reason: "twoColumns" }] };
  const passages: Passage[] = [];
  for (const { cells, line } of columns.headed ? rows.slice(1) : rows) {
    const [title, body] = [oneLine(cells[columns.title] ?? ""), (cells[columns.text] ?? "").trim()];
    if (title === "") problems.push({ line, reason: "noTitle" });
    else if (body === "") problems.push({ line, reason: "noText" });
    else passages.push({ title, text: body });
  }
  return { passages, problems };
}

interface Columns {
  readonly title: number;
  readonly text: number;
  readonly headed: boolean;
}

function columnsOf(cells: readonly string[]): Columns | undefined {
  const heads = cells.map((cell) => cell.trim().toLowerCase());
  const title = heads.findIndex((head) => titleHeads.includes(head));
  const text = heads.findIndex((head) => textHeads.includes(head));
  if (title >= 0 && text >= 0) return { title, text, headed: true };
  return cells.filter(hasText).length >= 2 ? { title: 0, text: 1, headed: false } : undefined;
}

function hasText(cell: string): boolean {
  return cell.trim() !== "";
}
