import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lambdaEntries } from "../../lambdas/bundle.ts";
import { type OperationId, operations } from "../../lambdas/contracts/http.ts";

const table = Object.entries(operations) as [OperationId, (typeof operations)[OperationId]][];
const entries = lambdaEntries(join(import.meta.dirname, "..", "..", "lambdas"));
/** The function of an operation: its own name, unless it shares one. */
function functionOf(id: OperationId): string {
  const operation: { readonly method: string; readonly servedBy?: string } = operations[id];
  return operation.servedBy ?? id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
const placeholdersOf = (path: string): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);

/** The operations that an entry serves; none when it does not serve HTTP. */
function operationsServedBy(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const own = /\bhttpHandler\(\s*"(\w+)"/.exec(text)?.[1];
  if (own !== undefined) return [own];
  const shared = text.split(/\bhttpHandlers\(/)[1] ?? "";
  return [...shared.matchAll(/^ {4}(?:async )?(\w+)[:(,]/gm)].flatMap(([, name = ""]) =>
    name in operations ? name : [],
  );
}

describe("the table of operations", () => {
  it("gives every method and path to one operation", () => {
    // Two paths that differ in the name of a placeholder are one route.
    const routes = table.map(([, { method, path }]) => `${method} ${path.replace(/\{\w+\}/g, "{}")}`);
    expect(routes.filter((route, i) => routes.indexOf(route) !== i)).toEqual([]);
  });

  it.each(table)("%s has a path of plain segments and known ids", (_, { path }) => {
    expect(path).toMatch(/^\/api(\/([a-z-]+|\{\w+\}))+$/);
    const known = ["chatbotId", "conversationId", "linkId", "agentId", "fileId", "shortcut", "deviceId", "entryId"];
    expect(placeholdersOf(path).filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(table.filter(([, { access }]) => access === "agent" || access === "owner"))(
    "%s names the chatbot whose membership is asked",
    (_, { path }) => {
      expect(placeholdersOf(path)).toContain("chatbotId");
    },
  );

  it.each(table)("%s takes a body where its method carries one, and never otherwise", (id, operation) => {
    // The body of a one-click unsubscription is the mail program's (RFC 8058): what counts is in the address.
    const isOneClick = id === "unsubscribeMail";
    expect("body" in operation).toBe(["POST", "PUT"].includes(operation.method) && !isOneClick);
    if ("query" in operation) expect(operation.method).toBe(isOneClick ? "POST" : "GET");
  });

  it.each(table)("%s is served by the function that the table names", (id) => {
    const file = entries[functionOf(id)];
    expect(file).toBeDefined();
    expect(operationsServedBy(file ?? "")).toContain(id);
  });

  it("has an operation for every entry that serves HTTP", () => {
    const served = Object.values(entries).flatMap((file) => operationsServedBy(file));
    expect(served.toSorted()).toEqual(Object.keys(operations).toSorted());
  });
});
