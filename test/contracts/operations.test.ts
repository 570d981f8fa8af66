import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lambdaEntries } from "../../lambdas/bundle.ts";
import { type OperationId, operations } from "../../lambdas/contracts/http.ts";

const table = Object.entries(operations) as [OperationId, (typeof operations)[OperationId]][];
const entries = lambdaEntries(join(import.meta.dirname, "..", "..", "lambdas"));
const kebab = (id: string): string => id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const placeholdersOf = (path: string): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);

/** The operation that an entry names as its own; `undefined` when it does not serve HTTP. */
function operationServedBy(file: string): string | undefined {
  return /\bhttpHandler\(\s*"(\w+)"/.exec(readFileSync(file, "utf8"))?.[1];
}

describe("the table of operations", () => {
  it("gives every method and path to one operation", () => {
    // Two paths that differ in the name of a placeholder are one route.
    const routes = table.map(([, { method, path }]) => `${method} ${path.replace(/\{\w+\}/g, "{}")}`);
    expect(routes.filter((route, i) => routes.indexOf(route) !== i)).toEqual([]);
  });

  it.each(table)("%s has a path of plain segments and known ids", (_, { path }) => {
    expect(path).toMatch(/^\/api(\/([a-z-]+|\{\w+\}))+$/);
    const known = ["chatbotId", "conversationId", "linkId", "agentId"];
    expect(placeholdersOf(path).filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(table.filter(([, { access }]) => access === "agent" || access === "owner"))(
    "%s names the chatbot whose membership is asked",
    (_, { path }) => {
      expect(placeholdersOf(path)).toContain("chatbotId");
    },
  );

  it.each(table)("%s takes a body where its method carries one, and never otherwise", (_, operation) => {
    expect("body" in operation).toBe(["POST", "PUT"].includes(operation.method));
    if ("query" in operation) expect(operation.method).toBe("GET");
  });

  it.each(table)("%s is served by the file of its name", (id) => {
    const file = entries[kebab(id)];
    expect(file).toBeDefined();
    expect(operationServedBy(file ?? "")).toBe(id);
  });

  it("has an operation for every entry that serves HTTP", () => {
    const served = Object.values(entries).flatMap((file) => operationServedBy(file) ?? []);
    expect(served.toSorted()).toEqual(Object.keys(operations).toSorted());
  });
});
