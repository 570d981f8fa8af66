import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { type EventType, eventSource, isEventType } from "../../lambdas/contracts/events.ts";
import { table } from "../../lambdas/contracts/table.ts";
import { synthesize } from "./synthesis.ts";

const { template, logicalIdOf } = synthesize();
const resources = template.toJSON().Resources;
const mappings = Object.values(template.findResources("AWS::Lambda::EventSourceMapping")).map(
  ({ Properties }) => Properties,
);
const logicalIdIn = (getAtt: { "Fn::GetAtt": [string, string] }) => getAtt["Fn::GetAtt"][0];

const consumers: readonly [EventType, string][] = [
  ["message.asked.v1", "AnswerQuestion"],
  ["conversation.escalated.v1", "NotifyByEmail"],
  ["conversation.escalated.v1", "NotifyZendesk"],
  ["message.unseen.v1", "NotifyUnseen"],
];

/** The queues that an event's rules deliver to. */
function queuesOf(type: EventType): readonly string[] {
  return Object.values(template.findResources("AWS::Events::Rule"))
    .map(({ Properties }) => Properties)
    .filter(({ EventPattern }) => EventPattern["detail-type"].includes(type))
    .map(({ Targets }) => logicalIdIn(Targets[0].Arn));
}

/** The mapping from one of an event's queues to a function. */
function mappingOf(type: EventType, id: string) {
  const queues = queuesOf(type);
  return mappings.find(
    ({ FunctionName, EventSourceArn }) =>
      FunctionName.Ref === logicalIdOf(id) && queues.includes(logicalIdIn(EventSourceArn)),
  );
}

describe("the outbox", () => {
  it("passes only inserts of outbox items, so that ordinary chat starts no function", () => {
    const stream = mappings.find(({ FunctionName }) => FunctionName.Ref === logicalIdOf("PublishEvents"));
    expect(JSON.parse(stream?.FilterCriteria.Filters[0].Pattern)).toEqual({
      eventName: ["INSERT"],
      dynamodb: { NewImage: { [table.outboxType]: { S: [{ exists: true }] } } },
    });
  });

  it("neither stalls at a bad record nor loses it", () => {
    template.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      FunctionName: { Ref: logicalIdOf("PublishEvents") },
      StartingPosition: "TRIM_HORIZON",
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      MaximumRetryAttempts: 20,
      MaximumRecordAgeInSeconds: 6 * 60 * 60,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });
});

describe("the bus", () => {
  it("keeps what it carried, to be replayed", () => {
    template.hasResourceProperties("AWS::Events::Archive", {
      EventPattern: { source: [eventSource] },
      RetentionDays: 30,
    });
  });

  it("listens to events of the contracts alone", () => {
    for (const { Properties } of Object.values(template.findResources("AWS::Events::Rule"))) {
      expect(Properties.EventPattern.source).toEqual([eventSource]);
      const types: readonly string[] = Properties.EventPattern["detail-type"];
      expect(types.length).toBeGreaterThan(0);
      expect(types.filter((type) => !isEventType(type))).toEqual([]);
    }
  });

  it.each(consumers)("brings %s to %s through a queue that outlasts its tries", (type, id) => {
    const mapping = mappingOf(type, id);
    expect(mapping?.FunctionResponseTypes).toEqual(["ReportBatchItemFailures"]);
    expect(mapping?.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
    const queue = resources[logicalIdIn(mapping?.EventSourceArn)].Properties;
    const { Timeout } = resources[logicalIdOf(id)].Properties;
    // A visitor waits for the answer: that question is tried again as soon as the first try can't be running any more.
    const timeouts = id === "AnswerQuestion" ? 1 : 6;
    expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(timeouts * Timeout);
    expect(queue.SqsManagedSseEnabled).toBe(true);
    const deadLetters = logicalIdIn(queue.RedrivePolicy.deadLetterTargetArn);
    expect(resources[deadLetters].Properties.MessageRetentionPeriod).toBe(14 * 24 * 60 * 60);
  });

  it("has no rule without a consumer", () => {
    template.resourceCountIs("AWS::Events::Rule", consumers.length);
  });

  it("waits the grace time before it looks for unseen messages, and never otherwise", () => {
    const delays = consumers.map(([type, id]) => {
      const queue = resources[logicalIdIn(mappingOf(type, id)?.EventSourceArn)].Properties;
      return [id, queue.DelaySeconds ?? 0];
    });
    expect(Object.fromEntries(delays)).toEqual({
      AnswerQuestion: 0,
      NotifyByEmail: 0,
      NotifyZendesk: 0,
      NotifyUnseen: 60,
    });
  });

  it("rings for every dead-letter queue", () => {
    const queues = Object.values(template.findResources("AWS::SQS::Queue"));
    const deadLetterQueues = queues.filter(({ Properties }) => Properties.RedrivePolicy === undefined);
    expect(deadLetterQueues).toHaveLength(consumers.length + 1);
    const alarms = template.findResources("AWS::CloudWatch::Alarm", {
      Properties: { MetricName: "ApproximateNumberOfMessagesVisible" },
    });
    expect(Object.keys(alarms)).toHaveLength(deadLetterQueues.length);
  });
});
