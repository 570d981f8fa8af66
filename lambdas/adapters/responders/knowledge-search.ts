import MiniSearch from "minisearch";
import type { KnowledgeEntry } from "../../store/knowledge.ts";
import { rephrased, termOf, termsOf, wordsOf } from "./terms.ts";

export interface Hit {
  readonly entry: KnowledgeEntry;
  /** BM25, raised by coverage and by phrases shared with the title; comparable within one search only. */
  readonly score: number;
  /** How much of what the question is about the entry speaks of, 0 to 1: rare words count more than common ones. */
  readonly coverage: number;
}

export interface KnowledgeSearch {
  /** Best first. */
  find(question: string): readonly Hit[];
}

const kept = new WeakMap<readonly KnowledgeEntry[], KnowledgeSearch>();

/** The index over these very entries: it is built once and kept for as long as the array is. */
export function searchOver(entries: readonly KnowledgeEntry[]): KnowledgeSearch {
  const search = kept.get(entries) ?? createKnowledgeSearch(entries);
  kept.set(entries, search);
  return search;
}

/** Builds the index. 50 documents take about 5 ms. */
export function createKnowledgeSearch(entries: readonly KnowledgeEntry[]): KnowledgeSearch {
  const index = new MiniSearch<KnowledgeEntry>({
    idField: "entryId",
    fields: ["title", "text"],
    tokenize: wordsOf,
    processTerm: termOf,
    searchOptions: {
      boost: { title: 3 },
      prefix: (term) => term.length >= 4,
      fuzzy: (term) => (term.length >= 5 ? 0.2 : false),
      weights: { fuzzy: 0.4, prefix: 0.5 },
      bm25: { k: 1.2, b: 0.6, d: 0.5 },
    },
  });
  index.addAll(entries);
  const byId = new Map(entries.map((entry) => [entry.entryId, entry]));
  const documentsWith = countDocuments(entries);
  const rarity = (term: string): number =>
    Math.log(1 + entries.length / (1 + (documentsWith.get(term) ?? unknownCountsAs)));
  const certainty = (term: string): number => (documentsWith.has(term) ? 1 : guessCounts);

  return {
    find(question) {
      const query = rephrased(question);
      const asked = termsOf(query);
      const askedPairs = pairsOf(question);
      const weightOfAll = asked.reduce((sum, term) => sum + rarity(term), 0);
      if (weightOfAll === 0) return [];
      const hits = index.search(query).flatMap((result) => {
        const entry = byId.get(String(result.id));
        const found = new Set(result.queryTerms);
        const covered = asked.reduce((sum, term) => sum + (found.has(term) ? rarity(term) * certainty(term) : 0), 0);
        if (entry === undefined) return [];
        const shared = [...pairsOf(entry.title)].filter((pair) => askedPairs.has(pair)).length;
        const coverage = covered / weightOfAll;
        return [{ entry, score: result.score * (0.2 + coverage) * (1 + pairBonus * shared), coverage }];
      });
      return hits.sort((a, b) => b.score - a.score);
    },
  };
}

/** A word that no document has weighs like one that a single one has: customers say more than they need to. */
const unknownCountsAs = 1;
/** What a word counts that was only found by its beginning or with a typing error: `weather` is not `leather`. */
const guessCounts = 0.6;

/** Two words in a row that title and question share, stop words included: "where is" says what "where" alone does not. */
const pairBonus = 0.15;

function pairsOf(text: string): Set<string> {
  const words = wordsOf(text.toLowerCase());
  return new Set(words.slice(1).map((word, index) => `${words[index]} ${word}`));
}

function countDocuments(entries: readonly KnowledgeEntry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { title, text } of entries) {
    for (const term of termsOf(`${title} ${text}`)) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}
