import { randomUUID } from "node:crypto";
import * as z from "zod";
import { type JsonObject, parseObject } from "../json.ts";
import { jsonService, operation } from "../json-service.ts";
import { account, arn, region } from "../names.ts";
import type {
  AwsService,
  BusEntry,
  Clock,
  Counters,
  Events,
  Faults,
  Functions,
  Iam,
  Log,
  Queues,
  Template,
} from "../service.ts";
import { checkPattern, matches } from "./pattern.ts";
import { archiveShape, busName, inputFor, type Rule, type Target, toRule } from "./rule.ts";

/** "PutEvents": entries and size of one entry. */
const largestBatch = 10;
const entryLimitBytes = 256 * 1024;
const servicePrincipal = "events.amazonaws.com";

const entryShape = z.object({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
  Resources: z.array(z.string()).optional(),
  Time: z.union([z.number(), z.string()]).optional(),
});
const putEventsShape = z.object({ Entries: z.array(entryShape).min(1).max(largestBatch) });
type Entry = z.infer<typeof entryShape>;

interface Archive {
  readonly name: string;
  readonly bus: string;
  readonly pattern: JsonObject | undefined;
  readonly events: JsonObject[];
}

export interface EventsPart extends Events {
  readonly service: AwsService;
  /** Starts the clocks of the schedule rules. */
  startSchedules(): void;
}

interface Dependencies {
  readonly template: Template;
  readonly functions: Functions;
  readonly queues: Queues;
  readonly iam: Iam;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly faults: Faults;
  readonly log: Log;
}

/** EventBridge: the default bus and those of the template, their rules, archives and schedules. */
export function createEvents(dependencies: Dependencies): EventsPart {
  const { template, functions, queues, iam, clock, counters, faults, log } = dependencies;
  const buses = new Set([
    "default",
    ...template.ofType("AWS::Events::EventBus").map(({ properties }) => String(properties.Name)),
  ]);
  const rules = template.ofType("AWS::Events::Rule").flatMap((resource) => toRule(resource) ?? []);
  const archives: readonly Archive[] = template.ofType("AWS::Events::Archive").map(({ logicalId, properties }) => {
    const { ArchiveName, SourceArn, EventPattern } = archiveShape.parse(properties);
    return {
      name: ArchiveName ?? logicalId,
      bus: busName(SourceArn),
      pattern: EventPattern && checkPattern(EventPattern),
      events: [],
    };
  });

  function accept(entry: BusEntry): string {
    const bus = busName(entry.EventBusName ?? "default");
    const event: JsonObject = {
      version: "0",
      id: randomUUID(),
      "detail-type": entry.DetailType,
      source: entry.Source,
      account,
      time: timeOf(entry.Time, clock),
      region,
      resources: entry.Resources ?? [],
      detail: parseObject(entry.Detail),
    };
    counters.add("events.published");
    for (const archive of archives) {
      if (archive.bus === bus && (archive.pattern === undefined || matches(archive.pattern, event)))
        archive.events.push(event);
    }
    route(bus, event);
    return String(event.id);
  }

  function route(bus: string, event: JsonObject): void {
    for (const rule of rules) {
      if (rule.bus !== bus || rule.pattern === undefined || !matches(rule.pattern, event)) continue;
      for (const target of rule.targets) deliverWithFaults(rule, target, event);
    }
  }

  function deliverWithFaults(rule: Rule, target: Target, event: JsonObject): void {
    const at = { detailType: String(event["detail-type"]), rule: rule.name };
    const late = faults.strike("events.late", at);
    const times = faults.strike("events.duplicate", at) ? 2 : 1;
    for (let time = 0; time < times; time++) {
      if (late) clock.after(Number(late.options.delayMs ?? 1_000), () => deliver(rule, target, event));
      else deliver(rule, target, event);
    }
  }

  /** A function's own failures are the business of its asynchronous queue; only what never got there is dead here. */
  function deliver(rule: Rule, target: Target, event: JsonObject): void {
    const input = inputFor(target, event);
    const failure = target.Arn.startsWith("arn:aws:sqs:") ? enqueue(rule, target, input) : invoke(rule, target, input);
    if (failure === undefined) return;
    log.write("events", `rule ${rule.name} cannot reach ${target.Arn}: ${failure}`);
    if (target.DeadLetterConfig === undefined) return;
    const deadLetters = target.DeadLetterConfig.Arn;
    if (!iam.allowsService(servicePrincipal, rule.arn, "sqs:SendMessage", deadLetters)) {
      log.write("events", `rule ${rule.name} may not send to its dead-letter queue ${deadLetters}`);
      return;
    }
    const attributes = {
      RULE_ARN: rule.arn,
      TARGET_ARN: target.Arn,
      ERROR_CODE: "NO_PERMISSIONS",
      ERROR_MESSAGE: failure,
    };
    queues.send(deadLetters, JSON.stringify(event), attributes);
  }

  function invoke(rule: Rule, target: Target, input: unknown): string | undefined {
    return functions.invokeLater(target.Arn, input, { principal: servicePrincipal, sourceArn: rule.arn })?.errorMessage;
  }

  function enqueue(rule: Rule, target: Target, input: unknown): string | undefined {
    if (!iam.allowsService(servicePrincipal, rule.arn, "sqs:SendMessage", target.Arn)) {
      return "the queue's policy does not let the rule send messages";
    }
    queues.send(target.Arn, typeof input === "string" ? input : JSON.stringify(input));
    return undefined;
  }

  const service = jsonService("events", "1.1", {
    PutEvents: operation(
      putEventsShape,
      ({ Entries }) =>
        Entries.map(({ EventBusName, Source = "", DetailType = "" }) => ({
          action: "events:PutEvents",
          resource: arn("events", `event-bus/${busName(EventBusName ?? "default")}`),
          context: { "events:source": Source, "events:detail-type": DetailType },
        })),
      ({ Entries }) => {
        const results = Entries.map((entry) => {
          const valid = check(entry, buses);
          return "ErrorCode" in valid ? valid : { EventId: accept(valid) };
        });
        return { FailedEntryCount: results.filter((result) => "ErrorCode" in result).length, Entries: results };
      },
    ),
  });

  function startSchedule(rule: Rule): void {
    const { schedule } = rule;
    if (schedule === undefined) return;
    const due = schedule(clock.now());
    if (!Number.isFinite(due)) return;
    clock.after(due - clock.now(), () => {
      const event = scheduledEvent(rule, due);
      for (const target of rule.targets) deliverWithFaults(rule, target, event);
      startSchedule(rule);
    });
  }

  return {
    service,
    publish: accept,
    archives: () => Object.fromEntries(archives.map(({ name, events }) => [name, events])),
    replay(archiveName) {
      const archive = archives.find(({ name }) => name === archiveName);
      if (archive === undefined) throw new Error(`There is no archive ${archiveName}`);
      for (const event of archive.events) route(archive.bus, { ...event, "replay-name": archiveName });
      return archive.events.length;
    },
    startSchedules: () => rules.forEach(startSchedule),
  };
}

type Refused = { readonly ErrorCode: string; readonly ErrorMessage: string };

function check(entry: Entry, buses: ReadonlySet<string>): BusEntry | Refused {
  const { Source, DetailType, Detail, ...rest } = entry;
  const invalid = (ErrorMessage: string): Refused => ({ ErrorCode: "InvalidArgument", ErrorMessage });
  if (!Source) return invalid("Parameter Source is not valid. Reason: Source is a required argument.");
  if (!DetailType) return invalid("Parameter DetailType is not valid. Reason: DetailType is a required argument.");
  if (Detail === undefined) return invalid("Parameter Detail is not valid. Reason: Detail is a required argument.");
  if (Source.startsWith("aws.")) {
    return { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." };
  }
  if (parseObject(Detail) === undefined) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  const bytes = [Source, DetailType, Detail, ...(rest.Resources ?? [])].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    0,
  );
  if (bytes > entryLimitBytes)
    return invalid(`Total size of the entry is greater than the limit of ${entryLimitBytes} bytes.`);
  const bus = busName(rest.EventBusName ?? "default");
  if (!buses.has(bus))
    return { ErrorCode: "ResourceNotFoundException", ErrorMessage: `Event bus ${bus} does not exist.` };
  return { Source, DetailType, Detail, ...rest };
}

function scheduledEvent(rule: Rule, due: number): JsonObject {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account,
    time: seconds(due),
    region,
    resources: [rule.arn],
    detail: {},
  };
}

function timeOf(given: number | string | undefined, clock: Clock): string {
  if (given === undefined) return seconds(clock.now());
  return seconds(typeof given === "number" ? given * 1_000 : Date.parse(given));
}

/** Events carry whole seconds. */
function seconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
