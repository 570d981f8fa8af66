import { Duration, Stack } from "aws-cdk-lib";
import { Grant } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { ChatFunction } from "./chat-function.ts";
import type { Parts } from "./parts.ts";
import type { Stage } from "./stage.ts";

export interface ResponderProps extends Parts {
  readonly stage: Pick<Stage, "bedrockModels">;
}

/** The AI that answers before a human does. */
export class Responder extends Construct {
  constructor(scope: Construct, id: string, props: ResponderProps) {
    const { defaults, table, keys, sockets, bus, stage } = props;
    super(scope, id);
    // A model that streams a long answer needs its time.
    const timeout = Duration.seconds(60);
    const answer = new ChatFunction(this, "answer-question", {
      defaults,
      hurts: "Visitors get no answer from the AI.",
      memorySize: 1024,
      timeout,
    });
    table.grantConversations(answer);
    // Opens the sealed secret that signs calls to an owner's own bot.
    keys.grantTokens(answer);
    sockets.grantPush(answer);
    grantModels(answer, stage);
    bus.deliver("message.asked.v1", "Question", {
      consumer: answer,
      timeout,
      // A visitor waits for it: when a function died, another tries as soon as the first can't be running any more.
      retryAfter: timeout.plus(Duration.seconds(5)),
      tries: 3,
      batchSize: 1,
      maxConcurrency: 50,
      hurts: "Visitors' questions were not answered by the AI.",
    });
  }
}

/** Asks the models that the stage allows, and no others. */
export function grantModels(fn: ChatFunction, { bedrockModels }: Pick<Stage, "bedrockModels">): void {
  if (bedrockModels.length === 0) return;
  Grant.addToPrincipal({
    grantee: fn,
    actions: ["bedrock:InvokeModelWithResponseStream"],
    resourceArns: bedrockModels.map((model) =>
      Stack.of(fn).formatArn({
        service: "bedrock",
        account: "",
        resource: "foundation-model",
        resourceName: model,
      }),
    ),
  });
}
