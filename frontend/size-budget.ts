import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

/**
 * What a visitor's browser downloads, in bytes after brotli, against its budget. Needs a build:
 * `npm run build:frontend && node --import tsx frontend/size-budget.ts`. Exits with 1 when something is too heavy.
 */
const site = fileURLToPath(new URL("../dist/site/", import.meta.url));

/** Bytes. The panel and the portal count everything that their page loads before it can be used, in English. */
const budgets: Readonly<Record<string, number>> = {
  "widget.js": 1_000,
  "widget/index.html": 27_000,
  "portal/index.html": 26_000,
};

function weightOf(file: string): number {
  return brotliCompressSync(readFileSync(site + file)).length;
}

/** The page and the scripts and style sheets that it names. */
function filesOf(page: string): readonly string[] {
  if (!page.endsWith(".html")) return [page];
  const html = readFileSync(site + page, "utf8");
  return [page, ...[...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].flatMap((match) => match[1] ?? [])];
}

if (!readdirSync(site).includes("widget.js")) throw new Error("Build first: npm run build:frontend");
for (const [page, budget] of Object.entries(budgets)) {
  const weight = filesOf(page)
    .map(weightOf)
    .reduce((sum, each) => sum + each, 0);
  console.log(`${page}  ${weight} of ${budget} bytes${weight > budget ? "  TOO HEAVY" : ""}`);
  if (weight > budget) process.exitCode = 1;
}
