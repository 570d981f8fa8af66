import { describe, expect, it } from "vitest";
import { allow, arnOf, lambda, temporaryDirectory, writeAssembly } from "./fixtures/assembly.ts";
import { aCloud, awsClient, bodiesIn, call } from "./fixtures/cloud.ts";

const relay = `${awsClient} export const handler = ({ scope, target, input }) => aws(scope, target, input);`;

const stack = () =>
  writeAssembly(
    {
      Resources: {
        Queue: { Type: "AWS::SQS::Queue" },
        Other: { Type: "AWS::SQS::Queue" },
        Secret: {
          Type: "AWS::SecretsManager::Secret",
          Properties: {
            GenerateSecretString: {
              SecretStringTemplate: '{"user":"desk"}',
              GenerateStringKey: "token",
              ExcludePunctuation: true,
            },
          },
        },
        ...lambda("Relay", "relay", {
          statements: [
            allow("sqs:SendMessage", arnOf("Queue")),
            allow("secretsmanager:GetSecretValue", { Ref: "Secret" }),
          ],
          env: { TOKEN: "{{resolve:secretsmanager:Secret:SecretString:token::}}" },
        }),
        ...lambda("Caller", "caller", { statements: [allow("lambda:InvokeFunction", arnOf("Relay"))] }),
      },
    },
    {
      relay,
      caller: `export const handler = async ({ name, type }) => {
        const response = await fetch(process.env.AWS_ENDPOINT_URL + "/2015-03-31/functions/" + name + "/invocations", {
          method: "POST",
          headers: {
            authorization: "AWS4-HMAC-SHA256 Credential=" + process.env.AWS_ACCESS_KEY_ID + "/20300101/eu-west-1/lambda/aws4_request",
            "x-amz-invocation-type": type,
          },
          body: JSON.stringify({ scope: "sqs", target: "AmazonSQS.GetQueueAttributes", input: { QueueUrl: "Queue" } }),
        });
        return [response.status, (await response.text()).includes("AccessDenied")];
      };`,
    },
  );

describe("the endpoint", () => {
  it("lets a function do what its role allows", async () => {
    const cloud = await aCloud(stack());
    const input = { QueueUrl: cloud.template.resolve({ Ref: "Queue" }), MessageBody: '"hello"' };
    const result = await cloud.functions.invoke("Relay", { scope: "sqs", target: "AmazonSQS.SendMessage", input });
    expect(result).toMatchObject({ payload: { status: 200, body: { MessageId: expect.any(String) } } });
    expect(bodiesIn(cloud, "Queue")).toEqual(["hello"]);
    expect(cloud.iam.denials()).toEqual([]);
  });

  it("answers AccessDenied where a grant is missing, and does nothing", async () => {
    const cloud = await aCloud(stack());
    const input = { QueueUrl: cloud.template.resolve({ Ref: "Other" }), MessageBody: '"hello"' };
    const result = await cloud.functions.invoke("Relay", { scope: "sqs", target: "AmazonSQS.SendMessage", input });
    const message =
      "User: arn:aws:sts::000000000000:assumed-role/RelayRole/Relay is not authorized to perform: sqs:SendMessage on resource: " +
      "arn:aws:sqs:eu-west-1:000000000000:Other because no identity-based policy allows the sqs:SendMessage action";
    expect(result).toMatchObject({ payload: { status: 400, body: { __type: "AccessDeniedException", message } } });
    expect(bodiesIn(cloud, "Other")).toEqual([]);
    expect(cloud.iam.denials()).toMatchObject([{ caller: "Relay", action: "sqs:SendMessage", message }]);
  });

  it("invokes functions for functions that may", async () => {
    const cloud = await aCloud(stack());
    expect(await cloud.functions.invoke("Caller", { name: "Relay", type: "RequestResponse" })).toEqual({
      payload: [200, true],
    });
    expect(await cloud.functions.invoke("Caller", { name: "Relay", type: "Event" })).toEqual({ payload: [202, false] });
    expect(await cloud.functions.invoke("Caller", { name: "Caller", type: "Event" })).toEqual({
      payload: [403, false],
    });
  });

  it("refuses unknown keys, unsigned calls, unknown services and unknown operations", async () => {
    const cloud = await aCloud(stack());
    expect(await call(cloud, "sqs", "AmazonSQS.PurgeQueue", { QueueUrl: "Queue" }, "AKIAUNKNOWN")).toMatchObject({
      status: 403,
    });
    expect((await fetch(cloud.addresses.aws)).status).toBe(403);
    expect((await call(cloud, "polly", "x.Speak", {})).body.message).toContain('No local service answers "polly"');
    expect((await call(cloud, "sqs", "AmazonSQS.CreateQueue", {})).body.message).toContain("AmazonSQS.CreateQueue");
  });
});

describe("a secret", () => {
  it("is generated, resolved into the environment, and outlives a restart", async () => {
    const directory = temporaryDirectory();
    const assembly = stack();
    const first = await aCloud(assembly, { directory });
    const token = first.secrets.value("Secret", "token");
    expect(token).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(first.template.get("Relay").properties.Environment.Variables.TOKEN).toBe(token);
    const input = { SecretId: first.template.resolve({ Ref: "Secret" }) };
    expect(
      await first.functions.invoke("Relay", {
        scope: "secretsmanager",
        target: "secretsmanager.GetSecretValue",
        input,
      }),
    ).toMatchObject({ payload: { body: { SecretString: JSON.stringify({ user: "desk", token }) } } });
    await call(first, "secretsmanager", "secretsmanager.PutSecretValue", {
      ...input,
      SecretString: '{"token":"rotated"}',
    });
    await first.close();

    const second = await aCloud(assembly, { directory });
    expect(second.secrets.value("Secret", "token")).toBe("rotated");
    const previous = await call(second, "secretsmanager", "secretsmanager.GetSecretValue", {
      ...input,
      VersionStage: "AWSPREVIOUS",
    });
    expect(previous.body.SecretString).toBe(JSON.stringify({ user: "desk", token }));
  });
});
