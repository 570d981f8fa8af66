import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type AttributeValue,
  type CreateTableCommandInput,
  DynamoDBClient,
  type DynamoDBServiceException,
} from "@aws-sdk/client-dynamodb";
import { onTestFinished } from "vitest";
import { createDynamoDb, type DynamoDb } from "../../local/cloud/dynamodb/service.ts";
import type { Clock, Counters, Fault, Faults } from "../../local/cloud/service.ts";

export const table = "Chat";

/** A table with one index of each projection, a stream and an expiry. */
export const chatTable = {
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  AttributeDefinitions: ["pk", "sk", "gpk", "gsk", "ownerId", "tag"].map((AttributeName) => ({
    AttributeName,
    AttributeType: "S",
  })),
  GlobalSecondaryIndexes: [
    index("byList", ["gpk", "gsk"], { ProjectionType: "ALL" }),
    index("byOwner", ["ownerId"], { ProjectionType: "KEYS_ONLY" }),
    index("byTag", ["tag"], { ProjectionType: "INCLUDE", NonKeyAttributes: ["title"] }),
  ],
  StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
  TimeToLiveSpecification: { AttributeName: "expires", Enabled: true },
  BillingMode: "PAY_PER_REQUEST",
} as const;

function index(IndexName: string, names: readonly string[], Projection: object) {
  const KeySchema = names.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? "HASH" : "RANGE" }));
  return { IndexName, KeySchema, Projection };
}

export interface Harness {
  readonly dynamodb: DynamoDb;
  readonly client: DynamoDBClient;
  readonly clock: Clock;
  readonly faults: Faults;
  /** What was billed since the last call. */
  billed(): Record<string, number>;
}

/** The service behind a real HTTP server, asked by the real SDK client without retries; torn down with the test. */
export async function startDynamoDb(
  options: { directory?: string; properties?: Partial<CreateTableCommandInput> | object } = {},
): Promise<Harness> {
  const clock = aClock();
  const counts = new Map<string, number>();
  const counters: Counters = {
    add: (name, amount = 1) => void counts.set(name, (counts.get(name) ?? 0) + amount),
    snapshot: () => Object.fromEntries(counts),
    reset: () => counts.clear(),
  };
  const faults = someFaults();
  const dynamodb = createDynamoDb({
    region: "eu-west-1",
    account: "000000000000",
    clock,
    counters,
    faults,
    ...(options.directory === undefined ? {} : { directory: options.directory }),
  });
  dynamodb.createTable(table, options.properties ?? chatTable);

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const call = {
        scope: "dynamodb",
        method: "POST",
        path: "/",
        headers,
        body: Buffer.concat(chunks),
        caller: "Send",
      };
      void dynamodb.handle(call).then((reply) => response.writeHead(reply.status, reply.headers).end(reply.body));
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "eu-west-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    server.closeAllConnections();
    server.close();
    await dynamodb.close();
  });

  return {
    dynamodb,
    client,
    clock,
    faults,
    billed() {
      const billed = Object.fromEntries([...counts].map(([name, count]) => [name.replace("dynamodb.", ""), count]));
      counts.clear();
      return billed;
    },
  };
}

function aClock(): Clock {
  let now = Date.UTC(2030, 0, 1);
  return {
    now: () => now,
    advance: async (ms) => {
      now += ms;
    },
    after: () => () => {},
  };
}

function someFaults(): Faults {
  const active: Fault[] = [];
  return {
    strike(kind, at = {}) {
      const found = active.findIndex(
        (fault) => fault.kind === kind && Object.entries(fault.match).every(([name, value]) => at[name] === value),
      );
      return found < 0 ? undefined : active.splice(found, 1)[0];
    },
    list: () => active,
    add({ kind, match = {}, options = {} }) {
      const fault: Fault = { id: String(active.length), kind, remaining: 1, match, options };
      active.push(fault);
      return fault;
    },
    remove: () => false,
    clear: () => void active.splice(0),
  };
}

export const S = (value: string): AttributeValue => ({ S: value });
export const N = (value: number): AttributeValue => ({ N: String(value) });
export const M = (value: Record<string, AttributeValue>): AttributeValue => ({ M: value });

export const key = (pk: string, sk = "head") => ({ pk: S(pk), sk: S(sk) });

/** The error that a call is refused with. */
export async function refusalOf<Shape extends object>(
  call: Promise<unknown>,
): Promise<DynamoDBServiceException & Shape> {
  try {
    await call;
  } catch (error) {
    return error as DynamoDBServiceException & Shape;
  }
  throw new Error("The call was not refused.");
}
