import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { asyncApi } from "./generators/async-api.ts";
import { openApi } from "./generators/open-api.ts";
import { stateDiagram, stateTable } from "./generators/states.ts";

/**
 * Writes every document that follows from the code. With `--check` it writes nothing and fails when one is stale:
 * `npm run check:docs`.
 */
export async function staleDocuments(write: boolean): Promise<string[]> {
  const stale: string[] = [];
  for (const [name, text] of await documents()) {
    const path = fileURLToPath(new URL(`../${name}`, import.meta.url));
    const current = await readFile(path, "utf8").catch(() => "");
    if (current === text) continue;
    stale.push(name);
    if (write) await writeFile(path, text);
  }
  return stale;
}

async function documents(): Promise<[name: string, text: string][]> {
  const yaml = (value: unknown): string => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const states = [
    "# The states of a conversation",
    "Generated from the table in `lambdas/domain/status.ts` by `npm run docs`.",
    stateDiagram(),
    stateTable(),
  ];
  return [
    ["docs/openapi.yaml", yaml(openApi())],
    ["docs/asyncapi.yaml", yaml(asyncApi())],
    ["docs/conversation-states.md", `${states.join("\n\n")}\n`],
    ["README.md", replaceSection(readme, "states", stateDiagram())],
  ];
}

/** Replaces what stands between `<!-- states -->` and `<!-- /states -->`. */
function replaceSection(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = text.split(open);
  const after = rest?.split(close)[1];
  if (before === undefined || after === undefined) throw new Error(`README.md has no ${open} … ${close} section`);
  return `${before}${open}\n${content}\n${close}${after}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes("--check");
  const stale = await staleDocuments(!check);
  if (check && stale.length > 0) {
    console.error(`Stale: ${stale.join(", ")}. Run \`npm run docs\` and commit the result.`);
    process.exit(1);
  }
  console.log(stale.length === 0 ? "Documents are up to date." : `Written: ${stale.join(", ")}`);
}
