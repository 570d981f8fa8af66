import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { lockDirectory } from "./directory-lock.ts";
import { OrderedMap } from "./ordered-map.ts";

/** Sets a key of a named space to a JSON text, or removes it (null). */
export type Change = readonly [space: string, key: string, json: string | null];

/**
 * Named, ordered spaces of JSON texts. A commit is one line of an append-only file, written before memory changes:
 * it is there wholly or not at all, whenever the process is killed. (A power cut may take the last lines: nothing is
 * fsynced.) Without a directory it is memory alone.
 */
export interface Journal {
  space(name: string): OrderedMap<string>;
  commit(changes: readonly Change[]): void;
  close(): void;
}

const fileName = "dynamodb.journal";
const chunkBytes = 1 << 20;
/** The file is rewritten once it is this large and mostly outdated. */
const rewriteAboveBytes = 8 << 20;

export function openJournal(directory?: string): Journal {
  const spaces = new Map<string, OrderedMap<string>>();
  const space = (name: string): OrderedMap<string> => {
    let found = spaces.get(name);
    if (!found) {
      found = new OrderedMap();
      spaces.set(name, found);
    }
    return found;
  };
  let liveBytes = 0;
  let isOpen = true;
  const apply = ([name, key, json]: Change): void => {
    const entries = space(name);
    liveBytes -= entries.get(key)?.length ?? 0;
    if (json === null) entries.delete(key);
    else entries.set(key, json);
    liveBytes += json?.length ?? 0;
  };

  if (directory === undefined) {
    return { space, commit: (changes) => changes.forEach(apply), close: () => {} };
  }

  mkdirSync(directory, { recursive: true });
  const unlock = lockDirectory(directory);
  const path = join(directory, fileName);
  // "a+" creates the file and keeps every write at its end, whatever the read position.
  let file = openSync(path, "a+");
  let bytes = replay(file, path, apply);
  // What follows the last whole line was being written when the process died, and nobody was told that it succeeded.
  ftruncateSync(file, bytes);

  const rewrite = (): void => {
    const fresh = openSync(`${path}.new`, "w");
    bytes = 0;
    for (const [name, entries] of spaces) {
      for (const [key, json] of entries.range()) bytes += writeLine(fresh, [[name, key, json]]);
    }
    fsyncSync(fresh);
    closeSync(fresh);
    closeSync(file);
    renameSync(`${path}.new`, path);
    file = openSync(path, "a+");
  };
  rmSync(`${path}.new`, { force: true });

  return {
    space,
    commit(changes) {
      if (changes.length === 0) return;
      if (!isOpen) throw new Error("The database is closed.");
      try {
        bytes += writeLine(file, changes);
      } catch (error) {
        ftruncateSync(file, bytes);
        throw error;
      }
      changes.forEach(apply);
      if (bytes > rewriteAboveBytes && bytes > 4 * liveBytes) rewrite();
    },
    close() {
      // A second closing would hit whichever file has got the same descriptor since.
      if (!isOpen) return;
      isOpen = false;
      closeSync(file);
      unlock();
    },
  };
}

function writeLine(file: number, changes: readonly Change[]): number {
  const line = changes
    .map(([space, key, json]) => `[${JSON.stringify(space)},${JSON.stringify(key)},${json}]`)
    .join(",");
  const data = Buffer.from(`[${line}]\n`);
  for (let written = 0; written < data.length; ) written += writeSync(file, data, written);
  return data.length;
}

/** Returns the length of the part that consists of whole lines. */
function replay(file: number, path: string, apply: (change: Change) => void): number {
  const chunk = Buffer.alloc(chunkBytes);
  let pending: Buffer[] = [];
  let position = 0;
  let whole = 0;
  for (let count = readSync(file, chunk, 0, chunkBytes, position); count > 0; ) {
    let start = 0;
    for (let end = chunk.indexOf(10, 0); end >= 0 && end < count; end = chunk.indexOf(10, start)) {
      const line = Buffer.concat([...pending, chunk.subarray(start, end)]);
      for (const change of decode(line, path, whole)) apply(change);
      pending = [];
      start = end + 1;
      whole = position + start;
    }
    pending.push(Buffer.from(chunk.subarray(start, count)));
    position += count;
    count = readSync(file, chunk, 0, chunkBytes, position);
  }
  return whole;
}

function decode(line: Buffer, path: string, at: number): Change[] {
  try {
    const changes = JSON.parse(line.toString()) as [string, string, unknown][];
    return changes.map(([space, key, value]) => [space, key, value === null ? null : JSON.stringify(value)]);
  } catch {
    throw new Error(`${path} is damaged at byte ${at}. Delete its directory to start with empty tables.`);
  }
}
