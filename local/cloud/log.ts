import type { Clock, Log, LogEntry } from "./service.ts";

const kept = 5_000;

/** The newest lines of everything that runs. */
export function createLog(clock: Clock): Log {
  const entries: LogEntry[] = [];
  const listeners = new Set<(entry: LogEntry) => void>();
  return {
    write(source, text) {
      const entry = { at: clock.now(), source, text };
      entries.push(entry);
      if (entries.length > kept * 1.1) entries.splice(0, entries.length - kept);
      for (const listener of listeners) listener(entry);
    },
    entries: (source = "") => entries.filter((entry) => entry.source.startsWith(source)).slice(-kept),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
