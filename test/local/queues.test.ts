import { describe, expect, it } from "vitest";
import type { Cloud } from "../../local/cloud/cloud.ts";
import { arnOf, temporaryDirectory, writeAssembly } from "./fixtures/assembly.ts";
import { aCloud, bodiesIn, call } from "./fixtures/cloud.ts";

const stack = () =>
  writeAssembly({
    Resources: {
      Dead: { Type: "AWS::SQS::Queue" },
      Jobs: {
        Type: "AWS::SQS::Queue",
        Properties: {
          VisibilityTimeout: 30,
          RedrivePolicy: { deadLetterTargetArn: arnOf("Dead"), maxReceiveCount: 2 },
        },
      },
    },
  });

interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes: Readonly<Record<string, string>>;
}

async function sqs(cloud: Cloud, operation: string, input: object = {}): Promise<Record<string, unknown>> {
  return (await call(cloud, "sqs", `AmazonSQS.${operation}`, { QueueUrl: "Jobs", ...input })).body;
}

async function receive(cloud: Cloud, input: object = {}): Promise<readonly Received[]> {
  return (await sqs(cloud, "ReceiveMessage", input)).Messages as readonly Received[];
}

describe("a queue", () => {
  it("hides a received message until its visibility timeout is over, and forgets a deleted one", async () => {
    const cloud = await aCloud(stack());
    await sqs(cloud, "SendMessage", { MessageBody: "1" });
    expect(await receive(cloud)).toMatchObject([{ Body: "1", Attributes: { ApproximateReceiveCount: "1" } }]);
    expect(await receive(cloud)).toEqual([]);
    await cloud.clock.advance(30_000);
    const [again] = await receive(cloud);
    expect(again?.Attributes.ApproximateReceiveCount).toBe("2");
    await sqs(cloud, "DeleteMessage", { ReceiptHandle: again?.ReceiptHandle });
    expect(bodiesIn(cloud, "Jobs")).toEqual([]);
  });

  it("moves a message that was received too often to the dead-letter queue", async () => {
    const cloud = await aCloud(stack());
    await sqs(cloud, "SendMessage", { MessageBody: "1" });
    for (let round = 0; round < 2; round++) {
      expect(await receive(cloud)).toHaveLength(1);
      await cloud.clock.advance(30_000);
    }
    expect(await receive(cloud)).toEqual([]);
    expect(bodiesIn(cloud, "Dead")).toEqual([1]);
  });

  it("delays, changes visibility, batches and purges", async () => {
    const cloud = await aCloud(stack());
    const entries = [1, 2].map((n) => ({ Id: `${n}`, MessageBody: `${n}`, DelaySeconds: n }));
    expect(await sqs(cloud, "SendMessageBatch", { Entries: entries })).toMatchObject({
      Successful: [{ Id: "1" }, { Id: "2" }],
    });
    expect(await receive(cloud)).toEqual([]);
    await cloud.clock.advance(2_000);
    const received = await receive(cloud, { MaxNumberOfMessages: 10 });
    expect(received.map(({ Body }) => Body)).toEqual(["1", "2"]);
    await sqs(cloud, "ChangeMessageVisibility", { ReceiptHandle: received[0]?.ReceiptHandle, VisibilityTimeout: 0 });
    expect(await sqs(cloud, "GetQueueAttributes")).toMatchObject({
      Attributes: { ApproximateNumberOfMessages: "1", ApproximateNumberOfMessagesNotVisible: "1" },
    });
    await sqs(cloud, "PurgeQueue");
    expect(bodiesIn(cloud, "Jobs")).toEqual([]);
  });

  it("lets a receiver wait for a message", async () => {
    const cloud = await aCloud(stack());
    const waiting = receive(cloud, { WaitTimeSeconds: 20 });
    await sqs(cloud, "SendMessage", { MessageBody: "1" });
    expect(await waiting).toMatchObject([{ Body: "1" }]);
  });

  it("delivers twice when that fault is on", async () => {
    const cloud = await aCloud(stack());
    cloud.faults.add({ kind: "queue.duplicate", match: { queue: "Jobs" } });
    await sqs(cloud, "SendMessage", { MessageBody: "1" });
    const [first] = await receive(cloud);
    const [second] = await receive(cloud);
    expect(second?.MessageId).toBe(first?.MessageId);
    expect(await receive(cloud)).toEqual([]);
  });

  it("keeps its messages over a restart", async () => {
    const [directory, assembly] = [temporaryDirectory(), stack()];
    const first = await aCloud(assembly, { directory });
    await sqs(first, "SendMessage", { MessageBody: "1" });
    await first.close();
    expect(await receive(await aCloud(assembly, { directory }))).toMatchObject([{ Body: "1" }]);
  });

  it("says that a queue does not exist", async () => {
    const cloud = await aCloud(stack());
    expect(await sqs(cloud, "ReceiveMessage", { QueueUrl: "Nowhere" })).toMatchObject({ __type: "QueueDoesNotExist" });
  });
});
