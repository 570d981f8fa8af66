import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import * as fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import type { drawing, Tree } from "./renderer/drawing.ts";

type Drawing = ReturnType<typeof drawing>;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("./renderer/page.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
  });
  await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
});
afterAll(async () => {
  await browser.close();
});

/** Has the page draw by one renderer or the other. */
function draw(by: "preact" | "ours", method: keyof Drawing, given: unknown): Promise<readonly string[]> {
  type Drawings = Readonly<Record<string, Readonly<Record<string, (given: unknown) => readonly string[]>>>>;
  return page.evaluate(
    ([renderer, name, argument]) =>
      (window as unknown as Drawings)[renderer as string]?.[name as string]?.(argument) ?? [],
    [by, method, given],
  );
}

const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.constantFrom<Tree[]>(null, false, true, 0, 7, "", "text", "<b>"),
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.record(
      {
        tag: fc.constantFrom("p", "div", "svg", "passing"),
        title: fc.constantFrom("one", "two", null),
        expanded: fc.boolean(),
        children: fc.array(tie("tree"), { maxLength: 4 }),
      },
      { requiredKeys: ["tag", "children"] },
    ),
  ),
})).tree;

/** Lists as a conversation's lines are: every key once, in any order. */
const keyedList = fc
  .uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"))
  .map((keys): Tree => ({ tag: "div", children: [keys.map((key) => ({ tag: "p", key, children: [key] }))] }));

describe("the panel's renderer", () => {
  it("draws what Preact draws, whatever follows whatever", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(tree, keyedList), { minLength: 1, maxLength: 6 }), async (trees) => {
        expect(await draw("ours", "history", trees)).toEqual(await draw("preact", "history", trees));
      }),
      { numRuns: 200 },
    );
  });

  it("keeps state, focus and effects with the key, and ends effects with it", async () => {
    const lists = [["a", "b"], ["b", "a"], ["c", "b", "a"], ["a"], ["b"]];
    const ours = await draw("ours", "counters", lists);
    expect(ours).toEqual(["a1b0 a1", "b0a2 a2", "c0b0a3 a3", "a4 a4", "b0 ", "abbc"]);
    expect(ours).toEqual(await draw("preact", "counters", lists));
  });
});
