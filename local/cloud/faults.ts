import { randomUUID } from "node:crypto";
import { type Fault, type Faults, faultKinds } from "./service.ts";

/** Faults that have been switched on and have not struck often enough yet. */
export function createFaults(): Faults {
  let active: Fault[] = [];
  return {
    strike(kind, at = {}) {
      const fault = active.find((one) => one.kind === kind && applies(one, at));
      if (fault === undefined) return undefined;
      fault.remaining -= 1;
      if (fault.remaining <= 0) active = active.filter((one) => one !== fault);
      return fault;
    },
    list: () => active,
    add({ kind, times = 1, match = {}, options = {} }) {
      if (!(kind in faultKinds)) {
        throw new Error(`Unknown fault ${kind}. There are: ${Object.keys(faultKinds).join(", ")}.`);
      }
      const fault: Fault = { id: randomUUID(), kind, remaining: times, match, options };
      active = [...active, fault];
      return fault;
    },
    remove(id) {
      const before = active.length;
      active = active.filter((one) => one.id !== id);
      return active.length < before;
    },
    clear() {
      active = [];
    },
  };
}

/** The CDK appends a hash to logical ids, so a function is also found by the beginning of its id. */
function applies(fault: Fault, at: Readonly<Record<string, string>>): boolean {
  return Object.entries(fault.match).every(([key, wanted]) =>
    key === "function" ? at[key]?.startsWith(wanted) === true : at[key] === wanted,
  );
}
