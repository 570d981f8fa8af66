import { AwsError } from "../json-service.ts";
import { fieldsOf, queryProtocol } from "../query-protocol.ts";
import type { AwsCall, AwsReply, AwsService, CloudContext, Need, Part } from "../service.ts";
import { type Mail, Mailbox, sesMessageId } from "./mailbox.ts";
import { SesFeedback } from "./ses-feedback.ts";
import { addressesOf, compose, headerValue, splitRaw, stamp } from "./ses-message.ts";

/** "Service quotas in Amazon SES" for the v1 API. */
export const sesLimits = { messageBytes: 10 * 1024 * 1024, recipients: 50 } as const;

export interface Ses extends Part {
  readonly mailbox: Mailbox;
}

/** A send with everything that a check or the mailbox wants to know. */
interface Send {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  readonly configurationSet: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** Starts the SES v1 endpoint and the mailbox that its mails end up in. */
export function startSes(context: CloudContext): Ses {
  const mailbox = new Mailbox(context);
  context.endpoint.register(new SesService(context, mailbox));
  return { mailbox, close: async () => mailbox.close() };
}

/** The v1 Query API: `SendRawEmail`, `SendEmail` and `GetSendQuota`. */
export class SesService implements AwsService {
  readonly scope = "ses";
  readonly #context: CloudContext;
  readonly #mailbox: Mailbox;
  readonly #feedback: SesFeedback;

  constructor(context: CloudContext, mailbox: Mailbox) {
    this.#context = context;
    this.#mailbox = mailbox;
    this.#feedback = new SesFeedback(context);
  }

  needs(call: AwsCall): readonly Need[] {
    const input = fieldsOf(call);
    const action = `ses:${input.get("Action")}`;
    if (!/^ses:Send/.test(action)) return [{ action, resource: "*" }];
    const send = readSend(input);
    const { region, account } = this.#context;
    const arn = (resource: string) => `arn:aws:ses:${region}:${account}:${resource}`;
    const context = { "ses:FromAddress": send.from, "ses:Recipients": send.to };
    const set = send.configurationSet && arn(`configuration-set/${send.configurationSet}`);
    return [
      { action, resource: arn(`identity/${this.#identityOf(send.from)}`), context },
      ...(set ? [{ action, resource: set, context }] : []),
    ];
  }

  /** SES asks for the identity that is verified: the address where the template names it, else its domain. */
  #identityOf(address: string): string {
    const { template } = this.#context;
    const domain = address.slice(address.lastIndexOf("@") + 1);
    const verified = template.ofType("AWS::SES::EmailIdentity").map((one) => one.properties.EmailIdentity);
    if (verified.includes(address)) return address;
    if (verified.includes(domain)) return domain;
    const policies = JSON.stringify([
      ...template.ofType("AWS::IAM::Policy").map((one) => one.properties.PolicyDocument),
      ...template.ofType("AWS::IAM::Role").map((one) => one.properties.Policies),
    ]);
    return policies.includes(`identity/${address}"`) ? address : domain;
  }

  async handle(call: AwsCall): Promise<AwsReply> {
    const input = fieldsOf(call);
    const action = input.get("Action") ?? "";
    try {
      switch (action) {
        case "SendRawEmail":
        case "SendEmail":
          return this.#answerSend(action, readSend(input));
        case "GetSendQuota":
          return protocol.reply(action, this.#quota());
        default:
          throw new AwsError("InvalidAction", `Could not find operation ${action} for version 2010-12-01`);
      }
    } catch (error) {
      if (error instanceof AwsError) return this.error(error.status, error.code, error.message);
      throw error;
    }
  }

  #answerSend(action: string, send: Send): AwsReply {
    const reply = protocol.reply(action, `<MessageId>${this.#send(send)}</MessageId>`);
    const ambiguous = this.#context.faults.strike("ses.ambiguous", { recipient: send.to[0] ?? "" });
    return ambiguous ? { ...reply, breakConnection: true } : reply;
  }

  #send(send: Send): string {
    const { clock, counters, faults, region } = this.#context;
    this.#check(send);
    const recipient = send.to[0] ?? "";
    const refused = faults.strike("ses.error", { recipient });
    if (refused) {
      const status = Number(refused.options.status ?? 500);
      const code = status < 500 ? "MessageRejected" : "InternalFailure";
      throw new AwsError(code, "The local cloud was told to refuse this mail.", status);
    }
    if (faults.strike("ses.throttled", { recipient })) {
      throw new AwsError("Throttling", "Maximum sending rate exceeded.");
    }
    const at = clock.now();
    const id = sesMessageId(at);
    const { from, to, configurationSet, tags } = send;
    const mail: Mail = { id, at, from, to, raw: stamp(send.raw, id, region, at), configurationSet, tags };
    this.#mailbox.keep(mail);
    // A mail is billed by recipient ("Amazon SES pricing").
    counters.add("ses.emails", to.length);
    this.#feedback.sent(mail, `identity/${this.#identityOf(from)}`);
    return id;
  }

  #check({ from, to, raw, configurationSet }: Send): void {
    const { template } = this.#context;
    if (!isAddress(from)) throw new AwsError("InvalidParameterValue", "Missing final '@domain'");
    if (to.length === 0) throw new AwsError("InvalidParameterValue", "Missing recipients.");
    if (to.length > sesLimits.recipients) {
      throw new AwsError("InvalidParameterValue", `Recipient count exceeds ${sesLimits.recipients}.`);
    }
    const bad = to.find((one) => !isAddress(one));
    if (bad) throw new AwsError("InvalidParameterValue", `Illegal address: ${bad}`);
    if (raw.length > sesLimits.messageBytes) {
      throw new AwsError("InvalidParameterValue", `Message length is more than ${sesLimits.messageBytes} bytes long.`);
    }
    const sets = template.ofType("AWS::SES::ConfigurationSet").map((one) => template.resolve({ Ref: one.logicalId }));
    if (configurationSet && !sets.includes(configurationSet)) {
      const message = `Configuration set <${configurationSet}> does not exist.`;
      throw new AwsError("ConfigurationSetDoesNotExist", message);
    }
  }

  #quota(): string {
    const dayAgo = this.#context.clock.now() - 24 * 60 * 60_000;
    const sent = this.#mailbox.list().filter((mail) => mail.at > dayAgo).length;
    return `<Max24HourSend>50000.0</Max24HourSend><MaxSendRate>14.0</MaxSendRate><SentLast24Hours>${sent}.0</SentLast24Hours>`;
  }

  error(status: number, code: string, message: string): AwsReply {
    return protocol.error(status, code, message);
  }
}

const protocol = queryProtocol("http://ses.amazonaws.com/doc/2010-12-01/");

function readSend(input: URLSearchParams): Send {
  const list = (prefix: string) =>
    [...input].filter(([name]) => name.startsWith(`${prefix}.member.`)).map(([, value]) => value);
  const tags: Record<string, string> = {};
  for (const [name, value] of input) {
    const index = /^Tags\.member\.(\d+)\.Name$/.exec(name)?.[1];
    if (index) tags[value] = input.get(`Tags.member.${index}.Value`) ?? "";
  }
  if (input.get("Action") === "SendRawEmail") {
    const raw = Buffer.from(input.get("RawMessage.Data") ?? "", "base64");
    return readRawSend(raw, input.get("Source"), list("Destinations"), input.get("ConfigurationSetName"), tags);
  }
  const source = input.get("Source") ?? "";
  const to = list("Destination.ToAddresses");
  const cc = list("Destination.CcAddresses");
  const raw = compose({
    from: source,
    to,
    cc,
    replyTo: list("ReplyToAddresses"),
    subject: input.get("Message.Subject.Data") ?? "",
    text: input.get("Message.Body.Text.Data") ?? undefined,
    html: input.get("Message.Body.Html.Data") ?? undefined,
  });
  return {
    from: addressesOf(source)[0] ?? "",
    to: [...to, ...cc, ...list("Destination.BccAddresses")].flatMap(addressesOf),
    raw,
    configurationSet: input.get("ConfigurationSetName") ?? undefined,
    tags,
  };
}

/** In a raw mail, sender, recipients, configuration set and tags may also stand in its headers. */
function readRawSend(
  raw: Buffer,
  source: string | null,
  destinations: readonly string[],
  configurationSet: string | null,
  tags: Readonly<Record<string, string>>,
): Send {
  const { headers } = splitRaw(raw);
  const inHeaders = ["To", "Cc", "Bcc"].flatMap((name) => addressesOf(headerValue(headers, name) ?? ""));
  const headerTags = (headerValue(headers, "X-SES-MESSAGE-TAGS") ?? "")
    .split(",")
    .map((pair) => pair.trim().split("="))
    .filter(([name]) => name);
  return {
    from: addressesOf(source ?? headerValue(headers, "From") ?? "")[0] ?? "",
    to: destinations.length > 0 ? destinations.flatMap(addressesOf) : inHeaders,
    raw,
    configurationSet: configurationSet ?? headerValue(headers, "X-SES-CONFIGURATION-SET"),
    tags: { ...Object.fromEntries(headerTags.map(([name, value = ""]) => [name, value])), ...tags },
  };
}

function isAddress(text: string): boolean {
  return /^[^\s@<>]+@[^\s@<>]+$/.test(text);
}
