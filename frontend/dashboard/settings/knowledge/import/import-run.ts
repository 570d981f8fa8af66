import type { KnowledgeItem } from "../../../../../lambdas/contracts/http.ts";

/** Writes at the same time: each is a transaction on the counter of the entries, and more would only wait for each other. */
const atOnce = 3;

export interface ImportProgress {
  readonly done: number;
  readonly failed: readonly { readonly entry: KnowledgeItem; readonly reason: string }[];
}

/**
 * Writes entries, a few at a time, and tells of each. One that fails does not stop the others; a signal does, and then
 * what was written stays.
 */
export async function runImport(
  entries: readonly KnowledgeItem[],
  put: (entry: KnowledgeItem) => Promise<unknown>,
  signal: AbortSignal,
  onProgress: (progress: ImportProgress) => void,
): Promise<ImportProgress> {
  const waiting = [...entries];
  let progress: ImportProgress = { done: 0, failed: [] };
  const work = async (): Promise<void> => {
    while (!signal.aborted) {
      const entry = waiting.shift();
      if (entry === undefined) return;
      const failed = await put(entry).then(
        () => [],
        (error: unknown) => [{ entry, reason: error instanceof Error ? error.message : String(error) }],
      );
      progress = { done: progress.done + 1 - failed.length, failed: [...progress.failed, ...failed] };
      onProgress(progress);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return progress;
}
