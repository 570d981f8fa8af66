import { randomUUID } from "node:crypto";
import type { AwsCall, AwsReply, AwsService, Clock, Counters, Faults } from "../service.ts";
import { Database } from "./database.ts";
import { describeTable, describeTimeToLive } from "./descriptions.ts";
import { parseRequest } from "./dynalite.ts";
import { DynamoError, internalError, throttled } from "./errors.ts";
import { meterOf } from "./meter.ts";
import { permissionsOf } from "./permissions.ts";
import { getBatch, getOne, readRange } from "./reads.ts";
import type { StreamListener, StreamRecord } from "./streams.ts";
import { sweepExpired } from "./time-to-live.ts";
import { Transactions } from "./transactions.ts";
import { writeBatch, writeOne } from "./writes.ts";

export interface DynamoDbOptions {
  readonly region: string;
  readonly account: string;
  readonly clock: Clock;
  /**
   * `dynamodb.writeRequests`, `.writeUnits`, `.readRequests`, `.readUnits`. A batch or transaction counts each of its
   * items as a request; a Query or Scan is one per page.
   */
  readonly counters: Counters;
  readonly faults: Faults;
  /** Where tables survive a restart. @default in memory */
  readonly directory?: string;
}

export interface DynamoDb extends AwsService {
  /**
   * Creates a table from the properties of an `AWS::DynamoDB::Table` or `AWS::DynamoDB::GlobalTable` whose intrinsics
   * are resolved. A table that the directory already holds keeps its items; its indexes are built anew. Throws on an
   * unknown property, and when the key differs from the stored one.
   */
  createTable(tableName: string, properties: unknown): void;
  tableNames(): readonly string[];
  tableArn(tableName: string): string;
  /** Calls the listener soon after each committed change; returns the unsubscribing. Records of a crash are not repeated: see `readStream`. */
  onStreamRecord(tableName: string, listener: StreamListener): () => void;
  /** Up to `limit` (default 1000) records of the last 24 hours after a sequence number, or from the oldest one. */
  readStream(tableName: string, afterSequence?: string, limit?: number): readonly StreamRecord[];
  /** Remembers, across restarts, how far a consumer has got. */
  acknowledge(tableName: string, consumer: string, sequence: string): void;
  /** The sequence number that a consumer last acknowledged. */
  acknowledged(tableName: string, consumer: string): string | undefined;
  /** Deletes the expired items, which stay readable until then; returns their number. */
  sweep(): number;
  close(): Promise<void>;
}

type Operation = (body: Record<string, unknown>, caller: string) => Record<string, unknown>;

export function createDynamoDb(options: DynamoDbOptions): DynamoDb {
  const { faults } = options;
  const database = new Database(options);
  const meter = meterOf(options.counters);
  const transactions = new Transactions(database, meter, faults);

  /** Reading and writing items: what can be throttled. */
  const dataOperations: Readonly<Record<string, Operation>> = {
    GetItem: (body) => getOne(database, meter, parseRequest("GetItem", body)),
    PutItem: (body) => writeOne(database, meter, "PutItem", parseRequest("PutItem", body)),
    UpdateItem: (body) => writeOne(database, meter, "UpdateItem", parseRequest("UpdateItem", body)),
    DeleteItem: (body) => writeOne(database, meter, "DeleteItem", parseRequest("DeleteItem", body)),
    Query: (body) => readRange(database, meter, "Query", parseRequest("Query", body)),
    Scan: (body) => readRange(database, meter, "Scan", parseRequest("Scan", body)),
    BatchGetItem: (body) => getBatch(database, meter, parseRequest("BatchGetItem", body)),
    BatchWriteItem: (body) => writeBatch(database, meter, parseRequest("BatchWriteItem", body)),
    TransactGetItems: (body, caller) => transactions.get(body, caller),
    TransactWriteItems: (body, caller) => transactions.write(body, caller),
  };
  const tableOperations: Readonly<Record<string, Operation>> = {
    DescribeTable: (body) => describeTable(database, database.table(String(body.TableName))),
    DescribeTimeToLive: (body) => describeTimeToLive(database.table(String(body.TableName))),
    ListTables: () => ({ TableNames: database.tables().map(({ name }) => name) }),
  };

  const answer = (call: AwsCall): Record<string, unknown> => {
    const operation = operationOf(call);
    const run = ownMember(dataOperations, operation) ?? ownMember(tableOperations, operation);
    if (!run) throw new DynamoError("UnknownOperationException", `${operation} is not available locally`);
    const body = parseBody(call);
    if (!body) throw new DynamoError("SerializationException", "The request is no JSON object");
    if (operation in dataOperations && faults.strike("dynamodb.throttled", { function: call.caller, operation })) {
      throw throttled();
    }
    return run(body, call.caller);
  };

  return {
    scope: "dynamodb",
    needs: (call) => permissionsOf(database, operationOf(call), parseBody(call) ?? {}),
    async handle(call) {
      try {
        return reply(200, answer(call));
      } catch (error) {
        return refusal(error instanceof DynamoError ? error : internalError(error));
      }
    },
    error: (status, code, message) => refusal(new DynamoError(code, message, {}, status)),
    createTable(tableName, properties) {
      database.ensureTable(tableName, properties);
    },
    tableNames: () => database.tables().map(({ name }) => name),
    tableArn: (tableName) => database.tableArn(tableName),
    onStreamRecord: (tableName, listener) => database.streams.onRecord(tableName, listener),
    readStream: (tableName, afterSequence, limit = 1000) => database.streams.read(tableName, afterSequence, limit),
    acknowledge: (tableName, consumer, sequence) => database.streams.acknowledge(tableName, consumer, sequence),
    acknowledged: (tableName, consumer) => database.streams.acknowledged(tableName, consumer),
    sweep: () => sweepExpired(database),
    async close() {
      database.close();
    },
  };
}

/** `DynamoDB_20120810.PutItem` → `PutItem`. */
const operationOf = (call: AwsCall): string => call.headers["x-amz-target"]?.split(".").at(-1) ?? "";

const ownMember = <Value>(members: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(members, name) ? members[name] : undefined;

function parseBody(call: AwsCall): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(call.body.toString() || "{}");
    return typeof body === "object" && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function reply(status: number, body: unknown): AwsReply {
  return {
    status,
    headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": randomUUID() },
    body: JSON.stringify(body),
  };
}

const refusal = ({ status, code, message, extra }: DynamoError): AwsReply =>
  reply(status, { __type: `com.amazonaws.dynamodb.v20120810#${code}`, message, ...extra });
