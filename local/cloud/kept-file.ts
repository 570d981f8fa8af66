import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A small piece of state that outlives the process, or only lives in memory when there is no directory. */
export interface KeptFile {
  /** Undefined when nothing has been kept yet. */
  read(): unknown;
  /** Writes soon; what `state` answers by then is what counts. */
  changed(): void;
  /** Writes what is pending. */
  close(): void;
}

const writeDelayMs = 50;

export function keptFile(directory: string | undefined, name: string, state: () => unknown): KeptFile {
  if (directory === undefined) return { read: () => undefined, changed: () => undefined, close: () => undefined };
  mkdirSync(directory, { recursive: true });
  const file = join(directory, name);
  let timer: NodeJS.Timeout | undefined;

  function write(): void {
    timer = undefined;
    // A crash between the two leaves the old file whole.
    writeFileSync(`${file}.new`, JSON.stringify(state()), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  return {
    read() {
      try {
        return JSON.parse(readFileSync(file, "utf8")) as unknown;
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw new Error(`${file} cannot be read (${String(error)}). Delete it to start afresh.`);
      }
    },
    changed() {
      timer ??= setTimeout(write, writeDelayMs);
    },
    close() {
      if (timer === undefined) return;
      clearTimeout(timer);
      write();
    },
  };
}
