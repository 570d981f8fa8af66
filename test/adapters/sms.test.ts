import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, it } from "vitest";
import { createSnsSms } from "../../lambdas/adapters/sms.ts";

const sns = mockClient(SNSClient);
const sender = createSnsSms(new SNSClient({ region: "eu-central-1" }));
const sms = { to: "+4930123456", text: "Fernweh: Ada is waiting", senderId: "Fernweh" };

beforeEach(() => sns.reset());

describe("texting through SNS", () => {
  it("goes to the phone, as transactional, under the brand's name", async () => {
    sns.on(PublishCommand).resolves({ MessageId: "m-1" });
    expect(await sender.send(sms)).toEqual({ kind: "sent", messageId: "m-1" });
    expect(sns.commandCalls(PublishCommand)[0]?.args[0].input).toEqual({
      PhoneNumber: "+4930123456",
      Message: "Fernweh: Ada is waiting",
      MessageAttributes: {
        "AWS.SNS.SMS.SMSType": { DataType: "String", StringValue: "Transactional" },
        "AWS.SNS.SMS.SenderID": { DataType: "String", StringValue: "Fernweh" },
      },
    });
  });

  it.each([
    ["InvalidParameter", 400, "refused"],
    ["OptedOut", 400, "refused"],
    ["Throttled", 400, "unavailable"],
    ["Throttling", 429, "unavailable"],
    ["AuthorizationError", 403, "unavailable"],
    ["InternalError", 500, "unavailable"],
  ])("takes %s (%d) as %s, and keeps what SNS said out of the ledger's words", async (name, status, kind) => {
    const error = Object.assign(new Error("No number +4930123456"), { name, $metadata: { httpStatusCode: status } });
    sns.on(PublishCommand).rejects(error);
    expect(await sender.send(sms)).toEqual({ kind, detail: `SNS ${status} ${name}`, said: "No number +4930123456" });
  });

  it.each([
    ["ECONNREFUSED", "unavailable"],
    ["ENOTFOUND", "unavailable"],
    ["ECONNRESET", "unknown"],
    ["ETIMEDOUT", "unknown"],
  ])("takes a connection that ends with %s as %s", async (code, kind) => {
    sns.on(PublishCommand).rejects(Object.assign(new Error(code), { code }));
    expect(await sender.send(sms)).toEqual({ kind, detail: code });
  });
});
