import { Stack } from "aws-cdk-lib";
import { Grant } from "aws-cdk-lib/aws-iam";
import { ConfigurationSet, ConfigurationSetTlsPolicy, EmailIdentity, Identity } from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import type { ChatFunction } from "./chat-function.ts";
import type { Stage } from "./stage.ts";

export interface MailProps {
  readonly stage: Pick<Stage, "mail">;
}

/**
 * The sender of all notification mails. SES mails the address a link that verifies it. Nothing rewrites the mails'
 * links: click tracking would leak portal tokens.
 */
export class Mail extends Construct {
  readonly configurationSet: ConfigurationSet;
  readonly #sender: string;
  readonly #identity: EmailIdentity;

  constructor(scope: Construct, id: string, { stage }: MailProps) {
    super(scope, id);
    this.#sender = stage.mail.sender;
    this.configurationSet = new ConfigurationSet(this, "Feedback", {
      reputationMetrics: true,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    });
    this.#identity = new EmailIdentity(this, "Sender", {
      identity: Identity.email(this.#sender),
      configurationSet: this.configurationSet,
    });
  }

  /** Sends as the sender and as nobody else. */
  grantSending(fn: ChatFunction): void {
    fn.addEnvironment("MAIL_FROM", this.#sender);
    fn.addEnvironment("MAIL_CONFIGURATION_SET", this.configurationSet.configurationSetName);
    const set = this.configurationSet.configurationSetName;
    const configurationSetArn = Stack.of(this).formatArn({
      service: "ses",
      resource: "configuration-set",
      resourceName: set,
    });
    Grant.addToPrincipal({
      grantee: fn,
      actions: ["ses:SendRawEmail"],
      // A mail that names a configuration set is checked against it too ("Actions, resources, and condition keys for Amazon SES").
      resourceArns: [this.#identity.emailIdentityArn, configurationSetArn],
      conditions: { StringEquals: { "ses:FromAddress": this.#sender } },
    });
  }
}
