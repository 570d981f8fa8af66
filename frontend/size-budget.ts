import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

/**
 * What a visitor's browser downloads, in bytes after brotli, against its budget. Needs a build:
 * `npm run build:frontend && node --import tsx frontend/size-budget.ts`. Exits with 1 when something is too heavy;
 * `test/frontend/size-budget.test.ts` fails then, too.
 */
const site = fileURLToPath(new URL("../dist/site/", import.meta.url));

export interface Weight {
  readonly what: string;
  readonly bytes: number;
  readonly budget: number;
  readonly files: readonly string[];
}

/** @throws Error when there is no build, or a part is not in it any more */
export function weights(): readonly Weight[] {
  if (!readdirSync(site).includes("widget.js")) throw new Error("Build first: npm run build:frontend");
  const panel = pageFiles("widget/index.html");
  const directory = panel.find((file) => file.endsWith("/panel.js"))?.replace("panel.js", "") ?? "";
  const widget = (...names: readonly string[]) => names.map((name) => directory + name);
  const following = widget("later.css", "part-later.js");
  const measured: readonly (readonly [what: string, budget: number, files: readonly string[]])[] = [
    ["The loader, before anybody opens the chat", 1_000, ["widget.js"]],
    ["The panel in English, until one can read and write", 15_300, panel],
    ["What follows it by itself: whatever else can be done", 9_700, following],
    // Part A of the product; what follows has more than that.
    ["Both, and the form for the lead", 26_000, [...panel, ...following, ...widget("part-lead-form.js")]],
    ["On the page once the chat is wanted: LiveChat() and its events", 1_100, widget("page-api.js")],
    ["A portal", 26_000, pageFiles("portal/index.html")],
  ];
  return measured.map(([what, budget, files]) => {
    // What the panel has loaded is not loaded again.
    const all = withStaticImports(files).filter((file) => files.includes(file) || !panel.includes(file));
    const bytes = all
      .map((file) => brotliCompressSync(readFileSync(site + file)).length)
      .reduce((sum, each) => sum + each, 0);
    return { what, bytes, budget, files: all };
  });
}

/** The page, and the scripts and style sheets that it names. */
function pageFiles(page: string): readonly string[] {
  const html = readFileSync(site + page, "utf8");
  return [page, ...[...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].flatMap((match) => match[1] ?? [])];
}

/** Scripts bring others with them. */
function withStaticImports(files: readonly string[]): readonly string[] {
  const found = new Set(files);
  for (const file of found) {
    if (!file.endsWith(".js")) continue;
    const imports = readFileSync(site + file, "utf8").matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+)["'`]/g);
    for (const [, name = ""] of imports) found.add(file.replace(/[^/]+$/, name));
  }
  return [...found];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { what, bytes, budget } of weights()) {
    console.log(`${what}: ${bytes} of ${budget} bytes${bytes > budget ? "  TOO HEAVY" : ""}`);
    if (bytes > budget) process.exitCode = 1;
  }
}
