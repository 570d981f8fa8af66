import { readFileSync } from "node:fs";
import * as z from "zod";
import { events } from "../../lambdas/contracts/events.ts";
import { clientActions, serverFrames } from "../../lambdas/contracts/protocol.ts";

export type Example = Readonly<Record<string, unknown>>;

/** A contract with golden examples of it: the smallest and the fullest, as other systems have stored or sent them. */
export interface Golden {
  readonly name: string;
  readonly schema: z.ZodObject;
  readonly examples: readonly Example[];
}

const fileShape = z.record(z.string(), z.array(z.record(z.string(), z.unknown())).min(1));

/** The examples of a file. A contract without one, or one without a contract, throws. */
function goldenOf(file: string, schemas: Readonly<Record<string, z.ZodObject>>): readonly Golden[] {
  const path = new URL(`./fixtures/${file}.json`, import.meta.url);
  const examples = fileShape.parse(JSON.parse(readFileSync(path, "utf8")));
  const [described, defined] = [Object.keys(examples), Object.keys(schemas)].map((names) =>
    names.toSorted().join(", "),
  );
  if (described !== defined) throw new Error(`${file}.json has examples of ${described}; the contracts are ${defined}`);
  return Object.entries(schemas).map(([name, schema]) => ({ name, schema, examples: examples[name] ?? [] }));
}

export const goldenActions = goldenOf("client-actions", clientActions);
export const goldenFrames = goldenOf("server-frames", serverFrames);
export const goldenEvents = goldenOf("events", events);
