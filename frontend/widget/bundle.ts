import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { minify } from "vite";
import { shrink } from "./shrink.ts";

export interface BuiltFile {
  /** Below the root of the site. */
  readonly fileName: string;
  readonly source: string;
}

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const target = "es2022";
const markdownStyles = here("../shared/markdown.css");

/**
 * The widget: `/widget.js`, `/widget/index.html` and what it loads. It is not a page like the others, because every byte
 * counts: its JSX is drawn by `renderer/` instead of Preact, and `shrink` goes further than a minifier may.
 */
export async function bundleWidget(): Promise<readonly BuiltFile[]> {
  const { styles, scripts } = await bundlePanel();
  scripts.set("page-api.js", await bundleScript("./page-api.ts"));
  const files = Object.values(shrink({ styles, scripts })).flatMap((some: ReadonlyMap<string, string>) => [...some]);
  // One hash for all: they were made to fit each other.
  const hash = createHash("sha256").update(JSON.stringify(files)).digest("base64url").slice(0, 8);
  const directory = `assets/widget-${hash}`;
  const page = readFileSync(here("./index.html"), "utf8").replace(/\n\s*/g, "").replaceAll("./panel", `/${directory}/panel`);
  return [
    { fileName: "widget.js", source: await bundleScript("./loader.ts", { PAGE_API: `/${directory}/page-api.js` }) },
    { fileName: "widget.d.ts", source: readFileSync(here("./live-chat.d.ts"), "utf8") },
    { fileName: "widget/index.html", source: page },
    ...files.map(([file, source]) => ({ fileName: `${directory}/${file}`, source })),
  ];
}

async function bundlePanel(): Promise<{ styles: Map<string, string>; scripts: Map<string, string> }> {
  const { outputFiles } = await build({
    entryPoints: { panel: here("./panel.tsx"), markdown: markdownStyles },
    plugins: [styleSheetApart(markdownStyles)],
    bundle: true,
    splitting: true,
    write: false,
    outdir: "/",
    format: "esm",
    minify: true,
    target,
    jsx: "automatic",
    jsxImportSource: "preact",
    alias: {
      preact: here("./renderer/render.ts"),
      "preact/hooks": here("./renderer/hooks.ts"),
      "preact/jsx-runtime": here("./renderer/elements.ts"),
    },
    legalComments: "none",
    charset: "utf8",
    logOverride: { "ignored-bare-import": "silent" },
  });
  const styles = new Map<string, string>();
  const scripts = new Map<string, string>();
  for (const { path, text } of outputFiles) {
    // A later part's styles are in the panel's or in those of Markdown; esbuild writes them once more.
    if (/\/(panel|markdown)\.css$/.test(path)) styles.set(basename(path), text);
    else if (path.endsWith(".js")) scripts.set(basename(path), await smaller(basename(path), text, true));
  }
  return { styles, scripts };
}

/** Keeps a style sheet out of the panel's own: the part that needs it asks for it. */
function styleSheetApart(file: string): Plugin {
  return {
    name: "style-sheet-apart",
    setup(bundling) {
      bundling.onResolve({ filter: /\.css$/ }, ({ path, resolveDir, kind }) =>
        kind !== "entry-point" && join(resolveDir, path) === file ? { path, namespace: "apart" } : undefined,
      );
      bundling.onLoad({ filter: /.*/, namespace: "apart" }, () => ({ contents: "", loader: "css" }));
    },
  };
}

/** A classic script: it stands in the pages of others. */
async function bundleScript(entry: string, define: Readonly<Record<string, string>> = {}): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [here(entry)],
    bundle: true,
    write: false,
    format: "iife",
    minify: true,
    target,
    define: Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)])),
    legalComments: "none",
    // A function body is strict enough, and 13 bytes shorter.
    tsconfigRaw: {},
  });
  return await smaller(entry, outputFiles.map(({ text }) => text).join(""), false);
}

/** The second minifier finds what the first one left. */
async function smaller(name: string, code: string, module: boolean): Promise<string> {
  const { code: result } = await minify(name, code, { module, compress: true, mangle: true, codegen: true });
  return result;
}
