import { readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { mailTemplates } from "./mail-templates.ts";

const lambdasDirectory = import.meta.dirname;
const suffix = ".lambda.ts";

/** Every function's entry by its name: `lambdas/socket/open-socket.lambda.ts` is `open-socket`. */
export function lambdaEntries(directory: string = lambdasDirectory): Readonly<Record<string, string>> {
  const entries: Record<string, string> = {};
  for (const file of readdirSync(directory, { recursive: true, encoding: "utf8" }).sort()) {
    if (!file.endsWith(suffix)) continue;
    const name = basename(file, suffix);
    if (entries[name] !== undefined) throw new Error(`Two functions are called ${name}: ${entries[name]} and ${file}.`);
    entries[name] = join(directory, file);
  }
  return entries;
}

/** How functions are bundled. The SDK is inside: importing it from the runtime takes twice the processor time. */
export const bundling = {
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  outExtension: { ".js": ".mjs" },
  mainFields: ["module", "main"],
  minify: true,
  // Half of the catalogues of mails would be escapes otherwise.
  charset: "utf8",
  plugins: [mailTemplates] as Plugin[],
  banner: {
    // CommonJS dependencies call require(), which ESM does not have.
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
  },
  logLevel: "warning",
} as const satisfies BuildOptions;

/** Writes `<outdir>/<verb-noun>/index.mjs` for every function, in one esbuild call. */
export async function bundleLambdas(outdir: string): Promise<readonly string[]> {
  const entries = lambdaEntries();
  rmSync(outdir, { recursive: true, force: true });
  await build({
    ...bundling,
    entryPoints: Object.entries(entries).map(([name, path]) => ({ in: path, out: join(name, "index") })),
    outdir,
    // Beside the bundle for whoever reads a stack trace; not deployed.
    sourcemap: "external",
  });
  return Object.keys(entries);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleLambdas(join(lambdasDirectory, "..", "dist", "lambdas"));
}
