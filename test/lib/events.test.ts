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
  ["conversation.escalated.v1", "NotifyByPush"],
  ["message.unseen.v1", "NotifyByPush"],
  ["conversation.escalated.v1", "NotifyBySms"],
  ["message.unseen.v1", "NotifyBySms"],
  ["transcript.requested.v1", "MailTranscript"],
  ["conversation.erased.v1", "SweepConversation"],
  ["lead.saved.v1", "NotifyZendesk"],
];

/** The queues that an event's rules deliver to. */
function queuesOf(type: EventType): readonly string[] {
  return Object.values(template.findResources("AWS::Events::Rule"))
    .map(({ Properties }) => Properties)
    .filter(({ EventPattern }) => EventPattern?.["detail-type"]?.includes(type))
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
      // The default bus: what AWS says, and schedules.
      if (Properties.EventBusName === undefined) continue;
      expect(Properties.EventPattern.source).toEqual([eventSource]);
      const types: readonly string[] = Properties.EventPattern["detail-type"];
      expect(types.length).toBeGreaterThan(0);
      expect(types.filter((type) => !isEventType(type))).toEqual([]);
    }
  });

  it("asks agents only about messages that wait for agents", () => {
    const queues = ["NotifyByPush", "NotifyBySms"].map((id) =>
      logicalIdIn(mappingOf("message.unseen.v1", id)?.EventSourceArn),
    );
    const patterns = Object.values(template.findResources("AWS::Events::Rule"))
      .map(({ Properties }) => Properties)
      .filter(
        ({ Targets, EventPattern }) =>
          queues.includes(logicalIdIn(Targets[0].Arn)) && EventPattern?.["detail-type"]?.includes("message.unseen.v1"),
      )
      .map(({ EventPattern }) => EventPattern.detail);
    expect(patterns).toEqual([{ recipient: ["agent"] }, { recipient: ["agent"] }]);
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
    const consumed = mappings.flatMap(({ EventSourceArn }) => EventSourceArn["Fn::GetAtt"]?.[0] ?? []);
    const targets = Object.values(template.findResources("AWS::Events::Rule"))
      .filter(({ Properties }) => Properties.ScheduleExpression === undefined)
      .flatMap(({ Properties }) => Properties.Targets)
      .map(({ Arn }) => logicalIdIn(Arn));
    expect(targets.length).toBeGreaterThanOrEqual(consumers.length);
    expect(targets.filter((queue) => !consumed.includes(queue))).toEqual([]);
  });

  it("waits the grace time before it looks for unseen messages, and never otherwise", () => {
    const delayed = Object.entries(template.findResources("AWS::SQS::Queue")).filter(
      ([, { Properties }]) => Properties.DelaySeconds !== undefined,
    );
    // Text messages are the last step for escalations, too; mails and notifications in browsers go out at once.
    const unseen = ["NotifyUnseen", "NotifyBySms"].map((id) =>
      logicalIdIn(mappingOf("message.unseen.v1", id)?.EventSourceArn),
    );
    expect(logicalIdIn(mappingOf("conversation.escalated.v1", "NotifyBySms")?.EventSourceArn)).toBe(unseen[1]);
    // Whoever was writing into a conversation when it was erased has ended before what is left is swept.
    const sweep = logicalIdIn(mappingOf("conversation.erased.v1", "SweepConversation")?.EventSourceArn);
    expect(delayed.map(([id, { Properties }]) => [id, Properties.DelaySeconds]).sort()).toEqual(
      [...unseen.map((id) => [id, 60]), [sweep, 180]].sort(),
    );
  });

  it("rings for every dead-letter queue", () => {
    const queues = Object.values(template.findResources("AWS::SQS::Queue"));
    const deadLetterQueues = queues.filter(({ Properties }) => Properties.RedrivePolicy === undefined);
    expect(deadLetterQueues.length).toBeGreaterThan(consumers.length);
    const alarms = template.findResources("AWS::CloudWatch::Alarm", {
      Properties: { MetricName: "ApproximateNumberOfMessagesVisible" },
    });
    expect(Object.keys(alarms)).toHaveLength(deadLetterQueues.length);
  });
});

describe("what SES says of our mails", () => {
  const [rule] = Object.values(
    template.findResources("AWS::Events::Rule", { Properties: { EventPattern: { source: ["aws.ses"] } } }),
  ).map(({ Properties }) => Properties);
  const set = Object.keys(template.findResources("AWS::SES::ConfigurationSet"))[0];

  it("goes to the default bus, the only one that SES knows, and leaves clicks and openings alone", () => {
    template.hasResourceProperties("AWS::SES::ConfigurationSetEventDestination", {
      ConfigurationSetName: { Ref: set },
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ["send", "delivery", "bounce", "complaint", "reject"],
        EventBridgeDestination: {
          EventBusArn: { "Fn::Join": ["", Match.arrayWith([Match.stringLikeRegexp("event-bus/default$")])] },
        },
      },
    });
  });

  it("is taken from there for this deployment's mails alone, through a queue, to the ledger", () => {
    expect(rule?.EventBusName).toBeUndefined();
    expect(rule?.EventPattern.detail).toEqual({ mail: { tags: { "ses:configuration-set": [{ Ref: set }] } } });
    const queue = logicalIdIn(rule?.Targets[0].Arn);
    const mapping = mappings.find(({ EventSourceArn }) => logicalIdIn(EventSourceArn) === queue);
    expect(mapping?.FunctionName.Ref).toBe(logicalIdOf("RecordMailOutcome"));
    expect(mapping?.FunctionResponseTypes).toEqual(["ReportBatchItemFailures"]);
    expect(resources[queue].Properties.RedrivePolicy.maxReceiveCount).toBe(5);
  });
});
