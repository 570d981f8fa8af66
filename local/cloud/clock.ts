import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import type { Clock } from "./service.ts";

/** The clock that everything shares, with the offset that sandboxes read across threads. */
export interface LocalClock extends Clock {
  /** One signed 64-bit integer: how many milliseconds local time is ahead of real time. */
  readonly sharedOffset: SharedArrayBuffer;
  /** Cancels everything that still waits. */
  close(): void;
}

interface Waiting {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
}

/** Longest wait that `setTimeout` takes; longer ones are looked at again. */
const longestTimeout = 2 ** 31 - 1;

/** Runs with real time, and jumps when told to. */
export function createClock(): LocalClock {
  const sharedOffset = new SharedArrayBuffer(8);
  const offset = new BigInt64Array(sharedOffset);
  const waiting = new Set<Waiting>();
  let order = 0;
  let timer: NodeJS.Timeout | undefined;

  const now = (): number => Date.now() + Number(Atomics.load(offset, 0));

  function moveTo(time: number): void {
    const ahead = time - now();
    if (ahead > 0) Atomics.add(offset, 0, BigInt(Math.ceil(ahead)));
  }

  function next(): Waiting | undefined {
    let first: Waiting | undefined;
    for (const one of waiting) {
      if (!first || one.due < first.due || (one.due === first.due && one.order < first.order)) first = one;
    }
    return first;
  }

  function arm(): void {
    clearTimeout(timer);
    const first = next();
    if (first === undefined) return;
    timer = setTimeout(runDue, Math.min(Math.max(0, first.due - now()), longestTimeout));
    timer.unref();
  }

  function runDue(): void {
    for (let first = next(); first !== undefined && first.due <= now(); first = next()) {
      waiting.delete(first);
      first.run();
    }
    arm();
  }

  return {
    sharedOffset,
    now,
    after(ms, run) {
      const one: Waiting = { due: now() + Math.max(0, ms), order: order++, run };
      waiting.add(one);
      arm();
      return () => {
        if (waiting.delete(one)) arm();
      };
    },
    async advance(ms) {
      const target = now() + ms;
      for (let first = next(); first !== undefined && first.due <= target; first = next()) {
        moveTo(first.due);
        waiting.delete(first);
        first.run();
        // What a callback starts may schedule the next one, which must come in its own turn.
        await turnOfTheLoop();
      }
      moveTo(target);
      arm();
    },
    close() {
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
