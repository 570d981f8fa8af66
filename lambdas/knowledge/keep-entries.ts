import type { BodyOf, KnowledgeItem } from "../contracts/http.ts";
import { limits } from "../contracts/limits.ts";
import { DomainError } from "../domain/errors.ts";
import type { KnowledgeStore } from "../store/knowledge.ts";

/** Characters of an entry's text in the list. */
const excerptLength = 200;

/** All entries by title, with the beginning of their text: 2,000 of them stay below 6 MB, the limit of a reply. */
export async function listKnowledge(
  store: Pick<KnowledgeStore, "knowledge">,
  chatbotId: string,
): Promise<KnowledgeItem[]> {
  const entries = await store.knowledge(chatbotId);
  return entries
    .toSorted((a, b) => a.title.localeCompare(b.title))
    .map(({ entryId, title, text }) => ({ entryId, title, text: excerptOf(text) }));
}

/** @throws DomainError `not_found` */
export async function readKnowledge(
  store: Pick<KnowledgeStore, "knowledgeEntry">,
  chatbotId: string,
  entryId: string,
): Promise<KnowledgeItem> {
  const entry = await store.knowledgeEntry(chatbotId, entryId);
  if (entry === undefined) throw noSuchEntry();
  return { ...entry };
}

/** @throws DomainError `conflict` when there are as many as there may be */
export async function putKnowledge(
  store: Pick<KnowledgeStore, "saveKnowledgeEntry">,
  chatbotId: string,
  entryId: string,
  { title, text }: BodyOf<"putKnowledge">,
): Promise<KnowledgeItem> {
  const entry = { entryId, title, text };
  if (await store.saveKnowledgeEntry(chatbotId, entry, limits.knowledgeEntries)) return entry;
  throw new DomainError(
    "conflict",
    `A chatbot has at most ${limits.knowledgeEntries} entries of knowledge. Delete some first.`,
  );
}

/** @throws DomainError `not_found` */
export async function deleteKnowledge(
  store: Pick<KnowledgeStore, "deleteKnowledgeEntry">,
  chatbotId: string,
  entryId: string,
): Promise<{ entryId: string }> {
  if (!(await store.deleteKnowledgeEntry(chatbotId, entryId))) throw noSuchEntry();
  return { entryId };
}

function noSuchEntry(): DomainError {
  return new DomainError("not_found", "There is no such entry.");
}

/** Cuts between characters. */
function excerptOf(text: string): string {
  return text.length <= excerptLength ? text : `${text.slice(0, excerptLength - 1).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}
