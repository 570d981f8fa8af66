import { existsSync } from "node:fs";
import { synthesize } from "../../local/demo/build.ts";
import { assembly } from "./demo.ts";

/** One synthesis serves all end-to-end tests: they run the very template that `npx cdk deploy` would send. */
export async function setup(): Promise<void> {
  if (!existsSync("dist/site/widget.js") || !existsSync("dist/lambdas")) {
    throw new Error("There is no build. Run the tests by `npm test`, or `npm run build` first.");
  }
  await synthesize(assembly);
}
