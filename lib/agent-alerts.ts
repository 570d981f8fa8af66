import { Duration } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { ChatFunction } from "./chat-function.ts";
import type { Selection } from "./event-bus.ts";
import type { Parts } from "./parts.ts";
import type { Stage } from "./stage.ts";

export interface AgentAlertsProps extends Parts {
  readonly stage: Pick<Stage, "smsDelaySeconds">;
}

/** Agents on their own devices: Web Push at once, SMS when nobody has opened the conversation; and what they wish. */
export class AgentAlerts extends Construct {
  constructor(scope: Construct, id: string, props: AgentAlertsProps) {
    const { defaults, table, keys, bus, mail, site, routes, stage } = props;
    super(scope, id);
    const timeout = Duration.seconds(30);
    const notifier = (name: string, hurts: string) => {
      const fn = new ChatFunction(this, name, { defaults, hurts, timeout });
      table.grantUpdates(fn);
      return fn;
    };
    const news: readonly Selection[] = [
      { types: ["conversation.escalated.v1"] },
      { types: ["message.unseen.v1"], detail: { recipient: ["agent"] } },
    ];

    const push = notifier("notify-by-push", "Agents get no notification in their browsers.");
    keys.grantTokens(push);
    mail.nameOperator(push);
    bus.deliverAll(news, "Push", {
      consumer: push,
      timeout,
      maxConcurrency: 5,
      hurts: "Agents were not notified in their browsers of visitors and messages that wait.",
    });

    const sms = notifier("notify-by-sms", "Agents get no text messages.");
    site.grantLinking(sms);
    grantTexting(sms);
    bus.deliverAll(news, "Sms", {
      consumer: sms,
      timeout,
      maxConcurrency: 2,
      delay: Duration.seconds(stage.smsDelaySeconds),
      hurts: "Agents got no text message about visitors whom nobody has answered.",
    });

    const keep = routes.serveTogether(this, "keep-my-notifications", "Agents cannot say how they want to be told.");
    table.grantUpdates(keep);
    // Makes the key pair of Web Push when it is first asked for, and seals it.
    keys.grantTokens(keep);

    const test = routes.serve(this, "testNotification", "Owners cannot try whether notifications arrive.");
    table.grantUpdates(test);
    keys.grantTokens(test);
    mail.grantSending(test);
    site.grantLinking(test);
    grantTexting(test);
  }
}

/** Texts to telephones, which have no ARN: everything but topics ("Actions, resources, and condition keys for Amazon SNS"). */
function grantTexting(fn: ChatFunction): void {
  fn.addToRolePolicy(new PolicyStatement({ actions: ["sns:Publish"], notResources: ["arn:*:sns:*:*:*"] }));
}
