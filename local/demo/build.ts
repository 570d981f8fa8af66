import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds bundles and pages and synthesizes the template into `assembly`. Rejects with what the failing step printed. */
export async function buildAssembly(assembly: string): Promise<void> {
  await Promise.all([run("lambdas/bundle.ts"), run("node_modules/vite/bin/vite.js", "build", "--logLevel", "warn")]);
  await synthesize(assembly);
}

/** Synthesizes only: `npm run build` has run before. */
export async function synthesize(assembly: string): Promise<void> {
  // The framework's own template validation takes seconds and runs in `npm test` and `npx cdk synth`.
  await run("bin/app.ts", { CDK_OUTDIR: assembly, CDK_VALIDATION: "false" });
}

function run(script: string, ...rest: readonly (string | Record<string, string>)[]): Promise<void> {
  const args = rest.filter((each): each is string => typeof each === "string");
  const env = Object.assign({}, ...rest.filter((each) => typeof each === "object")) as Record<string, string>;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const printed: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => printed.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => printed.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${[script, ...args].join(" ")} failed:\n${Buffer.concat(printed).toString()}`));
    });
  });
}
