import { TemplateError } from "./assembly.ts";
import type { FunctionsPart } from "./lambda/functions.ts";
import { type Mapping, mappingShape } from "./mappings/mapping.ts";
import { startQueueMapping } from "./mappings/queue-mapping.ts";
import { startStreamMapping } from "./mappings/stream-mapping.ts";
import type { QueuesPart } from "./queues.ts";
import type { Clock, Counters, Faults, Iam, Log, Need, StreamSource, Template } from "./service.ts";

interface Dependencies {
  readonly template: Template;
  readonly stream: StreamSource;
  readonly functions: FunctionsPart;
  readonly queues: QueuesPart;
  readonly iam: Iam;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly faults: Faults;
  readonly log: Log;
  /** Batches of one queue in flight at the same time. */
  readonly concurrency: number;
}

/** What the function's role must allow before AWS creates a mapping. */
const neededToRead = {
  dynamodb: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
  sqs: ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
} as const;

/** Starts every enabled mapping. Throws a `TemplateError` when a role may not read its source. */
export function startEventSourceMappings(dependencies: Dependencies): Mapping {
  const { template, functions, queues, iam } = dependencies;
  const problems: string[] = [];
  const starts: (() => Mapping)[] = [];

  for (const { logicalId, properties: raw } of template.ofType("AWS::Lambda::EventSourceMapping")) {
    const properties = mappingShape.parse(raw);
    const source = properties.EventSourceArn;
    const spec = functions.find(properties.FunctionName);
    if (!properties.Enabled) continue;
    if (spec === undefined) {
      problems.push(`${logicalId}: its function ${properties.FunctionName} does not run here`);
      continue;
    }
    const kind = source.startsWith("arn:aws:sqs:") ? "sqs" : "dynamodb";
    const needs: Need[] = neededToRead[kind].map((action) => ({ action, resource: source }));
    const destination = properties.DestinationConfig?.OnFailure.Destination;
    if (destination !== undefined) needs.push({ action: "sqs:SendMessage", resource: destination });
    const refusals = needs.flatMap((need) => iam.refusal(spec.logicalId, need) ?? []);
    problems.push(...refusals.map((refusal) => `${logicalId}: ${refusal}`));

    if (kind === "dynamodb") {
      const table = /:table\/([^/]+)/.exec(source)?.[1] ?? source;
      starts.push(() => startStreamMapping({ ...dependencies, logicalId, table, properties }));
      continue;
    }
    const queue = queues.find(source);
    if (queue === undefined) problems.push(`${logicalId}: its queue ${source} is not in the template`);
    else starts.push(() => startQueueMapping({ ...dependencies, logicalId, properties, queue }));
  }

  if (problems.length > 0) throw new TemplateError(problems);
  const mappings = starts.map((start) => start());
  return {
    async close() {
      await Promise.all(mappings.map((mapping) => mapping.close()));
    },
  };
}
