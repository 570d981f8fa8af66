import type { FunctionError } from "../service.ts";
import type { Sandbox } from "./sandbox.ts";

export interface PoolLimits {
  /** How many sandboxes stay in memory over all functions; beyond it the longest idle one ends. */
  readonly warm: number;
  readonly idleMs: number;
}

type Started = Sandbox | { error: FunctionError };

interface Idle {
  readonly owner: string;
  readonly sandbox: Sandbox;
  readonly timer: NodeJS.Timeout;
}

export interface SandboxPool {
  /** A warm sandbox of the function, a new one, or after a wait the next that becomes free. */
  acquire(owner: string, concurrency: number, start: () => Promise<Started>): Promise<Started>;
  /** Must follow every `acquire` that gave a sandbox. */
  release(owner: string, sandbox: Sandbox): void;
  close(): Promise<void>;
}

/**
 * Sandboxes of all functions. A function that wants more than its concurrency waits in line. The total is not a hard
 * limit, since functions that wait for each other would block: over it, sandboxes only stop staying warm.
 */
export function createSandboxPool(limits: PoolLimits): SandboxPool {
  const counts = new Map<string, number>();
  const lines = new Map<string, (() => void)[]>();
  /** Longest idle first. */
  let idle: Idle[] = [];
  const ending = new Set<Promise<void>>();
  const busy = new Set<Sandbox>();
  let closed = false;

  const total = (): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
  const count = (owner: string, change: number): void => {
    counts.set(owner, (counts.get(owner) ?? 0) + change);
  };

  function end(sandbox: Sandbox): void {
    const ended = sandbox.end().finally(() => ending.delete(ended));
    ending.add(ended);
  }

  function evict(one: Idle): void {
    clearTimeout(one.timer);
    idle = idle.filter((other) => other !== one);
    count(one.owner, -1);
    end(one.sandbox);
  }

  function takeIdle(owner: string): Sandbox | undefined {
    const one = idle.findLast((candidate) => candidate.owner === owner);
    if (one === undefined) return undefined;
    clearTimeout(one.timer);
    idle = idle.filter((other) => other !== one);
    return one.sandbox;
  }

  function callNext(owner: string): void {
    lines.get(owner)?.shift()?.();
  }

  return {
    async acquire(owner, concurrency, start) {
      for (;;) {
        const warm = takeIdle(owner);
        if (warm?.alive) {
          busy.add(warm);
          return warm;
        }
        if (warm) {
          count(owner, -1);
          continue;
        }
        if ((counts.get(owner) ?? 0) < concurrency) break;
        await new Promise<void>((resolve) => {
          lines.set(owner, [...(lines.get(owner) ?? []), resolve]);
        });
      }
      count(owner, 1);
      const oldest = idle[0];
      if (oldest && total() > limits.warm) evict(oldest);
      const started = await start();
      if ("error" in started) {
        count(owner, -1);
        callNext(owner);
      } else busy.add(started);
      return started;
    },
    release(owner, sandbox) {
      busy.delete(sandbox);
      if (!sandbox.alive || closed) {
        count(owner, -1);
        end(sandbox);
      } else {
        const one: Idle = { owner, sandbox, timer: setTimeout(() => evict(one), limits.idleMs) };
        one.timer.unref();
        idle.push(one);
        if (total() > limits.warm && (lines.get(owner)?.length ?? 0) === 0) evict(idle[0] ?? one);
      }
      callNext(owner);
    },
    async close() {
      closed = true;
      for (const one of idle) evict(one);
      for (const sandbox of busy) end(sandbox);
      await Promise.all(ending);
    },
  };
}
