import type { KnowledgeItem } from "../../../../lambdas/contracts/http.ts";

/** Characters of a text that the list shows, as the API cuts it. */
const excerptLength = 200;

/** Entries in which every word of the search occurs, in title or beginning of the text. */
export function matchingEntries(entries: readonly KnowledgeItem[], search: string): readonly KnowledgeItem[] {
  const words = search
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== "");
  if (words.length === 0) return entries;
  return entries.filter(({ title, text }) => {
    const searched = `${title} ${text}`.toLowerCase();
    return words.every((word) => searched.includes(word));
  });
}

/** Entries of files under the ids of those that have their titles already: importing again replaces, however they came there. */
export function underKnownIds(
  entries: readonly KnowledgeItem[],
  known: readonly KnowledgeItem[],
): readonly KnowledgeItem[] {
  const ids = new Map(known.map(({ title, entryId }) => [title.toLowerCase(), entryId]));
  return entries.map((entry) => ({ ...entry, entryId: ids.get(entry.title.toLowerCase()) ?? entry.entryId }));
}

/** The list with entries that were written: in place of those with their ids, in the order of titles. */
export function withEntries(
  entries: readonly KnowledgeItem[],
  written: readonly KnowledgeItem[],
): readonly KnowledgeItem[] {
  const ids = new Set(written.map(({ entryId }) => entryId));
  const excerpts = written.map((entry) => ({ ...entry, text: excerptOf(entry.text) }));
  return [...entries.filter(({ entryId }) => !ids.has(entryId)), ...excerpts].sort((one, other) =>
    one.title.localeCompare(other.title),
  );
}

function excerptOf(text: string): string {
  return text.length <= excerptLength ? text : `${text.slice(0, excerptLength - 1)}…`;
}
