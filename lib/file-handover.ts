import { Construct } from "constructs";
import type { Parts } from "./parts.ts";

/** The addresses at which files are put and fetched. */
export class FileHandover extends Construct {
  constructor(scope: Construct, id: string, { table, files, keys, routes }: Parts) {
    super(scope, id);
    const handOver = routes.serveTogether(this, "hand-over-files", "Nobody can send a file or open one that was sent.");
    table.grantFiles(handOver);
    keys.grantTokens(handOver);
    files.grantHandingOver(handOver);
  }
}
