/** Searching for words as people type them: case, accents and width do not matter, and a part of a word is enough. */

/** Characters on each side of the word in a snippet. */
const around = 60;

/** The words of a query, at most 10, as they are compared. */
export function wordsOf(query: string): readonly string[] {
  return [...new Set(folded(query).split(/\s+/u))].filter((word) => word !== "").slice(0, 10);
}

export interface TextMatch {
  /** Looks at one more text; true when a word occurs in it. */
  add(text: string): boolean;
  /** Whether every word has occurred somewhere. */
  readonly complete: boolean;
}

export function textMatch(words: readonly string[]): TextMatch {
  const missing = new Set(words);
  return {
    add(text) {
      const plain = folded(text);
      const found = words.filter((word) => plain.includes(word));
      for (const word of found) missing.delete(word);
      return found.length > 0;
    },
    get complete() {
      return missing.size === 0;
    },
  };
}

/** One line around the first word that occurs, with an ellipsis where it was cut. */
export function snippetOf(text: string, words: readonly string[]): string {
  const line = Array.from(text.replace(/\s+/gu, " ").trim());
  // Folding may change the number of characters: each is folded alone, so that positions stay those of the text.
  const plain = line.map((character) => folded(character) || character);
  const starts: number[] = [];
  let length = 0;
  for (const each of plain) {
    starts.push(length);
    length += each.length;
  }
  const joined = plain.join("");
  const positions = words.map((word) => joined.indexOf(word)).filter((position) => position >= 0);
  const first = positions.length === 0 ? 0 : starts.findLastIndex((start) => start <= Math.min(...positions));
  const from = Math.max(0, first - around);
  const to = Math.min(line.length, first + 2 * around);
  return `${from > 0 ? "…" : ""}${line.slice(from, to).join("")}${to < line.length ? "…" : ""}`;
}

function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
