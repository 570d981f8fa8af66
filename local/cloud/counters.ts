import type { Counters } from "./service.ts";

type Sums = { [name: string]: number | Sums };

/** Keeps sums by dotted name. A name that is both a sum and a prefix shows its own sum as `total`. */
export function createCounters(): Counters {
  const sums = new Map<string, number>();
  return {
    add(name, amount = 1) {
      sums.set(name, (sums.get(name) ?? 0) + amount);
    },
    snapshot() {
      const root: Sums = {};
      for (const [name, sum] of [...sums].sort(([one], [other]) => one.localeCompare(other))) place(root, name, sum);
      return root;
    },
    reset: () => sums.clear(),
  };
}

function place(root: Sums, name: string, sum: number): void {
  const path = name.split(".");
  const last = path.pop() ?? name;
  let node = root;
  for (const step of path) {
    const child = node[step];
    const branch: Sums = typeof child === "object" ? child : child === undefined ? {} : { total: child };
    node[step] = branch;
    node = branch;
  }
  const existing = node[last];
  if (typeof existing === "object") existing.total = sum;
  else node[last] = sum;
}
