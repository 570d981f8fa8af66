import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * The service worker and the picture of its notifications, without hashes in their names: a worker's address is its
 * identity, its folder is all that it may reach, and it names the picture itself.
 */
export async function bundlePushWorker(): Promise<readonly { fileName: string; source: string | Uint8Array }[]> {
  const { outputFiles } = await build({
    entryPoints: [here("./service-worker.ts")],
    bundle: true,
    write: false,
    format: "iife",
    minify: true,
    target: "es2022",
    legalComments: "none",
  });
  return [
    { fileName: "push-worker.js", source: outputFiles.map(({ text }) => text).join("") },
    { fileName: "push-icon.png", source: readFileSync(here("./push-icon.png")) },
  ];
}
