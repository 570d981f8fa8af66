import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { smsParts } from "../../local/cloud/edge/sms-log.ts";
import { type Sns, startSns } from "../../local/cloud/edge/sns.ts";
import { startEdge } from "../../local/cloud/edge/start-edge.ts";
import { type EdgeContext, edgeContext, signer } from "./edge-context.ts";
import { allow, lambda, temporaryDirectory, writeAssembly } from "./fixtures/assembly.ts";
import { bundle } from "./fixtures/bundle.ts";
import { aCloud } from "./fixtures/cloud.ts";

const phone = "+491701234567";

describe("an SMS", () => {
  let context: EdgeContext;
  let sns: Sns;
  let directory: string;

  beforeEach(async () => {
    directory = temporaryDirectory();
    context = await edgeContext({ resources: {}, directory });
    sns = startSns(context);
  });

  afterEach(async () => {
    await sns.close();
    await context.close();
  });

  const send = (input: Partial<ConstructorParameters<typeof PublishCommand>[0]> = {}) =>
    new SNSClient({ ...signer, endpoint: context.addresses.aws }).send(
      new PublishCommand({ PhoneNumber: phone, Message: "Somebody waits: ✓", ...input }),
    );
  const attribute = (value: string) => ({ DataType: "String", StringValue: value });

  it("is kept with its sender and type, counted by its parts, and outlives a restart", async () => {
    const { MessageId } = await send({
      MessageAttributes: {
        "AWS.SNS.SMS.SenderID": attribute("SHOP"),
        "AWS.SNS.SMS.SMSType": attribute("Transactional"),
      },
    });
    const kept = { id: MessageId, to: phone, text: "Somebody waits: ✓", senderId: "SHOP", type: "Transactional" };
    expect(sns.messages.list()).toMatchObject([{ ...kept, at: expect.any(Number), parts: 1 }]);
    expect(context.counters.snapshot()).toEqual({ sns: { smsParts: 1 } });
    expect(context.needs).toEqual([{ action: "sns:Publish", resource: phone }]);
    await sns.close();
    sns = startSns(await edgeContext({ resources: {}, directory }));
    expect(sns.messages.list()).toMatchObject([kept]);
  });

  it("is refused where SNS refuses it", async () => {
    const refused = { name: "InvalidParameterException" };
    await expect(send({ PhoneNumber: "0170 1234567" })).rejects.toMatchObject(refused);
    await expect(send({ Message: "ä".repeat(801) })).rejects.toMatchObject(refused);
    const MessageAttributes = { "AWS.SNS.SMS.SenderID": attribute("much too long") };
    await expect(send({ MessageAttributes })).rejects.toMatchObject({ name: "InvalidParameterValueException" });
    await expect(send({ PhoneNumber: undefined, TopicArn: "arn:aws:sns:x:y:z" })).rejects.toThrow("knows only Publish");
    expect(sns.messages.list()).toEqual([]);
  });

  it("meets faults: an error, a throttle, an answer that is lost", async () => {
    context.faults.add({ kind: "sns.error", match: { recipient: phone } });
    await expect(send()).rejects.toMatchObject({ name: "InternalErrorException", $metadata: { httpStatusCode: 500 } });
    context.faults.add({ kind: "sns.throttled" });
    await expect(send()).rejects.toMatchObject({ name: "ThrottledException" });
    expect(sns.messages.list()).toEqual([]);
    context.faults.add({ kind: "sns.ambiguous" });
    await expect(send()).rejects.toThrow();
    expect(sns.messages.list()).toHaveLength(1);
  });

  it.each([
    [160, "a", 1],
    [161, "a", 2],
    [307, "a", 3],
    [80, "€", 1],
    [81, "€", 2],
    [70, "ж", 1],
    [71, "ж", 2],
  ])("of %i times %s goes out in %i parts", (times, character, parts) => {
    expect(smsParts(character.repeat(times))).toBe(parts);
  });
});

describe("a function", () => {
  it("texts a number only where its role allows every number, and topics may be denied beside", async () => {
    const source = bundle(`
      import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
      const client = new SNSClient({});
      export const handler = ({ to }) =>
        client.send(new PublishCommand({ PhoneNumber: to, Message: "hello" })).then(() => "sent", (error) => error.name);
    `);
    const noTopics = { Effect: "Deny", Action: "sns:Publish", Resource: "arn:aws:sns:*:*:*" };
    const assembly = writeAssembly(
      {
        Resources: {
          ...lambda("Texting", "texting", { statements: [allow("sns:Publish", "*"), noTopics] }),
          ...lambda("Announcing", "texting", { statements: [allow("sns:Publish", "arn:aws:sns:*:*:*")] }),
        },
      },
      { texting: source },
    );
    const cloud = await aCloud(assembly, { parts: [startEdge] });
    expect(await cloud.functions.invoke("Texting", { to: phone })).toEqual({ payload: "sent" });
    expect(await cloud.functions.invoke("Announcing", { to: phone })).toEqual({
      payload: "AuthorizationErrorException",
    });
    expect(cloud.iam.denials()).toMatchObject([{ caller: "Announcing", action: "sns:Publish", resource: phone }]);
  });
});
