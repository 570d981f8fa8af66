import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Parts } from "./parts.ts";
import { grantModels } from "./responder.ts";
import type { Stage } from "./stage.ts";

export interface KnowledgeProps extends Parts {
  readonly stage: Pick<Stage, "bedrockModels">;
}

/** What owners teach their chatbot, and the trial of it. */
export class Knowledge extends Construct {
  constructor(scope: Construct, id: string, { table, keys, routes, stage }: KnowledgeProps) {
    super(scope, id);
    const keep = routes.serveTogether(
      this,
      "keep-knowledge",
      "Owners cannot read, change or try what their chatbot answers from.",
      // A trial waits for a model's whole answer, and builds the same index as the function that answers visitors.
      { timeout: Duration.seconds(28), memorySize: 1024 },
    );
    table.grantKeeping(keep);
    // A trial of an owner's own bot opens the sealed secret that signs calls to it.
    keys.grantTokens(keep);
    grantModels(keep, stage);
  }
}
