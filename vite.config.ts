import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { bundlePushWorker } from "./frontend/dashboard/push/bundle.ts";
import { bundleWidget } from "./frontend/widget/bundle.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const frontend = path("frontend");

function widget(): Plugin {
  return {
    name: "widget",
    apply: "build",
    async generateBundle() {
      for (const file of await bundleWidget()) this.emitFile({ type: "asset", ...file });
    },
  };
}

function pushWorker(): Plugin {
  return {
    name: "push-worker",
    apply: "build",
    async generateBundle() {
      for (const file of await bundlePushWorker()) this.emitFile({ type: "asset", ...file });
    },
  };
}

const pages = ["portal", "dashboard"].map((face) => `${frontend}/${face}/index.html`);

export default defineConfig({
  root: frontend,
  publicDir: false,
  plugins: [widget(), pushWorker()],
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
