import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { build as buildWithVite, minify, type Rollup } from "vite";
import { shrink } from "./shrink.ts";

export interface BuiltFile {
  /** Below the root of the site. */
  readonly fileName: string;
  readonly source: string;
}

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const target = "es2022";

/**
 * The widget: `/widget.js`, `/widget/index.html` and what it loads. It is not a page like the others, because every byte
 * counts: its JSX is drawn by `renderer/` instead of Preact, and `shrink` drops from the style sheets what no script draws.
 */
export async function bundleWidget(): Promise<readonly BuiltFile[]> {
  const { styles, scripts } = await bundlePanel();
  scripts.set("page-api.js", await bundleScript("./page-api.ts"));
  const files = [...shrink({ styles, scripts }), ...scripts];
  // One hash for all: they were made to fit each other.
  const hash = createHash("sha256").update(JSON.stringify(files)).digest("base64url").slice(0, 8);
  const directory = `assets/widget-${hash}`;
  const page = readFileSync(here("./index.html"), "utf8")
    .replace(/\n\s*/g, "")
    .replaceAll("./panel", `/${directory}/panel`);
  return [
    { fileName: "widget.js", source: await bundleScript("./loader.ts", { PAGE_API: `/${directory}/page-api.js` }) },
    { fileName: "widget.d.ts", source: readFileSync(here("./live-chat.d.ts"), "utf8") },
    { fileName: "widget/index.html", source: page },
    ...files.map(([file, source]) => ({ fileName: `${directory}/${file}`, source })),
  ];
}

/**
 * The panel and the parts that come later, which find what they share with it in `panel.js`: one file to begin with. The
 * styles of those parts are one sheet, `later.css`.
 */
async function bundlePanel(): Promise<{ styles: Map<string, string>; scripts: Map<string, string> }> {
  const built = (await buildWithVite({
    configFile: false,
    root: here("."),
    logLevel: "warn",
    publicDir: false,
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    resolve: {
      alias: [
        { find: /^preact$/, replacement: here("./renderer/render.ts") },
        { find: /^preact\/hooks$/, replacement: here("./renderer/hooks.ts") },
        { find: /^preact\/jsx-runtime$/, replacement: here("./renderer/elements.ts") },
      ],
    },
    build: {
      write: false,
      target,
      minify: false,
      cssMinify: true,
      cssCodeSplit: true,
      lib: { entry: here("./panel.tsx"), formats: ["es"], fileName: () => "entry.js" },
      rollupOptions: {
        output: {
          chunkFileNames: ({ name }) => (name === "panel" ? "panel.js" : `part-${name}.js`),
          // Left to itself, the bundler would make a file of every set of modules that two parts have in common.
          codeSplitting: { groups: [{ name: "panel", tags: ["$initial"] }] },
        },
      },
    },
  })) as readonly Rollup.RolldownOutput[];
  const styles = new Map([
    ["panel.css", ""],
    ["later.css", ""],
  ]);
  const scripts = new Map<string, string>();
  for (const file of built.flatMap(({ output }) => output)) {
    if (file.type === "chunk") {
      // Only imports the panel.
      if (file.isEntry) continue;
      scripts.set(file.fileName, await smaller(file.fileName, file.code, true));
    } else {
      const sheet = file.fileName.endsWith("panel.css") ? "panel.css" : "later.css";
      styles.set(sheet, `${styles.get(sheet)}${file.source}`.replaceAll("\n", ""));
    }
  }
  return { styles, scripts };
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
