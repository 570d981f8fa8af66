import { fileURLToPath } from "node:url";
import { build, type Rollup } from "vite";

export interface BuiltFile {
  /** Below the root of the site. */
  readonly fileName: string;
  readonly source: string | Uint8Array;
}

/**
 * The portal's pages, apart from the dashboard: what both need stands in one script of the portal's own, instead of in
 * a dozen small ones that compress badly and wait for each other.
 */
export async function bundlePortal(): Promise<readonly BuiltFile[]> {
  const frontend = fileURLToPath(new URL("..", import.meta.url));
  const built = (await build({
    configFile: false,
    root: frontend,
    logLevel: "warn",
    publicDir: false,
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      write: false,
      target: "es2022",
      sourcemap: "hidden",
      assetsDir: "assets/portal",
      // The policy of our pages forbids inline code and data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: `${frontend}portal/index.html` },
    },
  })) as Rollup.RolldownOutput;
  return built.output.map((file) => ({
    fileName: file.fileName,
    source: file.type === "chunk" ? file.code : file.source,
  }));
}
