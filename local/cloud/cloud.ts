import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { createTemplate, findProblems, type Handling, loadAssembly, TemplateError } from "./assembly.ts";
import { createClock } from "./clock.ts";
import { createCounters } from "./counters.ts";
import { createDynamoDb, type DynamoDb } from "./dynamodb/service.ts";
import { startEndpoint } from "./endpoint.ts";
import { startEventSourceMappings } from "./event-source-mappings.ts";
import { createEvents } from "./events/event-bus.ts";
import { InvalidPattern } from "./events/pattern.ts";
import { archiveShape, busShape, ruleShape } from "./events/rule.ts";
import { createFaults } from "./faults.ts";
import { createIam, iamTypes } from "./iam/iam.ts";
import { Unsupported } from "./intrinsics.ts";
import type { Deliver } from "./lambda/asynchronous-queue.ts";
import { eventInvokeShape, functionShape } from "./lambda/function-spec.ts";
import { createFunctions, type LambdaSettings } from "./lambda/functions.ts";
import { lambdaService } from "./lambda/invoke-api.ts";
import { createLog } from "./log.ts";
import { mappingShape } from "./mappings/mapping.ts";
import { account, region } from "./names.ts";
import { createQueues, queueShape } from "./queues.ts";
import { createSecrets, secretShape } from "./secrets.ts";
import type { CloudContext, LogEntry, StartPart } from "./service.ts";
import { closeServer, listenLocally } from "./web-servers.ts";

const minute = 60_000;

/** DynamoDB deletes expired items "within a few days"; here the clock decides. */
const sweepEveryMs = minute;

export interface CloudOptions {
  /** Directory of a synthesized cloud assembly. */
  readonly assembly: string;
  /** Artifact name of the stack, needed only when the assembly holds several. */
  readonly stack?: string;
  /** @default 0, any free port */
  readonly port?: number;
  /** @default 0, any free port */
  readonly consolePort?: number;
  /** Where tables, queues, secrets and the log survive a restart. @default in memory */
  readonly directory?: string | undefined;
  /** Edge pieces, started in this order once everything below them runs. */
  readonly parts?: readonly StartPart[];
  /** Stand-ins for outside systems: host pattern → loopback base URL. */
  readonly egress?: Readonly<Record<string, string>>;
  /** Lets functions reach the real network. @default false */
  readonly allowEgress?: boolean;
  /** Runs after all parts have started and before the first schedule, mapping or visitor. */
  readonly seed?: (context: CloudContext) => Promise<void>;
  readonly lambda?: Partial<LambdaSettings>;
  /** Gets every line of the log, e.g. to print it. */
  readonly onLog?: (entry: LogEntry) => void;
}

export interface Cloud extends CloudContext {
  readonly dynamodb: DynamoDb;
  close(): Promise<void>;
}

/** Two sandboxes per function keep a small machine responsive; measured, three cut p95 from 114 to 32 ms under load. */
const defaultLambda: LambdaSettings = { sandboxesPerFunction: 2, pool: { warm: 24, idleMs: 10 * minute } };

/** The types that the core takes care of; parts add theirs. */
const coreTypes: ReadonlyArray<readonly [string, Handling]> = [
  ...iamTypes,
  ["AWS::DynamoDB::GlobalTable", "any"],
  ["AWS::DynamoDB::Table", "any"],
  ["AWS::Events::Archive", archiveShape],
  ["AWS::Events::EventBus", busShape],
  ["AWS::Events::Rule", ruleShape],
  ["AWS::Lambda::EventInvokeConfig", eventInvokeShape],
  ["AWS::Lambda::EventSourceMapping", mappingShape],
  ["AWS::Lambda::Function", functionShape],
  ["AWS::Lambda::Version", "any"],
  ["AWS::SQS::Queue", queueShape],
  ["AWS::SecretsManager::Secret", secretShape],
];

/**
 * Runs a synthesized template on this machine. Rejects with a `TemplateError` that lists everything in the template
 * that it cannot run; nothing keeps running then.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const closing: (() => void | Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (let next = closing.pop(); next !== undefined; next = closing.pop()) await next();
  };
  try {
    const context = await compose(options, closing);
    return { ...context, close };
  } catch (error) {
    await close();
    throw asTemplateError(error);
  }
}

async function compose(
  options: CloudOptions,
  closing: (() => void | Promise<void>)[],
): Promise<CloudContext & { dynamodb: DynamoDb }> {
  const { directory } = options;
  const assembly = loadAssembly(options.assembly, options.stack);
  const clock = createClock();
  closing.push(() => clock.close());
  const counters = createCounters();
  const faults = createFaults();
  const log = createLog(clock);
  if (options.onLog) log.subscribe(options.onLog);
  if (directory !== undefined) {
    const file = openLogFile(directory);
    const stop = log.subscribe(file.write);
    closing.push(() => file.close(), stop);
  }

  const endpoint = await startEndpoint(log);
  closing.push(() => endpoint.close());
  const frontDoor = await listenLocally(options.port ?? 0);
  closing.push(() => closeServer(frontDoor.server));
  const console = await listenLocally(options.consolePort ?? 0);
  closing.push(() => closeServer(console.server));
  const addresses = { aws: endpoint.address, frontDoor: frontDoor.address, console: console.address };

  const template = createTemplate(assembly, { addresses, secretValue: (id, field) => secrets.value(id, field) });
  const secrets = createSecrets({ template, clock, counters, directory });
  closing.push(() => secrets.close());
  const handled = new Map<string, Handling>(coreTypes);
  failOn(findProblems(template, handled, "may come"));
  const queues = createQueues({ template, clock, counters, faults, directory });
  closing.push(() => queues.close());
  const iam = createIam({ template, clock, log });

  const redirects = [
    ...Object.entries(options.egress ?? {}).map(([hostPattern, baseUrl]) => ({ hostPattern, baseUrl })),
    // A client with a fixed endpoint still means this cloud.
    { hostPattern: "*.amazonaws.com", baseUrl: addresses.aws },
  ];
  const deliver: Deliver = (from, targetArn, body, attributes) => {
    const action = targetArn.startsWith("arn:aws:sqs:") ? "sqs:SendMessage" : "lambda:InvokeFunction";
    if (iam.refusal(from.logicalId, { action, resource: targetArn }) !== undefined) return;
    if (action === "sqs:SendMessage") queues.send(targetArn, body, attributes);
    else functions.invokeLater(targetArn, JSON.parse(body));
  };
  const settings = { ...defaultLambda, ...options.lambda };
  const functions = createFunctions({
    template,
    addresses,
    iam,
    clock,
    counters,
    faults,
    log,
    egress: () => ({ redirects: [...redirects], allowEgress: options.allowEgress ?? false }),
    issueKey: (caller) => endpoint.issueKey(caller),
    deliver,
    settings,
  });
  closing.push(() => functions.close());
  const events = createEvents({ template, functions, queues, iam, clock, counters, faults, log });

  const dynamodb = createDynamoDb({
    region,
    account,
    clock,
    counters,
    faults,
    ...(directory !== undefined && { directory }),
  });
  closing.push(() => dynamodb.close());
  for (const type of ["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"]) {
    for (const { logicalId, properties } of template.ofType(type)) {
      dynamodb.createTable(String(template.resolve({ Ref: logicalId })), properties);
    }
  }

  for (const service of [dynamodb, events.service, queues.service, secrets.service, lambdaService(functions)]) {
    endpoint.register(service);
  }
  endpoint.open({ iam, fateOf: (token) => functions.fateOf(token) });

  const context: CloudContext = {
    template,
    functions,
    endpoint,
    iam,
    queues,
    events,
    secrets,
    clock,
    counters,
    faults,
    addresses,
    log,
    operator: endpoint.operator,
    region,
    account,
    directory,
    servers: { frontDoor: frontDoor.server, console: console.server },
    handles: (type, properties) => {
      handled.set(type, properties ?? "any");
    },
    redirectEgress: (hostPattern, baseUrl) => {
      redirects.unshift({ hostPattern, baseUrl });
    },
  };
  for (const startPart of options.parts ?? []) {
    const part = await startPart(context);
    closing.push(() => part.close());
  }
  failOn(findProblems(template, handled));

  await options.seed?.(context);
  const mappings = startEventSourceMappings({
    ...context,
    functions,
    queues,
    stream: dynamodb,
    concurrency: settings.sandboxesPerFunction,
  });
  closing.push(() => mappings.close());
  events.startSchedules();
  sweepRegularly();

  function sweepRegularly(): void {
    clock.after(sweepEveryMs, () => {
      dynamodb.sweep();
      sweepRegularly();
    });
  }

  return { ...context, dynamodb };
}

/** What the template says wrong can also come up where it is first read. */
function asTemplateError(error: unknown): unknown {
  if (error instanceof Unsupported || error instanceof InvalidPattern) return new TemplateError([error.message]);
  return error instanceof z.ZodError ? new TemplateError([z.prettifyError(error)]) : error;
}

function failOn(problems: readonly string[]): void {
  if (problems.length > 0) throw new TemplateError(problems);
}

/** One JSON object a line, beside the tables. */
function openLogFile(directory: string): { write(entry: LogEntry): void; close(): Promise<void> } {
  mkdirSync(directory, { recursive: true });
  const file = createWriteStream(join(directory, "log.ndjson"), { flags: "a" });
  return {
    write: (entry) => {
      file.write(`${JSON.stringify(entry)}\n`);
    },
    close: () => new Promise((resolve) => file.end(resolve)),
  };
}
