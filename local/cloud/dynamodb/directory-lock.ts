import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Another process works in the data directory; the message says which and what to do. */
export class DirectoryInUse extends Error {
  override readonly name = "DirectoryInUse";
}

/**
 * Keeps a second process out of a data directory; returns the unlocking. A lock whose process has died, or which
 * this very process left behind, counts for nothing.
 *
 * @throws DirectoryInUse
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, "lock");
  const owner = Number(readIfPresent(path));
  if (owner > 0 && owner !== process.pid && isAlive(owner)) {
    throw new DirectoryInUse(
      `${directory} is in use by process ${owner}. Stop it, choose another directory, or delete ${path} if that process is something else.`,
    );
  }
  writeFileSync(path, String(process.pid));
  return () => rmSync(path, { force: true });
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
