import { AwsError } from "../json-service.ts";
import { fieldsOf, queryProtocol } from "../query-protocol.ts";
import type { AwsCall, AwsReply, AwsService, CloudContext, Need, Part } from "../service.ts";
import { SmsLog } from "./sms-log.ts";

/** "Publishing to a mobile phone": bytes of one publish. */
const longestSmsBytes = 1_600;

export interface Sns extends Part {
  readonly messages: SmsLog;
}

/** Starts the SNS endpoint and the list that its text messages end up in. */
export function startSns(context: CloudContext): Sns {
  const messages = new SmsLog(context);
  context.endpoint.register(new SnsService(context, messages));
  return { messages, close: async () => messages.close() };
}

/** The Query API's `Publish` to a phone number. Topics have no subscribers that anything here could see. */
export class SnsService implements AwsService {
  readonly scope = "sns";
  readonly #context: CloudContext;
  readonly #messages: SmsLog;

  constructor(context: CloudContext, messages: SmsLog) {
    this.#context = context;
    this.#messages = messages;
  }

  /** For an SMS the resource that IAM compares is the phone number, which only `*` and a pattern of numbers match. */
  needs(call: AwsCall): readonly Need[] {
    const input = fieldsOf(call);
    const resource = input.get("PhoneNumber") ?? input.get("TopicArn") ?? input.get("TargetArn") ?? "*";
    return [{ action: `sns:${input.get("Action")}`, resource }];
  }

  async handle(call: AwsCall): Promise<AwsReply> {
    const input = fieldsOf(call);
    try {
      if (input.get("Action") !== "Publish" || !input.has("PhoneNumber")) {
        throw new AwsError("InvalidAction", "The local SNS knows only Publish with a PhoneNumber.");
      }
      const to = input.get("PhoneNumber") ?? "";
      const reply = protocol.reply("Publish", `<MessageId>${this.#send(to, input)}</MessageId>`);
      const ambiguous = this.#context.faults.strike("sns.ambiguous", { recipient: to });
      return ambiguous ? { ...reply, breakConnection: true } : reply;
    } catch (error) {
      if (error instanceof AwsError) return this.error(error.status, error.code, error.message);
      throw error;
    }
  }

  #send(to: string, input: URLSearchParams): string {
    const { clock, counters, faults } = this.#context;
    const text = input.get("Message") ?? "";
    if (!/^\+[1-9]\d{1,14}$/.test(to)) {
      throw new AwsError("InvalidParameter", `Invalid parameter: PhoneNumber Reason: ${to} is not valid to publish to`);
    }
    if (text === "") throw new AwsError("InvalidParameter", "Invalid parameter: Empty message");
    if (Buffer.byteLength(text) > longestSmsBytes) {
      throw new AwsError("InvalidParameter", "Invalid parameter: Message too long");
    }
    const attributes = attributesOf(input);
    const senderId = attributes["AWS.SNS.SMS.SenderID"];
    if (senderId !== undefined && !/^(?=.*[A-Za-z])[A-Za-z0-9-]{1,11}$/.test(senderId)) {
      throw new AwsError("ParameterValueInvalid", "Invalid parameter: AWS.SNS.SMS.SenderID");
    }
    const refused = faults.strike("sns.error", { recipient: to });
    if (refused) {
      const status = Number(refused.options.status ?? 500);
      const code = status < 500 ? "InvalidParameter" : "InternalError";
      throw new AwsError(code, "The local cloud was told to refuse this SMS.", status);
    }
    if (faults.strike("sns.throttled", { recipient: to })) throw new AwsError("Throttled", "Rate exceeded", 429);
    const type = attributes["AWS.SNS.SMS.SMSType"] ?? "Promotional";
    const { id, parts } = this.#messages.keep({ at: clock.now(), to, text, senderId, type });
    counters.add("sns.smsParts", parts);
    return id;
  }

  error(status: number, code: string, message: string): AwsReply {
    return protocol.error(status, code, message);
  }
}

const protocol = queryProtocol("http://sns.amazonaws.com/doc/2010-03-31/");

function attributesOf(input: URLSearchParams): Readonly<Record<string, string | undefined>> {
  const attributes: Record<string, string | undefined> = {};
  for (const [field, name] of input) {
    const entry = /^(MessageAttributes\.entry\.\d+)\.Name$/.exec(field)?.[1];
    if (entry) attributes[name] = input.get(`${entry}.Value.StringValue`) ?? undefined;
  }
  return attributes;
}
