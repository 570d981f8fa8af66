import type { KnowledgeItem } from "../../../../../lambdas/contracts/http.ts";
import { limits } from "../../../../../lambdas/contracts/limits.ts";

/** What was found in a file before it has a name of its own: a heading and what stands below it. */
export interface Passage {
  readonly title: string;
  readonly text: string;
}

/** Something in a file that can't become an entry. */
export interface FileProblem {
  /** A line or row of the file, beginning with 1, where one is to blame. */
  readonly line?: number;
  readonly reason: "noText" | "noTitle" | "twoColumns" | "empty" | "tooLarge" | "type" | "malformed";
  /** What the parser said, for `malformed`. */
  readonly detail?: string;
}

export interface FileReading {
  readonly fileName: string;
  readonly entries: readonly KnowledgeItem[];
  readonly problems: readonly FileProblem[];
}

/** Passages with what the reader could not make one of. */
export interface Passages {
  readonly passages: readonly Passage[];
  readonly problems: readonly FileProblem[];
}

const longestTitle = 200;

/**
 * Makes entries of passages: titles of one line and unlike each other, texts cut at paragraphs where they are longer than
 * an entry may be. The id follows from the title, so that reading a file again replaces what came of it before.
 */
export async function entriesOf(passages: readonly Passage[]): Promise<readonly KnowledgeItem[]> {
  const used = new Map<string, number>();
  const parts = passages.flatMap(({ title, text }) => {
    const texts = splitText(text.trim());
    return texts.map((part, index) => ({
      title: texts.length === 1 ? title : `${title} (${index + 1}/${texts.length})`,
      text: part,
    }));
  });
  return Promise.all(
    parts.map(async ({ title, text }) => {
      const line = oneLine(title).slice(0, longestTitle - 6);
      const times = (used.get(line.toLowerCase()) ?? 0) + 1;
      used.set(line.toLowerCase(), times);
      const unique = times === 1 ? line : `${line} (${times})`;
      return { entryId: await idOf(unique), title: unique, text };
    }),
  );
}

export function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/** Pieces that fit an entry: cut between paragraphs, then between lines, then between words. */
export function splitText(text: string, longest: number = limits.knowledgeText): readonly string[] {
  if (text.length <= longest) return [text];
  const head = text.slice(0, longest);
  const cut = ["\n\n", "\n", " "].map((separator) => head.lastIndexOf(separator)).find((at) => at > longest / 2);
  const at = cut ?? head.replace(/[\uD800-\uDBFF]$/u, "").length;
  return [text.slice(0, at).trim(), ...splitText(text.slice(at).trim(), longest)];
}

async function idOf(title: string): Promise<string> {
  const bytes = new TextEncoder().encode(title.normalize("NFC").toLowerCase());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).slice(0, 16);
  const base64 = btoa(String.fromCharCode(...digest));
  return `file-${base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}
