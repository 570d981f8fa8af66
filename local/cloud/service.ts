import type { Server } from "node:http";

/**
 * The seams of the local cloud. A service answers one AWS API (by its SigV4 scope name) from memory or disk;
 * the endpoint in front of it authenticates the caller, asks `needs` which permissions the call takes, and lets
 * it through only when the caller's role in the template grants every one of them.
 */
export interface AwsCall {
  /** SigV4 scope: `dynamodb`, `events`, `sqs`, `ses`, `sns`, `s3`, `secretsmanager`, `execute-api`, `cognito-idp`. */
  readonly scope: string;
  readonly method: string;
  /** Path with query, as sent. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Logical id of the calling function, or "operator" for a call that the harness itself makes. */
  readonly caller: string;
}

export interface AwsReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Breaks the connection instead of answering: the call took effect, but its caller cannot know. */
  readonly breakConnection?: true;
}

/** One permission that a call takes; every one must be granted. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export interface AwsService {
  readonly scope: string;
  needs(call: AwsCall): readonly Need[];
  handle(call: AwsCall): Promise<AwsReply>;
  /** An error in this service's own wire shape. */
  error(status: number, code: string, message: string): AwsReply;
}

/** Every wait and every reading of time in the local cloud goes through this, so that tests move it instead of sleeping. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Moves the clock forward and runs what falls due, in order. Resolves once those callbacks have been started. */
  advance(ms: number): Promise<void>;
  /** Like `setTimeout`, but also fired by `advance`. Returns a canceller. */
  after(ms: number, run: () => void): () => void;
}

/** Billed operations, by what the bill names. */
export interface Counters {
  /** Adds to a dotted name such as `dynamodb.writeUnits` or `lambda.byFunction.SendMessage`. */
  add(name: string, amount?: number): void;
  /** The sums as a nested object. */
  snapshot(): Record<string, unknown>;
  reset(): void;
}

/** A fault that a test or a person has switched on. `kind` is one of `faultKinds`. */
export interface Fault {
  readonly id: string;
  readonly kind: string;
  /** How many more times it strikes; it is gone after the last. */
  remaining: number;
  /** Strikes only where every one of these equals what the place reports (a function's logical id also matches by prefix). */
  readonly match: Readonly<Record<string, string>>;
  /** What the kind needs: `{ delayMs }`, `{ status, retryAfter }`, `{ afterCalls }` … */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Faults {
  /** Asked at the place where a fault could strike; consumes one strike of the first that matches. */
  strike(kind: string, at?: Readonly<Record<string, string>>): Fault | undefined;
  list(): readonly Fault[];
  add(fault: {
    kind: string;
    times?: number;
    match?: Record<string, string>;
    options?: Record<string, unknown>;
  }): Fault;
  remove(id: string): boolean;
  clear(): void;
}

/** The kinds that exist, with a sentence each: what `GET /api/faults` lists. */
export const faultKinds = {
  "push.lost": "A post to a connection answers 200 but the client receives nothing. match: function",
  "push.gone": "A post to a connection answers 410 GoneException. match: function",
  "socket.reply.lost": "The route response of a socket message is not sent back. match: route",
  "socket.cut": "The connection is closed with 1001 instead of delivering the next push.",
  "http.reply.lost": "The HTTP handler runs to its end, then the client's connection is reset. match: route",
  "dynamodb.throttled": "ProvisionedThroughputExceededException. match: function, operation",
  "dynamodb.conflict": "TransactionCanceledException with TransactionConflict. match: function",
  "events.duplicate": "A rule's event is delivered to its target twice. match: detailType",
  "events.late": "A rule's event is delivered after options.delayMs (default 1000). match: detailType",
  "queue.duplicate": "A queue's message is delivered twice. match: queue",
  "stream.duplicate": "A stream batch is delivered twice. match: function",
  "ses.error": "SES refuses with options.status (default 500). match: recipient",
  "ses.throttled": "SES answers Throttling: Maximum sending rate exceeded.",
  "ses.ambiguous": "SES takes the mail, then the connection breaks before the answer.",
  "ses.bounced": "A mail bounces at one of its recipients. match: recipient",
  "ses.complained": "A recipient gets the mail and reports it as spam. match: recipient",
  "sns.error": "SNS refuses an SMS with options.status (default 500). match: recipient",
  "sns.throttled": "SNS answers Throttled: Rate exceeded. match: recipient",
  "sns.ambiguous": "SNS takes the SMS, then the connection breaks before the answer. match: recipient",
  "egress.error":
    "A stubbed outside system answers options.status (default 500), with Retry-After: options.retryAfter. match: host",
  "webpush.refused":
    "The push service answers options.status (default 410) with Retry-After: options.retryAfter; after 404 or 410 the subscription stays gone. match: subscription",
  "lambda.killed":
    "The sandbox is killed after options.afterCalls AWS calls (default 0, before the first). match: function",
} as const;

/** A resource of the synthesized template with every intrinsic resolved to local names and addresses. */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties are untyped JSON
  readonly properties: Record<string, any>;
}

export interface Template {
  /** All resources of a type, in template order. */
  ofType(type: string): readonly Resource[];
  get(logicalId: string): Resource;
  /** Resolves intrinsics in any fragment (for tests and console pages). */
  resolve(value: unknown): unknown;
  /** Directory or file of an asset by its hash (the S3 key without extension). */
  assetPath(hash: string): string;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** Who invokes a function from outside; checked against the function's `AWS::Lambda::Permission` statements. */
export interface Invoker {
  /** Service principal, e.g. `apigateway.amazonaws.com`. */
  readonly principal: string;
  /** ARN of the API, rule or pool that invokes. */
  readonly sourceArn: string;
}

export type InvocationResult = { readonly payload: unknown } | { readonly error: FunctionError };

export interface Functions {
  /**
   * Runs a function to its end; never rejects. `target` is a logical id, a function name or a function ARN (also
   * inside an API Gateway integration URI). With `invoker`, a missing permission answers an `AccessDeniedException`.
   */
  invoke(target: string, event: unknown, invoker?: Invoker): Promise<InvocationResult>;
  /**
   * Hands an event to the function's asynchronous queue: two retries by default, then its dead-letter queue or
   * on-failure destination. Returns the error that kept the event out of the queue, if any.
   */
  invokeLater(target: string, event: unknown, invoker?: Invoker): FunctionError | undefined;
  /** Logical ids of the functions that run here, in template order. */
  readonly names: readonly string[];
  /** Invocations that have begun and not ended. A test that moves the clock past a visibility timeout waits for 0 first. */
  readonly running: number;
}

/** Local addresses, known before the template is resolved. */
export interface Addresses {
  /** The front door that stands for CloudFront, e.g. `http://localhost:4000`. */
  readonly frontDoor: string;
  /** The console, which also hosts the login pages, e.g. `http://localhost:4001`. */
  readonly console: string;
  /** The endpoint that stands for every AWS API, e.g. `http://127.0.0.1:53011`; bound to loopback only. */
  readonly aws: string;
}

/** A line of the log that the console shows. */
export interface LogEntry {
  /** Local time, milliseconds since the epoch. */
  readonly at: number;
  /** Logical id of a function, or the name of a part such as `iam` or `events`. */
  readonly source: string;
  readonly text: string;
}

export interface Log {
  write(source: string, text: string): void;
  /** The newest entries (at most 5,000 are kept), oldest first; `source` also matches by prefix. */
  entries(source?: string): readonly LogEntry[];
  /** Called with every new entry. Returns the way to stop it. */
  subscribe(listener: (entry: LogEntry) => void): () => void;
}

/** A call that a role was not allowed to make. */
export interface Denial {
  readonly at: number;
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  readonly message: string;
}

export interface Iam {
  /** Undefined when the caller's role grants the need, otherwise the sentence that AWS would answer. Records denials. */
  refusal(caller: string, need: Need): string | undefined;
  /** Whether a resource policy of the template lets a service principal act on a resource (a queue, a function). */
  allowsService(principal: string, sourceArn: string, action: string, resource: string): boolean;
  /** The newest denials, oldest first. */
  denials(): readonly Denial[];
}

/** A message in a queue, as the console shows it. */
export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly sentAt: number;
  readonly receiveCount: number;
  /** Local time from which it can be received. */
  readonly visibleAt: number;
}

export interface Queues {
  /** Every queue by name with its waiting and in-flight messages. */
  list(): ReadonlyArray<{ readonly name: string; readonly messages: readonly QueuedMessage[] }>;
  /** Sends without asking IAM, as a service principal would after its check. `queue` is a name, ARN or URL. */
  send(queue: string, body: string, attributes?: Readonly<Record<string, string>>): string;
}

/** An entry as `PutEvents` takes it. */
export interface BusEntry {
  readonly Source: string;
  readonly DetailType: string;
  /** JSON object as text. */
  readonly Detail: string;
  /** Name or ARN; the default bus when left out. */
  readonly EventBusName?: string | undefined;
  readonly Resources?: readonly string[] | undefined;
  readonly Time?: number | string | undefined;
}

export interface Events {
  /** Publishes as AWS itself does, e.g. SES feedback on the default bus. Returns the event id. */
  publish(entry: BusEntry): string;
  /** What the archives hold, by archive name. */
  archives(): Readonly<Record<string, readonly unknown[]>>;
  /** Sends every archived event through the rules of its bus again; returns how many. */
  replay(archiveName: string): number;
}

export interface Secrets {
  /** The secret string, or one field of it when it is JSON. Accepts a name, an ARN or the ARN without its random suffix. */
  value(id: string, field?: string): string;
}

/** A DynamoDB Streams record, as a Lambda function receives it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: "INSERT" | "MODIFY" | "REMOVE";
  readonly eventSourceARN: string;
  readonly dynamodb: {
    /** Seconds since the epoch. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Readonly<Record<string, unknown>>;
    readonly NewImage?: Readonly<Record<string, unknown>>;
    readonly OldImage?: Readonly<Record<string, unknown>>;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
}

/** Where a stream mapping reads: the table's stream in commit order. */
export interface StreamSource {
  /** `table` is the physical table name. Returns the way to stop listening. */
  onStreamRecord(table: string, listener: (record: StreamRecord) => void): () => void;
  /** Up to `limit` records of the last 24 hours after a sequence number, or from the oldest one. */
  readStream(table: string, afterSequence?: string, limit?: number): readonly StreamRecord[];
  /** Remembers how far a consumer has got. */
  acknowledge(table: string, consumer: string, sequence: string): void;
  /** The sequence number that a consumer last acknowledged. */
  acknowledged(table: string, consumer: string): string | undefined;
}

/** An access key that the endpoint knows. Only presigned URLs have their signature checked; elsewhere the key counts. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** An access key and whose it is. */
export interface IssuedKey extends Credentials {
  /** Logical id of the function, or "operator". */
  readonly caller: string;
}

/** What a part of the local cloud gets to work with. */
export interface CloudContext {
  readonly template: Template;
  readonly functions: Functions;
  readonly endpoint: {
    register(service: AwsService): void;
    /** The key behind an access key id, which a presigned URL names. */
    findKey(accessKeyId: string): IssuedKey | undefined;
  };
  readonly iam: Iam;
  readonly queues: Queues;
  readonly events: Events;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly faults: Faults;
  readonly addresses: Addresses;
  readonly log: Log;
  /** Allowed everything: for seeding and for tests. */
  readonly operator: Credentials;
  readonly region: string;
  readonly account: string;
  /** Where to persist; undefined when nothing may outlive the process. */
  readonly directory: string | undefined;
  /**
   * The two web servers, already listening at `addresses.frontDoor` and `addresses.console`. Parts add their own
   * `request` and `upgrade` listeners; the cloud closes the servers after the parts.
   */
  readonly servers: { readonly frontDoor: Server; readonly console: Server };
  /**
   * Says which resource types this part takes care of, and optionally which of their properties it understands.
   * Whatever nobody handles fails the start with a list.
   */
  handles(type: string, properties?: readonly string[]): void;
  /**
   * Redirects what functions send to hosts like `*.zendesk.com` to a loopback base URL. The real host travels in
   * `x-forwarded-host`.
   */
  redirectEgress(hostPattern: string, baseUrl: string): void;
}

export interface Part {
  close(): Promise<void>;
}

/** An edge piece (API Gateway, CloudFront, a login, a console …) plugged into the cloud. */
export type StartPart = (context: CloudContext) => Promise<Part>;
