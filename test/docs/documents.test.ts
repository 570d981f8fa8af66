import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { staleDocuments } from "../../docs/generate.ts";
import { faultKinds } from "../../local/cloud/service.ts";

const root = join(import.meta.dirname, "..", "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const markdownIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join(folder, file));

const pages = ["README.md", "CONTRIBUTING.md", ...markdownIn("docs")];
const decisions = markdownIn("docs/adr");

/** Markdown without code, in which brackets and headings mean nothing. */
const proseOf = (page: string): string =>
  read(page)
    .replace(/^```.*?^```$/gms, "")
    .replace(/`[^`\n]*`/g, "");

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): readonly string[] {
  const headings = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Links of a page that lead nowhere: a file that is not there, or a heading that its page does not have. */
function brokenLinksOf(page: string): readonly string[] {
  const targets = [...proseOf(page).matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, target = ""]) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [file = "", anchor] = target.split("#");
      const path = file === "" ? page : join(dirname(page), file);
      if (!existsSync(join(root, path))) return true;
      return anchor !== undefined && !anchorsOf(path).includes(anchor);
    });
}

describe("the generated documents", () => {
  it("say what the code says: run `npm run docs` when this fails", async () => {
    expect(await staleDocuments(false)).toEqual([]);
  });

  it.each(["docs/openapi.yaml", "docs/asyncapi.yaml"])("%s refers to nothing but its own parts", (file) => {
    const document: unknown = parse(read(file));
    const references = [...read(file).matchAll(/\$ref: "?([^"\s]+)"?$/gm)].map(([, reference = ""]) => reference);
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter((reference) => partOf(document, reference) === undefined)).toEqual([]);
  });

  it("describe every placeholder of a path, once", () => {
    const { paths } = parse(read("docs/openapi.yaml")) as { paths: Record<string, Record<string, OpenApiOperation>> };
    for (const [path, methods] of Object.entries(paths)) {
      const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters } of Object.values(methods)) {
        const described = parameters.filter((each) => each.in === "path").map(({ name }) => name);
        expect(described, path).toEqual(placeholders);
      }
    }
  });
});

interface OpenApiOperation {
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
}

/** What a reference such as `#/components/schemas/Error` points at. */
function partOf(document: unknown, reference: string): unknown {
  const [empty, ...names] = reference.replace(/^#/, "").split("/");
  if (empty !== "") return undefined;
  return names.reduce<unknown>(
    (part, name) =>
      typeof part === "object" && part !== null && Object.hasOwn(part, name)
        ? (part as Record<string, unknown>)[name]
        : undefined,
    document,
  );
}

describe("the written documents", () => {
  it.each(pages)("%s links to what exists", (page) => {
    expect(brokenLinksOf(page)).toEqual([]);
  });

  it.each(decisions)("%s tells context, decision and cost", (page) => {
    const text = read(page);
    for (const part of ["Context", "Decision", "Cost"])
      expect(text).toMatch(new RegExp(`^\\*\\*${part}\\.\\*\\* \\S`, "m"));
  });

  it("number every decision once", () => {
    const numbers = decisions.map((page) => /(\d{4})-[^/]+$/.exec(page)?.[1]);
    expect(numbers).not.toContain(undefined);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("list every fault that the local cloud knows, and no other", () => {
    const section = /^## Faults$(.*?)^## /ms.exec(read("docs/local.md"))?.[1] ?? "";
    const rows = [...section.matchAll(/^\| (`[^|]+) \|/gm)].map(([, cell = ""]) => cell);
    const listed = rows.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, kind]) => kind));
    expect(listed.toSorted()).toEqual(Object.keys(faultKinds).toSorted());
  });
});
