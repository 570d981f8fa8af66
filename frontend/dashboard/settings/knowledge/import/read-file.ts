import { entriesOf, type FileReading, type Passages } from "./file-reading.ts";
import { readCsv } from "./read-csv.ts";
import { readHtml } from "./read-html.ts";
import { readMarkdown } from "./read-markdown.ts";

/** Bytes; 2,000 entries of a page each are about this. */
const largestFile = 8 * 1024 * 1024;

/** A file as entries, read in this browser and sent nowhere yet. */
export async function readFile(file: File): Promise<FileReading> {
  const fileName = file.name;
  const read = readers.find(({ endings }) => endings.test(fileName))?.read;
  if (read === undefined) return { fileName, entries: [], problems: [{ reason: "type" }] };
  if (file.size > largestFile) return { fileName, entries: [], problems: [{ reason: "tooLarge" }] };
  try {
    const name = fileName.replace(/\.[^.]+$/u, "");
    const { passages, problems } = read(decoded(new Uint8Array(await file.arrayBuffer())), name);
    return { fileName, entries: await entriesOf(passages), problems };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { fileName, entries: [], problems: [{ reason: "malformed", detail }] };
  }
}

const readers: readonly { readonly endings: RegExp; readonly read: (text: string, name: string) => Passages }[] = [
  { endings: /\.(csv|tsv)$/i, read: readCsv },
  { endings: /\.(md|markdown|txt)$/i, read: readMarkdown },
  { endings: /\.(html?|xhtml)$/i, read: readHtml },
];

/** UTF-8 as everybody writes it, or what spreadsheets on Windows still save. */
export function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
