import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import { awsFailure } from "./aws-failure.ts";

export interface OutgoingSms {
  /** E.164, `+4930123456`. */
  readonly to: string;
  readonly text: string;
  /** Shown as the sender where the country allows names: 1 to 11 letters and digits with at least one letter. */
  readonly senderId?: string;
}

/** `said`: SNS in its own words, for the owner who asked for a test; never for a log or the ledger. */
export type SmsOutcome =
  | { readonly kind: "sent"; readonly messageId: string }
  /** Trying again can't help. */
  | { readonly kind: "refused"; readonly detail: string; readonly said?: string }
  /** Certainly not sent; a later try may succeed. */
  | { readonly kind: "unavailable"; readonly detail: string; readonly said?: string }
  /** The connection broke after the request had left. Never send again: SNS has no idempotency key for a phone. */
  | { readonly kind: "unknown"; readonly detail: string };

export interface SmsSender {
  send(sms: OutgoingSms): Promise<SmsOutcome>;
}

/** @param client Must be made with `maxAttempts: 1`: the SDK's own retries would send a text twice whose reply was lost. */
export function createSnsSms(client: SNSClient): SmsSender {
  return {
    async send({ to, text, senderId }) {
      try {
        const { MessageId } = await client.send(
          new PublishCommand({
            PhoneNumber: to,
            Message: text,
            MessageAttributes: {
              // Delivered first, and not held back at night ("Publishing to a mobile phone", Amazon SNS).
              "AWS.SNS.SMS.SMSType": { DataType: "String", StringValue: "Transactional" },
              ...(senderId === undefined
                ? {}
                : { "AWS.SNS.SMS.SenderID": { DataType: "String", StringValue: senderId } }),
            },
          }),
        );
        return { kind: "sent", messageId: MessageId ?? "" };
      } catch (error) {
        return outcomeOfError(error);
      }
    },
  };
}

function outcomeOfError(error: unknown): SmsOutcome {
  const { name, code, status, message: said, neverLeft, mayPass } = awsFailure(error);
  if (status === undefined) {
    return { kind: neverLeft ? "unavailable" : "unknown", detail: code ?? name };
  }
  const detail = `SNS ${status} ${name}`;
  return mayPass ? { kind: "unavailable", detail, said } : { kind: "refused", detail, said };
}
