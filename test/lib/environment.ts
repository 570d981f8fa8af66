import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { bundling, lambdaEntries } from "../../lambdas/bundle.ts";
import { type Access, operations } from "../../lambdas/contracts/http.ts";
import { functionNameOf } from "../../lib/http-routes.ts";

const lambdas = join(import.meta.dirname, "..", "..", "lambdas");

/** Getter → variable, from `runtime/env.ts`: `tableName` → `TABLE_NAME`. */
export function variablesByGetter(source: string): Readonly<Record<string, string>> {
  const getters = source.matchAll(/get (\w+)\(\)(?:: \w+)? \{\s*return required\("([A-Z0-9_]+)"\)/g);
  return Object.fromEntries([...getters].map(([, getter = "", variable = ""]) => [getter, variable]));
}

/** What the edge of an HTTP function looks up depends on who may call: the contract says it, no import does. */
const edgeServices: Readonly<Record<Access, readonly string[]>> = {
  public: ["originSecret"],
  session: ["originSecret", "tokens"],
  login: ["originSecret"],
  agent: ["originSecret", "stores"],
  owner: ["originSecret", "stores"],
};

function edgeOf(accesses: readonly Access[]): Plugin {
  const services = [...new Set(accesses.flatMap((access) => edgeServices[access]))].join(", ");
  return {
    name: "edge-by-access",
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]runtime[\\/]http-edge\.ts$/ }, () => ({
        contents: `import { ${services} } from "./wiring.ts"; export const httpEdge = { ${services} };`,
        loader: "ts",
        resolveDir: join(lambdas, "runtime"),
      }));
    },
  };
}

/**
 * The variables that each function reads: those of the getters left in its bundle after tree-shaking. Overestimates
 * where a function carries code that it does not run, and then the function should not carry it.
 */
export async function variablesRead(): Promise<Readonly<Record<string, readonly string[]>>> {
  const variables = variablesByGetter(readFileSync(join(lambdas, "runtime", "env.ts"), "utf8"));
  const accessesOf = (name: string) =>
    Object.entries(operations)
      .filter(([id]) => functionNameOf(id as keyof typeof operations) === name)
      .map(([, { access }]) => access);
  const read = Object.entries(lambdaEntries()).map(async ([name, path]): Promise<[string, readonly string[]]> => {
    const accesses = accessesOf(name);
    const { outputFiles } = await build({
      ...bundling,
      entryPoints: [path],
      outfile: `${name}.mjs`,
      outExtension: {},
      packages: "external",
      minify: false,
      write: false,
      plugins: [...bundling.plugins, ...(accesses.length === 0 ? [] : [edgeOf(accesses)])],
    });
    const text = outputFiles.map((file) => file.text).join("\n");
    const getters = [...text.matchAll(/\benv\d*\.(\w+)/g)].map(([, getter = ""]) => getter);
    return [name, [...new Set(getters.flatMap((getter) => variables[getter] ?? []))].sort()];
  });
  return Object.fromEntries(await Promise.all(read));
}
