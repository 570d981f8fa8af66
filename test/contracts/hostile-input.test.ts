import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { operations } from "../../lambdas/contracts/http.ts";
import { ClientAction, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import { goldenActions, goldenEvents, goldenFrames } from "./golden.ts";

const inputs: readonly (readonly [string, z.ZodType])[] = [
  ["ClientAction", ClientAction],
  ["ServerFrame", ServerFrame],
  ...goldenEvents.map(({ name, schema }) => [name, schema] as const),
  ...Object.entries(operations).flatMap(([id, operation]) => [
    ...("body" in operation ? [[`${id}, body`, operation.body] as const] : []),
    ...("query" in operation ? [[`${id}, query`, operation.query] as const] : []),
  ]),
];

/** Whatever JSON can say, names that reach into prototypes included. */
const names = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "prototype", "toString", "then"));
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.jsonValue({ maxDepth: 0 }),
    fc.array(tie("value")),
    fc.array(fc.tuple(names, tie("value"))).map((pairs) => {
      const text = pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join();
      return JSON.parse(`{${text}}`) as unknown;
    }),
  ),
})).value;

/** The parts of a value that a mutation can replace, as paths. */
function pathsIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, part]) => pathsIn(part, [...at, name]))];
}

function replaced(value: unknown, [name, ...rest]: readonly string[], part: unknown): unknown {
  if (name === undefined) return part;
  if (Array.isArray(value)) return value.map((each, i) => (String(i) === name ? replaced(each, rest, part) : each));
  return { ...(value as object), [name]: replaced((value as Record<string, unknown>)[name], rest, part) };
}

/** A golden example of which one part is something else. */
const almostGolden = fc
  .constantFrom(...[...goldenActions, ...goldenFrames, ...goldenEvents].flatMap(({ examples }) => examples))
  .chain((example) => fc.tuple(fc.constant(example), fc.constantFrom(...pathsIn(example)), anyJson))
  .map(([example, path, part]) => replaced(example, path, part));

/** Either what the contract says, unchanged by a second reading, or a refusal that names at least one reason. */
function expectResult(schema: z.ZodType, input: unknown): void {
  const before = JSON.stringify(input);
  const result = schema.safeParse(input);
  if (result.success) expect(schema.parse(result.data)).toEqual(result.data);
  else expect(result.error.issues.length).toBeGreaterThan(0);
  expect(JSON.stringify(input)).toBe(before);
  expect(Object.keys(Object.prototype)).toEqual([]);
}

describe("reading hostile input", () => {
  it.each(inputs)("%s gives a result for any JSON, never an exception", (_, schema) => {
    fc.assert(fc.property(fc.oneof(anyJson, almostGolden), (input) => expectResult(schema, input)));
  });

  it.each([...goldenActions, ...goldenFrames, ...goldenEvents])("$name gives a result for bent examples", (golden) => {
    const bent = fc
      .constantFrom(...golden.examples)
      .chain((example) => fc.tuple(fc.constant(example), fc.constantFrom(...pathsIn(example)), anyJson))
      .map(([example, path, part]) => replaced(example, path, part));
    fc.assert(fc.property(bent, (input) => expectResult(golden.schema, input)));
  });
});
