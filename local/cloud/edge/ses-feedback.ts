import type { CloudContext } from "../service.ts";
import { type Mail, sesMessageId } from "./mailbox.ts";
import { headerValue, splitRaw } from "./ses-message.ts";

/** "Amazon Simple Email Service events" in the EventBridge reference: the detail-type of each kind. */
const detailTypes = {
  Send: "Email Sent",
  Delivery: "Email Delivered",
  Bounce: "Email Bounced",
  Complaint: "Email Complaint Received",
} as const;

type EventType = keyof typeof detailTypes;

/** How long the receiving mail server takes, milliseconds of local time. */
const deliveryMs = 200;

/**
 * What becomes of a mail, told on the default event bus where the template sends its configuration set's events there.
 * The mailbox simulator's addresses bounce and complain ("Using the mailbox simulator"), and so does what a fault says.
 */
export class SesFeedback {
  readonly #context: CloudContext;

  constructor(context: CloudContext) {
    this.#context = context;
  }

  /** Takes over once SES has accepted a mail. `identity` is the end of the sender's ARN. */
  sent(mail: Mail, identity: string): void {
    const publish = (type: EventType, fact: object) => this.#publish(mail, identity, type, fact);
    publish("Send", {});
    const bounced = mail.to.filter((address) => this.#meets(address, "bounce", "ses.bounced"));
    const delivered = mail.to.filter((address) => !bounced.includes(address));
    const complaining = delivered.filter((address) => this.#meets(address, "complaint", "ses.complained"));
    const { clock } = this.#context;
    clock.after(deliveryMs, () => {
      const timestamp = new Date(clock.now()).toISOString();
      if (delivered.length > 0) publish("Delivery", delivery(delivered, timestamp));
      if (bounced.length > 0) publish("Bounce", bounce(bounced, timestamp));
      if (complaining.length > 0) publish("Complaint", complaint(complaining, timestamp));
    });
  }

  #meets(address: string, simulated: string, fault: string): boolean {
    const [name = "", domain = ""] = address.toLowerCase().split("@");
    if (domain === "simulator.amazonses.com" && name.split("+")[0] === simulated) return true;
    return this.#context.faults.strike(fault, { recipient: address }) !== undefined;
  }

  #publish(mail: Mail, identity: string, type: EventType, fact: object): void {
    if (!this.#wanted(mail, type)) return;
    const detail = { eventType: type, mail: this.#describe(mail, identity), [type.toLowerCase()]: fact };
    this.#context.events.publish({
      Source: "aws.ses",
      DetailType: detailTypes[type],
      Detail: JSON.stringify(detail),
      Resources: [`arn:aws:ses:${this.#context.region}:${this.#context.account}:${identity}`],
    });
  }

  #wanted({ configurationSet }: Mail, type: EventType): boolean {
    return this.#context.template.ofType("AWS::SES::ConfigurationSetEventDestination").some(({ properties }) => {
      const { EventDestination: destination } = properties;
      return (
        properties.ConfigurationSetName === configurationSet &&
        destination.Enabled !== false &&
        destination.EventBridgeDestination &&
        // CloudFormation also takes the names in upper case, as the console shows them.
        destination.MatchingEventTypes.map((one: string) => one.toLowerCase()).includes(type.toLowerCase())
      );
    });
  }

  /** "Contents of event data that Amazon SES publishes": the mail object. */
  #describe(mail: Mail, identity: string) {
    const { account, region } = this.#context;
    const { headers } = splitRaw(Buffer.from(mail.raw, "latin1"));
    const tags = Object.entries({ ...mail.tags, "ses:configuration-set": mail.configurationSet ?? "" });
    return {
      timestamp: new Date(mail.at).toISOString(),
      source: mail.from,
      sourceArn: `arn:aws:ses:${region}:${account}:${identity}`,
      sendingAccountId: account,
      messageId: mail.id,
      destination: mail.to,
      headersTruncated: false,
      headers: headers.map((line) => {
        const colon = line.indexOf(":");
        return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
      }),
      commonHeaders: {
        from: [headerValue(headers, "From") ?? mail.from],
        to: [headerValue(headers, "To") ?? ""],
        messageId: mail.id,
        subject: headerValue(headers, "Subject") ?? "",
      },
      tags: Object.fromEntries(tags.map(([name, value]) => [name, [value]])),
    };
  }
}

// The shapes are those of "Examples of event data that Amazon SES publishes".

function delivery(recipients: readonly string[], timestamp: string): object {
  const reportingMTA = "local.amazonses.com";
  return { timestamp, processingTimeMillis: deliveryMs, recipients, smtpResponse: "250 ok", reportingMTA };
}

function bounce(recipients: readonly string[], timestamp: string): object {
  return {
    feedbackId: sesMessageId(Date.parse(timestamp)),
    bounceType: "Permanent",
    bounceSubType: "General",
    bouncedRecipients: recipients.map((emailAddress) => ({
      emailAddress,
      action: "failed",
      status: "5.1.1",
      diagnosticCode: "smtp; 550 5.1.1 user unknown",
    })),
    timestamp,
    reportingMTA: "dsn; local.amazonses.com",
  };
}

function complaint(recipients: readonly string[], timestamp: string): object {
  return {
    feedbackId: sesMessageId(Date.parse(timestamp)),
    complaintSubType: null,
    complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
    timestamp,
    userAgent: "Amazon SES Mailbox Simulator",
    complaintFeedbackType: "abuse",
    arrivalDate: timestamp,
  };
}
