import { Readable } from "node:stream";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { table } from "../../lambdas/contracts/table.ts";
import { createClock } from "../../local/cloud/clock.ts";
import { createCounters } from "../../local/cloud/counters.ts";
import { createDynamoDb, type DynamoDb } from "../../local/cloud/dynamodb/service.ts";
import { createFaults } from "../../local/cloud/faults.ts";
import type { Counters, Faults } from "../../local/cloud/service.ts";

export const tableName = "Conversations";

/** The one table as the stack declares it; a test of the stack compares. */
export const tableProperties = {
  KeySchema: [
    { AttributeName: table.partitionKey, KeyType: "HASH" },
    { AttributeName: table.sortKey, KeyType: "RANGE" },
  ],
  AttributeDefinitions: [
    table.partitionKey,
    table.sortKey,
    table.inboxIndex.partitionKey,
    table.inboxIndex.sortKey,
  ].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
  GlobalSecondaryIndexes: [
    {
      IndexName: table.inboxIndex.name,
      KeySchema: [
        { AttributeName: table.inboxIndex.partitionKey, KeyType: "HASH" },
        { AttributeName: table.inboxIndex.sortKey, KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "KEYS_ONLY" },
    },
  ],
  StreamSpecification: { StreamViewType: "NEW_IMAGE" },
  TimeToLiveSpecification: { AttributeName: table.timeToLive, Enabled: true },
  BillingMode: "PAY_PER_REQUEST",
};

export interface DynamoTable {
  readonly client: DynamoDBClient;
  readonly dynamodb: DynamoDb;
  readonly counters: Counters;
  readonly faults: Faults;
}

/** The local DynamoDB, asked by the real SDK client without a network in between. */
export function createDynamoTable(): DynamoTable {
  const counters = createCounters();
  const faults = createFaults();
  const dynamodb = createDynamoDb({
    region: "eu-west-1",
    account: "000000000000",
    clock: createClock(),
    counters,
    faults,
  });
  dynamodb.createTable(tableName, tableProperties);
  const client = new DynamoDBClient({
    region: "eu-west-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    requestHandler: {
      handle: async (request: { headers: Record<string, string>; body: Uint8Array }) => {
        const call = { scope: "dynamodb", method: "POST", path: "/", caller: "Store" };
        const reply = await dynamodb.handle({ ...call, headers: request.headers, body: Buffer.concat([request.body]) });
        return {
          response: { statusCode: reply.status, headers: reply.headers ?? {}, body: Readable.from([reply.body]) },
        };
      },
    },
  });
  return { client, dynamodb, counters, faults };
}
