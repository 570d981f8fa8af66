import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { defineConfig, type Plugin } from "vite";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const frontend = path("frontend");

/** The loader is a classic script without a hash in its name: it stands in the pages of others for years. */
function widgetLoader(): Plugin {
  return {
    name: "widget-loader",
    apply: "build",
    async generateBundle() {
      const { outputFiles } = await build({
        entryPoints: [path("frontend/widget/loader.ts")],
        bundle: true,
        write: false,
        format: "iife",
        minify: true,
        target: "es2021",
        legalComments: "none",
        // A function body is strict enough, and 13 bytes shorter.
        tsconfigRaw: {},
      });
      for (const file of outputFiles) this.emitFile({ type: "asset", fileName: "widget.js", source: file.text });
    },
  };
}

const pages = ["widget", "portal", "dashboard"].map((face) => `${frontend}/${face}/index.html`);

export default defineConfig({
  root: frontend,
  publicDir: false,
  plugins: [widgetLoader()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: path("dist/site"),
    emptyOutDir: true,
    target: "es2022",
    sourcemap: "hidden",
    // The policy of our pages forbids inline code and data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: pages.filter((page) => existsSync(page)) },
  },
});
