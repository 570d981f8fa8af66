import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { EventBus as Bus, type EventPattern, Rule, type Schedule } from "aws-cdk-lib/aws-events";
import { SqsQueue, LambdaFunction as TargetFunction } from "aws-cdk-lib/aws-events-targets";
import { FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, SqsDlq, SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type EventType, eventSource } from "../lambdas/contracts/events.ts";
import { table as shape } from "../lambdas/contracts/table.ts";
import type { ChatFunction } from "./chat-function.ts";
import type { ConversationTable } from "./conversation-table.ts";
import { removalPolicyOf } from "./removal.ts";
import type { Stage } from "./stage.ts";

export interface EventBusProps {
  readonly stage: Pick<Stage, "data" | "retention">;
}

/** Which events a consumer gets. */
export interface Selection {
  readonly types: readonly EventType[];
  /** What the detail must look like, as an EventBridge pattern. @default anything */
  readonly detail?: Readonly<Record<string, unknown[]>>;
}

export interface Consumption {
  readonly consumer: ChatFunction;
  /** The consumer's timeout. */
  readonly timeout: Duration;
  /**
   * After how long an event is tried again that failed, or whose function died. At least the timeout.
   * @default six timeouts ("Configuring an Amazon SQS event source")
   */
  readonly retryAfter?: Duration;
  /**
   * How often an event is tried before it waits for a human in the dead-letter queue.
   * @default 5
   */
  readonly tries?: number;
  /**
   * Events that one invocation takes at most; a slow one keeps the others waiting.
   * @default 5
   */
  readonly batchSize?: number;
  /** What a message in the dead-letter queue means for people, as a sentence. */
  readonly hurts: string;
  /** Messages handled at a time, each by an invocation of its own. At least 2. */
  readonly maxConcurrency: number;
  /**
   * How long an event waits before the consumer sees it.
   * @default none
   */
  readonly delay?: Duration;
}

/** As long as SQS keeps anything. */
const deadLetterRetention = Duration.days(14);

/** The bus of lifecycle facts: in from the table's outbox, out through one queue per consumer and event. */
export class EventBus extends Construct {
  readonly bus: Bus;

  constructor(scope: Construct, id: string, { stage }: EventBusProps) {
    super(scope, id);
    this.bus = new Bus(this, "Bus");
    this.bus.applyRemovalPolicy(removalPolicyOf({ data: "disposable" }));
    this.bus.archive("Archive", {
      description: "Every lifecycle event, to be replayed after a consumer was wrong",
      eventPattern: { source: [eventSource] },
      retention: Duration.days(stage.retention.eventDays),
    });
  }

  /** Lets the publisher read the table's outbox and put what it finds on the bus. Ordinary chat starts no invocation. */
  publishOutbox({ table }: ConversationTable, publisher: ChatFunction, hurts: string): void {
    const lost = this.#deadLetters("Unpublished", hurts);
    publisher.addEventSource(
      // The cast: the CDK's classes do not meet their own interfaces under exactOptionalPropertyTypes.
      new DynamoEventSource(table as ITable, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 50,
        filters: [
          FilterCriteria.filter({
            eventName: FilterRule.isEqual("INSERT"),
            dynamodb: { NewImage: { [shape.outboxType]: { S: FilterRule.exists() } } },
          }),
        ],
        // By default one bad record stalls its shard for a day and is lost then.
        retryAttempts: 20,
        maxRecordAge: Duration.hours(6),
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        onFailure: new SqsDlq(lost),
      }),
    );
    this.bus.grantPutEventsTo(publisher);
    publisher.addEnvironment("EVENT_BUS_NAME", this.bus.eventBusName);
  }

  /** Delivers an event to a consumer: rule → queue → function, and after its last try → dead-letter queue. */
  deliver(type: EventType, name: string, consumption: Consumption): void {
    this.deliverAll([{ types: [type] }], name, consumption);
  }

  /** Delivers events of several kinds to a consumer through one queue. */
  deliverAll(selections: readonly Selection[], name: string, consumption: Consumption): void {
    const target = this.#consume(name, consumption);
    selections.forEach(({ types, detail }, index) => {
      new Rule(this, `${name}Rule${index === 0 ? "" : index + 1}`, {
        eventBus: this.bus,
        eventPattern: { source: [eventSource], detailType: [...types], ...(detail === undefined ? {} : { detail }) },
        targets: [target],
      });
    });
  }

  /** Delivers what an AWS service says on the account's default bus, in the same way. */
  deliverFromAws(eventPattern: EventPattern, name: string, consumption: Consumption): void {
    new Rule(this, `${name}Rule`, { eventPattern, targets: [this.#consume(name, consumption)] });
  }

  /** The queue of a consumer, as the target of its rules. */
  #consume(name: string, consumption: Consumption): SqsQueue {
    const { consumer, timeout, hurts, maxConcurrency, delay, tries = 5, batchSize = 5 } = consumption;
    const { retryAfter = Duration.seconds(6 * timeout.toSeconds()) } = consumption;
    const deadLetters = this.#deadLetters(`${name}Dead`, hurts);
    const queue = new Queue(this, `${name}Queue`, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: retryAfter,
      // Longer than all tries together.
      retentionPeriod: deadLetterRetention,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: tries },
      ...(delay === undefined ? {} : { deliveryDelay: delay }),
    });
    consumer.addEventSource(new SqsEventSource(queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }));
    return new SqsQueue(queue, { deadLetterQueue: deadLetters });
  }

  /** Runs a function by the clock, in UTC. What can't be started waits in a dead-letter queue, whose alarm rings. */
  schedule(schedule: Schedule, name: string, fn: ChatFunction, hurts: string): void {
    const deadLetterQueue = this.#deadLetters(`${name}Dead`, hurts);
    new Rule(this, `${name}Rule`, { schedule, targets: [new TargetFunction(fn, { deadLetterQueue })] });
  }

  #deadLetters(id: string, hurts: string): Queue {
    const queue = new Queue(this, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: deadLetterRetention,
    });
    queue
      .metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: "max" })
      .createAlarm(this, `${id}Waits`, {
        alarmDescription: `${hurts} Each waits in this queue for 14 days.`,
        threshold: 1,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
    return queue;
  }
}
