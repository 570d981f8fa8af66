import { createHash } from "node:crypto";
import * as z from "zod";
import { AwsError, jsonService, operation } from "./json-service.ts";
import { keptFile } from "./kept-file.ts";
import { lastName } from "./names.ts";
import { createQueue, type Message, messageShape, type Queue } from "./queue.ts";
import type { AwsService, Clock, Counters, Faults, Need, Queues, Resource, Template } from "./service.ts";

const second = 1_000;
const largestBatch = 10;

/** FIFO queues are not supported: their properties are missing here on purpose. */
export const queueShape = z.strictObject({
  QueueName: z.string().optional(),
  DelaySeconds: z.number().default(0),
  MaximumMessageSize: z.number().default(1_048_576),
  MessageRetentionPeriod: z.number().default(345_600),
  ReceiveMessageWaitTimeSeconds: z.number().default(0),
  VisibilityTimeout: z.number().default(30),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
  RedriveAllowPolicy: z.unknown().optional(),
  KmsMasterKeyId: z.string().optional(),
  KmsDataKeyReusePeriodSeconds: z.number().optional(),
  SqsManagedSseEnabled: z.boolean().optional(),
  Tags: z.unknown().optional(),
});

export interface QueuesPart extends Queues {
  readonly service: AwsService;
  /** By name, ARN or URL. */
  find(queue: string): Queue | undefined;
  close(): void;
}

interface Dependencies {
  readonly template: Template;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly faults: Faults;
  readonly directory: string | undefined;
}

const toQueue = z.object({ QueueUrl: z.string() });
const attributes = messageShape.shape.attributes.optional();
const outgoing = z.object({
  MessageBody: z.string().min(1),
  DelaySeconds: z.number().optional(),
  MessageAttributes: attributes,
});
const sendShape = toQueue.extend(outgoing.shape);
const sendBatchShape = toQueue.extend({
  Entries: z
    .array(outgoing.extend({ Id: z.string() }))
    .min(1)
    .max(largestBatch),
});
const receiveShape = toQueue.extend({
  MaxNumberOfMessages: z.number().min(1).max(largestBatch).default(1),
  VisibilityTimeout: z.number().optional(),
  WaitTimeSeconds: z.number().optional(),
});
const receiptShape = z.object({ ReceiptHandle: z.string() });
const deleteBatchShape = toQueue.extend({ Entries: z.array(receiptShape.extend({ Id: z.string() })) });
const visibilityShape = toQueue.extend({ ...receiptShape.shape, VisibilityTimeout: z.number() });

/** SQS: the template's standard queues, over the JSON protocol. */
export function createQueues({ template, clock, counters, faults, directory }: Dependencies): QueuesPart {
  const queues = new Map<string, Queue>();
  const file = keptFile(directory, "queues.json", () =>
    Object.fromEntries([...queues].map(([name, queue]) => [name, queue.messages()])),
  );
  const kept = z
    .record(z.string(), z.array(messageShape))
    .catch({})
    .parse(file.read() ?? {});
  for (const resource of template.ofType("AWS::SQS::Queue")) {
    const queue = declared(resource);
    queues.set(queue.rules.name, queue);
  }

  function declared({ logicalId, properties }: Resource): Queue {
    const shape = queueShape.parse(properties);
    const { RedrivePolicy: redrive } = shape;
    const name = shape.QueueName ?? logicalId;
    return createQueue(
      {
        name,
        arn: String(template.resolve({ "Fn::GetAtt": [logicalId, "Arn"] })),
        url: String(template.resolve({ Ref: logicalId })),
        visibilitySeconds: shape.VisibilityTimeout,
        delaySeconds: shape.DelaySeconds,
        retentionSeconds: shape.MessageRetentionPeriod,
        waitSeconds: shape.ReceiveMessageWaitTimeSeconds,
        maximumBytes: shape.MaximumMessageSize,
        ...(redrive && {
          redrive: {
            maxReceiveCount: redrive.maxReceiveCount,
            deadLetter: (message: Message) => get(redrive.deadLetterTargetArn).adopt(message),
          },
        }),
      },
      { clock, faults, changed: file.changed },
      kept[name] ?? [],
    );
  }

  const find = (queue: string): Queue | undefined => queues.get(lastName(queue));

  function get(queue: string): Queue {
    const found = find(queue);
    if (found) return found;
    throw new AwsError("QueueDoesNotExist", `The specified queue ${lastName(queue)} does not exist.`);
  }

  function send(queue: Queue, message: z.infer<typeof outgoing>): Message {
    const { MessageBody: body, MessageAttributes: given = {}, DelaySeconds: delaySeconds } = message;
    if (Buffer.byteLength(body) > queue.rules.maximumBytes) {
      throw new AwsError("InvalidParameterValue", `The message is longer than ${queue.rules.maximumBytes} bytes.`);
    }
    return queue.send({ body, attributes: given, delaySeconds });
  }

  const needs =
    (action: string) =>
    ({ QueueUrl }: { QueueUrl: string }): readonly Need[] => [
      { action: `sqs:${action}`, resource: find(QueueUrl)?.rules.arn ?? QueueUrl },
    ];

  const service = jsonService("sqs", "1.0", {
    SendMessage: operation(sendShape, needs("SendMessage"), (input) => sent(send(get(input.QueueUrl), input))),
    SendMessageBatch: operation(sendBatchShape, needs("SendMessage"), ({ QueueUrl, Entries }) => {
      const queue = get(QueueUrl);
      return { Successful: Entries.map((entry) => ({ Id: entry.Id, ...sent(send(queue, entry)) })), Failed: [] };
    }),
    ReceiveMessage: operation(receiveShape, needs("ReceiveMessage"), async (input) => {
      const queue = get(input.QueueUrl);
      const take = () => queue.receive(input.MaxNumberOfMessages, input.VisibilityTimeout);
      let messages = take();
      const waitMs = (input.WaitTimeSeconds ?? queue.rules.waitSeconds) * second;
      if (messages.length === 0 && waitMs > 0) {
        await visibleWithin(queue, waitMs, clock);
        messages = take();
      }
      return { Messages: messages.map(received) };
    }),
    DeleteMessage: operation(toQueue.extend(receiptShape.shape), needs("DeleteMessage"), (input) => {
      get(input.QueueUrl).delete(input.ReceiptHandle);
    }),
    DeleteMessageBatch: operation(deleteBatchShape, needs("DeleteMessage"), ({ QueueUrl, Entries }) => {
      for (const { ReceiptHandle } of Entries) get(QueueUrl).delete(ReceiptHandle);
      return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
    }),
    ChangeMessageVisibility: operation(visibilityShape, needs("ChangeMessageVisibility"), (input) => {
      const changed = get(input.QueueUrl).changeVisibility(input.ReceiptHandle, input.VisibilityTimeout);
      if (!changed) throw new AwsError("MessageNotInflight", "The message is not in flight.");
    }),
    PurgeQueue: operation(toQueue, needs("PurgeQueue"), ({ QueueUrl }) => get(QueueUrl).purge()),
    GetQueueUrl: operation(
      z.object({ QueueName: z.string() }),
      ({ QueueName }) => needs("GetQueueUrl")({ QueueUrl: QueueName }),
      ({ QueueName }) => ({ QueueUrl: get(QueueName).rules.url }),
    ),
    GetQueueAttributes: operation(toQueue, needs("GetQueueAttributes"), ({ QueueUrl }) => ({
      Attributes: describe(get(QueueUrl), clock.now()),
    })),
  });

  return {
    find,
    service: {
      ...service,
      handle(call) {
        counters.add("sqs.requests");
        return service.handle(call);
      },
    },
    list: () => [...queues.values()].map((queue) => ({ name: queue.rules.name, messages: queue.messages() })),
    send(queue, body, given = {}) {
      const named = Object.entries(given).map(([name, value]) => [name, { DataType: "String", StringValue: value }]);
      return get(queue).send({ body, attributes: Object.fromEntries(named) }).messageId;
    },
    close: () => file.close(),
  };
}

/** Resolves when something may be visible, or when the wait is over. */
function visibleWithin(queue: Queue, waitMs: number, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(waitMs, done);
    const stop = queue.onVisible(() => {
      if (queue.messages().some(({ visibleAt }) => visibleAt <= clock.now())) done();
    });
    function done(): void {
      cancel();
      stop();
      resolve();
    }
  });
}

function sent({ messageId, body }: Message) {
  return { MessageId: messageId, MD5OfMessageBody: md5(body) };
}

/** System attributes as text, the way SQS and Lambda both spell them. */
export function systemAttributes(message: Message): Readonly<Record<string, string>> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: "local",
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    ...(message.deadLetterOf !== undefined && { DeadLetterQueueSourceArn: message.deadLetterOf }),
  };
}

function received(message: Message) {
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receipt,
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: systemAttributes(message),
    MessageAttributes: message.attributes,
  };
}

function describe(queue: Queue, now: number): Readonly<Record<string, string>> {
  const messages = queue.messages();
  const count = (counts: (message: Message) => boolean): string => String(messages.filter(counts).length);
  return {
    QueueArn: queue.rules.arn,
    ApproximateNumberOfMessages: count(({ visibleAt }) => visibleAt <= now),
    ApproximateNumberOfMessagesNotVisible: count(({ visibleAt, receiveCount }) => visibleAt > now && receiveCount > 0),
    ApproximateNumberOfMessagesDelayed: count(({ visibleAt, receiveCount }) => visibleAt > now && receiveCount === 0),
    VisibilityTimeout: String(queue.rules.visibilitySeconds),
  };
}

/** The SDK compares this with the body that it sent or got. */
export function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
