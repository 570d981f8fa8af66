import { describe, expect, it, vi } from "vitest";
import type { Cloud } from "../../local/cloud/cloud.ts";
import { arnOf, lambda, writeAssembly } from "./fixtures/assembly.ts";
import { aCloud, bodiesIn, call, invocationsOf } from "./fixtures/cloud.ts";

const permission = (fn: string, rule: string) => ({
  Type: "AWS::Lambda::Permission",
  Properties: {
    Action: "lambda:InvokeFunction",
    FunctionName: arnOf(fn),
    Principal: "events.amazonaws.com",
    SourceArn: arnOf(rule),
  },
});
const onBus = (pattern: object, target: object) => ({
  Type: "AWS::Events::Rule",
  Properties: { EventBusName: { Ref: "Bus" }, EventPattern: pattern, Targets: [{ Id: "Target", ...target }] },
});

const stack = () =>
  writeAssembly(
    {
      Resources: {
        Bus: { Type: "AWS::Events::EventBus", Properties: { Name: "facts" } },
        Archive: { Type: "AWS::Events::Archive", Properties: { SourceArn: arnOf("Bus") } },
        ...lambda("Worker", "worker"),
        Ended: onBus({ "detail-type": ["ended"] }, { Arn: arnOf("Worker") }),
        EndedPermission: permission("Worker", "Ended"),
        Forgotten: onBus(
          { "detail-type": ["forgotten"] },
          { Arn: arnOf("Worker"), DeadLetterConfig: { Arn: arnOf("Dead") } },
        ),
        Dead: { Type: "AWS::SQS::Queue" },
        Jobs: { Type: "AWS::SQS::Queue" },
        QueuePolicy: {
          Type: "AWS::SQS::QueuePolicy",
          Properties: {
            Queues: [{ Ref: "Jobs" }, { Ref: "Dead" }],
            PolicyDocument: {
              Statement: [
                {
                  Effect: "Allow",
                  Principal: { Service: "events.amazonaws.com" },
                  Action: "sqs:SendMessage",
                  Resource: [arnOf("Jobs"), arnOf("Dead")],
                  Condition: {
                    ArnEquals: { "aws:SourceArn": [arnOf("ToQueue"), arnOf("Forgotten"), arnOf("FromSes")] },
                  },
                },
              ],
            },
          },
        },
        ToQueue: onBus({ "detail-type": [{ prefix: "job." }] }, { Arn: arnOf("Jobs"), InputPath: "$.detail" }),
        FromSes: {
          Type: "AWS::Events::Rule",
          Properties: {
            EventPattern: { source: ["aws.ses"], detail: { mail: { tags: { kind: ["escalation"] } } } },
            Targets: [{ Id: "Target", Arn: arnOf("Jobs"), InputPath: "$.detail-type" }],
          },
        },
        Hourly: {
          Type: "AWS::Events::Rule",
          Properties: { ScheduleExpression: "rate(1 hour)", Targets: [{ Id: "Target", Arn: arnOf("Worker") }] },
        },
        HourlyPermission: permission("Worker", "Hourly"),
      },
    },
    { worker: "export const handler = async () => null;" },
  );

async function put(cloud: Cloud, DetailType: string, more: object = {}): Promise<Record<string, unknown>> {
  const entry = { Source: "test", DetailType, Detail: '{"n":1}', EventBusName: "facts", ...more };
  return (await call(cloud, "events", "AWSEvents.PutEvents", { Entries: [entry] })).body;
}

describe("an event", () => {
  it("reaches the targets of the rules that match, and the archive", async () => {
    const cloud = await aCloud(stack());
    expect(await put(cloud, "ended")).toMatchObject({
      FailedEntryCount: 0,
      Entries: [{ EventId: expect.any(String) }],
    });
    await put(cloud, "job.made");
    await put(cloud, "nobody.cares");
    await vi.waitFor(() => expect(invocationsOf(cloud, "Worker")).toBe(1));
    expect(bodiesIn(cloud, "Jobs")).toEqual([{ n: 1 }]);
    expect(cloud.events.archives().Archive).toHaveLength(3);
    expect(cloud.counters.snapshot()).toMatchObject({ events: { published: 3 } });
    expect(cloud.events.replay("Archive")).toBe(3);
    expect(bodiesIn(cloud, "Jobs")).toHaveLength(2);
  });

  it("of AWS itself reaches the rules of the default bus", async () => {
    const cloud = await aCloud(stack());
    const bounced = (kind: string) => ({
      Source: "aws.ses",
      DetailType: "Email Bounced",
      Detail: JSON.stringify({ mail: { tags: { kind: [kind] } } }),
    });
    cloud.events.publish(bounced("transcript"));
    cloud.events.publish(bounced("escalation"));
    cloud.events.publish({ ...bounced("escalation"), EventBusName: "facts" });
    const jobs = cloud.queues.list().find(({ name }) => name === "Jobs");
    expect(jobs?.messages.map(({ body }) => body)).toEqual(["Email Bounced"]);
  });

  it("goes to the rule's dead-letter queue when the function gives the rule no permission", async () => {
    const cloud = await aCloud(stack());
    await put(cloud, "forgotten");
    expect(bodiesIn(cloud, "Dead")).toMatchObject([{ "detail-type": "forgotten" }]);
    expect(invocationsOf(cloud, "Worker")).toBe(0);
  });

  it("comes twice or late when those faults are on", async () => {
    const cloud = await aCloud(stack());
    cloud.faults.add({ kind: "events.duplicate", match: { detailType: "job.made" } });
    await put(cloud, "job.made");
    expect(bodiesIn(cloud, "Jobs")).toHaveLength(2);
    cloud.faults.add({ kind: "events.late", options: { delayMs: 60_000 } });
    await put(cloud, "job.made");
    await cloud.clock.advance(59_000);
    expect(bodiesIn(cloud, "Jobs")).toHaveLength(2);
    await cloud.clock.advance(1_000);
    expect(bodiesIn(cloud, "Jobs")).toHaveLength(3);
  });

  it.each<[object, string]>([
    [{ Detail: "no json" }, "MalformedDetail"],
    [{ Detail: JSON.stringify({ text: "x".repeat(256 * 1024) }) }, "InvalidArgument"],
    [{ EventBusName: "nowhere" }, "ResourceNotFoundException"],
    [{ Source: "aws.s3" }, "NotAuthorizedForSourceException"],
    [{ Source: "" }, "InvalidArgument"],
  ])("is refused with its own error (%#)", async (entry, code) => {
    const cloud = await aCloud(stack());
    expect(await put(cloud, "ended", entry)).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode: code }] });
  });
});

describe("a schedule rule", () => {
  it("fires as often as the clock passes its time", async () => {
    const cloud = await aCloud(stack());
    await cloud.clock.advance(3 * 3_600_000);
    await vi.waitFor(() => expect(invocationsOf(cloud, "Worker")).toBe(3));
  });
});
