// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are CloudFormation's own placeholders
import { describe, expect, it } from "vitest";
import { createResolver, type RawTemplate } from "../../local/cloud/intrinsics.ts";
import { arnOf, lambda, writeAssembly } from "./fixtures/assembly.ts";
import { aCloud } from "./fixtures/cloud.ts";

const addresses = {
  frontDoor: "http://localhost:4000",
  console: "http://localhost:4001",
  aws: "http://127.0.0.1:5000",
};
const template: RawTemplate = {
  Parameters: { Size: { Default: "small" } },
  Mappings: { Sizes: { small: { memory: 128 } } },
  Conditions: {
    IsSmall: { "Fn::Equals": [{ Ref: "Size" }, "small"] },
    IsLarge: { "Fn::Not": [{ Condition: "IsSmall" }] },
    Either: { "Fn::Or": [{ Condition: "IsLarge" }, { Condition: "IsSmall" }] },
    Both: { "Fn::And": [{ Condition: "IsLarge" }, { Condition: "IsSmall" }] },
  },
  Resources: {
    Table: { Type: "AWS::DynamoDB::Table" },
    Named: { Type: "AWS::SQS::Queue", Properties: { QueueName: { "Fn::Sub": "jobs-${Size}" } } },
    Cdn: {
      Type: "AWS::CloudFront::Distribution",
      Properties: { DistributionConfig: { Aliases: ["chat.example.com"] } },
    },
    Socket: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "WEBSOCKET" } },
    Pool: { Type: "AWS::Cognito::UserPool" },
    Domain: { Type: "AWS::Cognito::UserPoolDomain", Properties: { Domain: "agents", UserPoolId: { Ref: "Pool" } } },
    Bus: { Type: "AWS::Events::EventBus", Properties: { Name: "facts" } },
    Rule: { Type: "AWS::Events::Rule", Properties: { EventBusName: { Ref: "Bus" } } },
  },
};
const resolver = createResolver(template, {
  addresses,
  secretValue: (id, field) => `${id.split(":").at(-1)}/${field ?? "whole"}`,
});

describe("an intrinsic", () => {
  it.each<[string, unknown, unknown]>([
    ["Ref to a resource", { Ref: "Table" }, "Table"],
    ["Ref to a parameter", { Ref: "Size" }, "small"],
    ["Ref to a pseudo parameter", { Ref: "AWS::Region" }, "eu-west-1"],
    ["Ref to a queue", { Ref: "Named" }, "http://127.0.0.1:5000/000000000000/jobs-small"],
    ["GetAtt", { "Fn::GetAtt": ["Table", "Arn"] }, "arn:aws:dynamodb:eu-west-1:000000000000:table/Table"],
    ["GetAtt in dots", { "Fn::GetAtt": "Named.Arn" }, "arn:aws:sqs:eu-west-1:000000000000:jobs-small"],
    [
      "the ARN of a rule on a bus",
      { "Fn::GetAtt": ["Rule", "Arn"] },
      "arn:aws:events:eu-west-1:000000000000:rule/facts/Rule",
    ],
    ["Join", { "Fn::Join": ["-", ["a", { Ref: "Size" }]] }, "a-small"],
    ["Select of Split", { "Fn::Select": [1, { "Fn::Split": ["/", "a/b/c"] }] }, "b"],
    [
      "Sub",
      { "Fn::Sub": ["${Table.Arn} ${x} ${!x}", { x: { Ref: "Size" } }] },
      "arn:aws:dynamodb:eu-west-1:000000000000:table/Table small ${x}",
    ],
    ["FindInMap", { "Fn::FindInMap": ["Sizes", { Ref: "Size" }, "memory"] }, 128],
    ["If", { "Fn::If": ["IsSmall", "yes", "no"] }, "yes"],
    ["If of And", { "Fn::If": ["Both", "yes", "no"] }, "no"],
    ["If of Or", { "Fn::If": ["Either", "yes", "no"] }, "yes"],
    ["If without value", { kept: 1, dropped: { "Fn::If": ["IsLarge", 1, { Ref: "AWS::NoValue" }] } }, { kept: 1 }],
    ["Base64", { "Fn::Base64": "text" }, "dGV4dA=="],
    [
      "a secret",
      "{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:0:secret:Key:SecretString:token::}}",
      "Key/token",
    ],
    ["a whole secret", "{{resolve:secretsmanager:Key:SecretString:::}}", "Key/whole"],
  ])("%s is resolved", (_, value, expected) => {
    expect(resolver.resolve(value)).toEqual(expected);
  });

  it.each<[unknown, string]>([
    [{ "Fn::ImportValue": "x" }, "Fn::ImportValue"],
    [{ "Fn::GetAtt": ["Table", "Nothing"] }, "AWS::DynamoDB::Table.Nothing"],
    [{ Ref: "Nowhere" }, "Nowhere"],
    ["{{resolve:ssm:/x}}", "{{resolve:ssm:/x}}"],
  ])("%j is named when it is not supported", (value, named) => {
    expect(() => resolver.resolve(value)).toThrow(named);
  });
});

describe("an address of the cloud becomes one of this machine", () => {
  it.each<[unknown, string]>([
    [
      { "Fn::Join": ["", ["https://", { "Fn::GetAtt": ["Cdn", "DomainName"] }, "/agent"]] },
      "http://localhost:4000/agent",
    ],
    ["https://chat.example.com", "http://localhost:4000"],
    ["wss://chat.example.com/ws", "ws://localhost:4000/ws"],
    [{ "Fn::Sub": "https://${Socket}.execute-api.${AWS::Region}.amazonaws.com/prod" }, "http://127.0.0.1:5000/prod"],
    [{ "Fn::GetAtt": ["Pool", "ProviderURL"] }, "http://localhost:4001/cognito/Pool"],
    ["https://agents.auth.eu-west-1.amazoncognito.com/oauth2/token", "http://localhost:4001/cognito/Pool/oauth2/token"],
    ["https://elsewhere.example.org/x", "https://elsewhere.example.org/x"],
  ])("%j", (value, expected) => {
    expect(resolver.resolve(value)).toBe(expected);
  });

  it("only as the last step, so that a host can be cut out of an address", () => {
    const host = { "Fn::Select": [2, { "Fn::Split": ["/", { "Fn::GetAtt": ["Socket", "ApiEndpoint"] }] }] };
    expect(resolver.resolve(host)).toBe("Socket.execute-api.eu-west-1.amazonaws.com");
  });
});

describe("a template", () => {
  it("that cannot run fails the start with everything that stands in the way", async () => {
    const assembly = writeAssembly(
      {
        Resources: {
          Fifo: { Type: "AWS::SQS::Queue", Properties: { FifoQueue: true } },
          Topic: { Type: "AWS::Kinesis::Stream" },
          ...lambda("Layered", "none", { properties: { Layers: ["x"] } }),
        },
      },
      { none: "export const handler = () => null;" },
    );
    await expect(aCloud(assembly)).rejects.toThrow(/Fifo.*FifoQueue[\s\S]*Layered.*Layers/);
  });

  it("with a type that nobody handles names it, and starts once a part does", async () => {
    const assembly = writeAssembly({
      Resources: { Topic: { Type: "AWS::Kinesis::Stream", Properties: { Name: "x" } } },
    });
    await expect(aCloud(assembly)).rejects.toThrow("Topic: the resource type AWS::Kinesis::Stream is not supported");
    const part = async (context: { handles(type: string): void }) => {
      context.handles("AWS::Kinesis::Stream");
      return { close: async () => {} };
    };
    const cloud = await aCloud(assembly, { parts: [part] });
    expect(cloud.template.get("Topic").properties).toEqual({ Name: "x" });
  });

  it("leaves out deployment handlers and resources whose condition does not hold", async () => {
    const assembly = writeAssembly(
      {
        Conditions: { Never: { "Fn::Equals": [1, 2] } },
        Resources: {
          ...lambda("Handler", "none", { properties: { Runtime: "python3.13", Layers: ["x"] } }),
          Custom: { Type: "Custom::Thing", Properties: { ServiceToken: arnOf("Handler") } },
          Absent: { Type: "AWS::Kinesis::Stream", Condition: "Never" },
        },
      },
      { none: "" },
    );
    const cloud = await aCloud(assembly, {
      parts: [
        async (context) => {
          context.handles("Custom::Thing");
          return { close: async () => {} };
        },
      ],
    });
    expect(cloud.functions.names).toEqual([]);
    expect(() => cloud.template.get("Absent")).toThrow("Absent");
  });

  it("that is missing says what to do", async () => {
    await expect(aCloud("/nowhere")).rejects.toThrow("Run `cdk synth`");
  });
});
