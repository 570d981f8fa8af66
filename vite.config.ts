import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { bundlePushWorker } from "./frontend/dashboard/push/bundle.ts";
import { bundlePortal } from "./frontend/portal/bundle.ts";
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

function portal(): Plugin {
  return {
    name: "portal",
    apply: "build",
    async generateBundle() {
      for (const file of await bundlePortal()) this.emitFile({ type: "asset", ...file });
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

const dashboard = `${frontend}/dashboard/index.html`;

export default defineConfig({
  root: frontend,
  publicDir: false,
  plugins: [widget(), portal(), pushWorker()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: path("dist/site"),
    emptyOutDir: true,
    target: "es2022",
    sourcemap: "hidden",
    // The policy of our pages forbids inline code and data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: dashboard },
  },
});
