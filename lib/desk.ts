import { Construct } from "constructs";
import type { Parts } from "./parts.ts";

/** What agents have at hand while they answer: colleagues to assign to, and canned replies. */
export class Desk extends Construct {
  constructor(scope: Construct, id: string, { table, routes }: Parts) {
    super(scope, id);
    const desk = routes.serveTogether(
      this,
      "serve-desk",
      "Agents do not see their canned replies and cannot choose whom to assign a conversation to.",
    );
    table.grantKeeping(desk);
  }
}
