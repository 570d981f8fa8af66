import { describe, expect, it, vi } from "vitest";
import type { Cloud } from "../../local/cloud/cloud.ts";
import { allow, arnOf, lambda, writeAssembly } from "./fixtures/assembly.ts";
import { aCloud, bodiesIn, call, invocationsOf } from "./fixtures/cloud.ts";

const streamGrants = [
  allow(["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], {
    "Fn::GetAtt": ["Table", "StreamArn"],
  }),
  allow("sqs:SendMessage", arnOf("Dead")),
];
const queueGrants = [allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], arnOf("Jobs"))];

/** Logs the keys that it got, and fails for those that say so. */
const reader = `export const handler = async ({ Records }) => {
  const keys = Records.map((record) => record.dynamodb.NewImage.pk.S);
  console.log(keys.join(" "));
  if (keys.includes("throw")) throw new Error("poison");
  return { batchItemFailures: Records.filter((_, index) => keys[index] === "bad").map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
};`;
const worker = `export const handler = async ({ Records }) => {
  console.log(Records.map(({ body }) => body).join(" "));
  return { batchItemFailures: Records.filter(({ body }) => body.includes("bad")).map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

function streamStack(mapping: object, statements: readonly unknown[] = streamGrants): string {
  return writeAssembly(
    {
      Resources: {
        Dead: { Type: "AWS::SQS::Queue" },
        Table: {
          Type: "AWS::DynamoDB::Table",
          Properties: {
            AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
            KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
            BillingMode: "PAY_PER_REQUEST",
            StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
          },
        },
        ...lambda("Reader", "reader", { statements }),
        Mapping: {
          Type: "AWS::Lambda::EventSourceMapping",
          Properties: {
            EventSourceArn: { "Fn::GetAtt": ["Table", "StreamArn"] },
            FunctionName: { Ref: "Reader" },
            StartingPosition: "TRIM_HORIZON",
            ...mapping,
          },
        },
      },
    },
    { reader },
  );
}

async function putItems(cloud: Cloud, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const input = { TableName: "Table", Item: { pk: { S: key }, kind: { S: "thing" } } };
    expect((await call(cloud, "dynamodb", "DynamoDB_20120810.PutItem", input)).status).toBe(200);
  }
}

const output = (cloud: Cloud, source: string): readonly string[] => cloud.log.entries(source).map(({ text }) => text);

/** Moves the clock over the pauses between retries until the condition holds. */
async function retryingUntil(cloud: Cloud, condition: () => void): Promise<void> {
  await vi.waitFor(
    async () => {
      await cloud.clock.advance(1_000);
      condition();
    },
    { timeout: 20_000 },
  );
}

describe("a stream mapping", () => {
  it("starts no function for records that its filter drops", async () => {
    const filters = [
      { Pattern: JSON.stringify({ eventName: ["INSERT"], dynamodb: { Keys: { pk: { S: [{ prefix: "out." }] } } } }) },
    ];
    const cloud = await aCloud(streamStack({ FilterCriteria: { Filters: filters } }));
    await putItems(cloud, "a", "b", "c");
    await putItems(cloud, "out.1");
    await vi.waitFor(() => expect(output(cloud, "Reader")).toEqual(["out.1"]));
    expect(invocationsOf(cloud, "Reader")).toBe(1);
  });

  it("collects a batch for as long as its window", async () => {
    const cloud = await aCloud(streamStack({ BatchSize: 10, MaximumBatchingWindowInSeconds: 60 }));
    await putItems(cloud, "a", "b");
    await cloud.clock.advance(30_000);
    expect(invocationsOf(cloud, "Reader")).toBe(0);
    await cloud.clock.advance(30_000);
    await vi.waitFor(() => expect(output(cloud, "Reader")).toEqual(["a b"]));
  });

  it("splits a failing batch until the poison is alone, gives that up after its retries, and goes on", async () => {
    const cloud = await aCloud(
      streamStack({
        BatchSize: 4,
        MaximumBatchingWindowInSeconds: 1,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: arnOf("Dead") } },
      }),
    );
    await putItems(cloud, "a", "b", "throw", "c");
    await retryingUntil(cloud, () => expect(output(cloud, "Reader")).toContain("c"));
    const keys = output(cloud, "Reader").filter((line) => !line.includes(":"));
    expect(keys).toEqual(["a b throw c", "a b", "throw c", "throw", "throw", "c"]);
    expect(bodiesIn(cloud, "Dead")).toMatchObject([
      { requestContext: { condition: "RetryAttemptsExhausted" }, DDBStreamBatchInfo: { batchSize: 1 } },
    ]);
  });

  it("continues at the first reported failure", async () => {
    const cloud = await aCloud(
      streamStack({
        BatchSize: 3,
        MaximumBatchingWindowInSeconds: 1,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: arnOf("Dead") } },
      }),
    );
    await putItems(cloud, "a", "bad", "c");
    await retryingUntil(cloud, () => expect(bodiesIn(cloud, "Dead")).toHaveLength(1));
    expect(output(cloud, "Reader").filter((line) => !line.includes(":"))).toEqual(["a bad c", "bad c", "bad c"]);
  });

  it("gives up records that are too old", async () => {
    const cloud = await aCloud(
      streamStack({ MaximumRecordAgeInSeconds: 60, DestinationConfig: { OnFailure: { Destination: arnOf("Dead") } } }),
    );
    await putItems(cloud, "throw");
    await vi.waitFor(() => expect(invocationsOf(cloud, "Reader")).toBeGreaterThan(0));
    await cloud.clock.advance(120_000);
    await retryingUntil(cloud, () =>
      expect(bodiesIn(cloud, "Dead")).toMatchObject([{ requestContext: { condition: "RecordAgeExceeded" } }]),
    );
  });

  it("delivers twice when that fault is on", async () => {
    const cloud = await aCloud(streamStack({}));
    cloud.faults.add({ kind: "stream.duplicate", match: { function: "Reader" } });
    await putItems(cloud, "a");
    await vi.waitFor(() => expect(output(cloud, "Reader")).toEqual(["a", "a"]));
  });

  it("fails the start when the function's role may not read the stream", async () => {
    await expect(aCloud(streamStack({}, []))).rejects.toThrow(/Mapping: .*dynamodb:GetRecords/);
  });
});

describe("a queue mapping", () => {
  const queueStack = (mapping: object) =>
    writeAssembly(
      {
        Resources: {
          Dead: { Type: "AWS::SQS::Queue" },
          Jobs: {
            Type: "AWS::SQS::Queue",
            Properties: { RedrivePolicy: { deadLetterTargetArn: arnOf("Dead"), maxReceiveCount: 2 } },
          },
          ...lambda("Worker", "worker", { statements: queueGrants }),
          Mapping: {
            Type: "AWS::Lambda::EventSourceMapping",
            Properties: { EventSourceArn: arnOf("Jobs"), FunctionName: { Ref: "Worker" }, ...mapping },
          },
        },
      },
      { worker },
    );

  it("deletes what succeeded, retries what did not after the visibility timeout, then leaves it to the dead-letter queue", async () => {
    const cloud = await aCloud(
      queueStack({
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        BatchSize: 2,
        MaximumBatchingWindowInSeconds: 1,
      }),
    );
    cloud.queues.send("Jobs", '"good"');
    cloud.queues.send("Jobs", '"bad"');
    await vi.waitFor(() => expect(bodiesIn(cloud, "Jobs")).toEqual(["bad"]));
    await retryingUntil(cloud, () => expect(bodiesIn(cloud, "Dead")).toEqual(["bad"]));
    expect(invocationsOf(cloud, "Worker")).toBe(2);
    expect(bodiesIn(cloud, "Jobs")).toEqual([]);
  });

  it("deletes messages that its filter drops without starting the function", async () => {
    const cloud = await aCloud(queueStack({ FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["job"]}}' }] } }));
    cloud.queues.send("Jobs", '{"kind":"other"}');
    cloud.queues.send("Jobs", '{"kind":"job"}');
    await vi.waitFor(() => expect(invocationsOf(cloud, "Worker")).toBe(1));
    await vi.waitFor(() => expect(bodiesIn(cloud, "Jobs")).toEqual([]));
    expect(output(cloud, "Worker")).toEqual(['{"kind":"job"}']);
  });
});
