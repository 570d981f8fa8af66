import { Stack } from "aws-cdk-lib";
import { EventBus, type EventPattern } from "aws-cdk-lib/aws-events";
import { Grant } from "aws-cdk-lib/aws-iam";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
} from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import type { ChatFunction } from "./chat-function.ts";
import type { Stage } from "./stage.ts";

export interface MailProps {
  readonly stage: Pick<Stage, "mail">;
}

/**
 * The sender of all notification mails. SES mails the address a link that verifies it. Nothing rewrites the mails'
 * links: click tracking would leak portal tokens. What becomes of a mail is said on the account's default bus, the only
 * one that SES knows ("Set up an Amazon EventBridge destination for event publishing").
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
    this.configurationSet.addEventDestination("Outcomes", {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, "DefaultBus", "default")),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
      ],
    });
    this.#identity = new EmailIdentity(this, "Sender", {
      identity: Identity.email(this.#sender),
      configurationSet: this.configurationSet,
    });
  }

  /** What SES says of this deployment's mails, among all that is said on the default bus. */
  get outcomes(): EventPattern {
    const set = this.configurationSet.configurationSetName;
    return { source: ["aws.ses"], detail: { mail: { tags: { "ses:configuration-set": [set] } } } };
  }

  /** Names the sender's address as the operator's: push services want to know whom to ask. Nothing may be sent. */
  nameOperator(fn: ChatFunction): void {
    fn.addEnvironment("MAIL_FROM", this.#sender);
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
