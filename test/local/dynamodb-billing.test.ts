import {
  type AttributeValue,
  BatchGetItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { itemBytes } from "../../local/cloud/dynamodb/capacity.ts";
import { type Harness, key, M, N, refusalOf, S, startDynamoDb, table } from "./dynamodb-endpoint.ts";

let cloud: Harness;

beforeEach(async () => {
  cloud = await startDynamoDb();
});

const text = (bytes: number) => S("x".repeat(bytes));

/** The capacity that the reply reports; the counters must agree with it. */
async function put(Item: Record<string, AttributeValue>) {
  const request = new PutItemCommand({ TableName: table, Item, ReturnConsumedCapacity: "INDEXES" });
  const { ConsumedCapacity } = await cloud.client.send(request);
  expect(cloud.billed()).toEqual({ writeRequests: 1, writeUnits: ConsumedCapacity?.CapacityUnits });
  const indexes = Object.entries(ConsumedCapacity?.GlobalSecondaryIndexes ?? {});
  return {
    table: ConsumedCapacity?.Table?.CapacityUnits,
    ...Object.fromEntries(indexes.map(([name, units]) => [name, units.CapacityUnits])),
  };
}

test.each<[string, Record<string, AttributeValue>, number]>([
  ["text in UTF-8", { ä: S("€") }, 2 + 3],
  ["a number by its digits", { n: N(12345) }, 1 + 3 + 1],
  ["a number without its zeros", { n: { N: "1000" } }, 1 + 1 + 1],
  ["a negative number", { n: { N: "-0.5" } }, 1 + 1 + 1 + 1],
  ["binary by its bytes", { b: { B: "AAEC" as unknown as Uint8Array } }, 1 + 3],
  ["booleans and null", { t: { BOOL: true }, z: { NULL: true } }, 2 + 2],
  ["a list", { l: { L: [S("ab"), S("c")] } }, 1 + 3 + 2 + 3],
  ["a map", { m: M({ k: S("v") }) }, 1 + 3 + 1 + 2],
  ["a set", { s: { SS: ["ab", "c"] } }, 1 + 3],
])("The size of an item counts %s.", (_, item, bytes) => {
  expect(itemBytes(item as Parameters<typeof itemBytes>[0])).toBe(bytes);
});

describe("a write costs", () => {
  test("a unit per started KiB of the larger of the old and the new item", async () => {
    const room = 1024 - "pkaskheadtext".length;
    expect(await put({ ...key("a"), text: text(room) })).toEqual({ table: 1 });
    expect(await put({ ...key("a"), text: text(room + 1) })).toEqual({ table: 2 });
    expect(await put(key("a"))).toEqual({ table: 2 });
  });

  test("on an index only when the projected part changes, and twice when its key moves", async () => {
    const head = { ...key("a"), gpk: S("open"), gsk: S("1"), ownerId: S("o"), tag: S("t"), title: S("T") };
    expect(await put(head)).toEqual({ table: 1, byList: 1, byOwner: 1, byTag: 1 });
    expect(await put(head)).toEqual({ table: 1 });
    expect(await put({ ...head, body: text(1500) })).toEqual({ table: 2, byList: 2 });
    expect(await put({ ...head, title: S("U") })).toEqual({ table: 2, byList: 2, byTag: 1 });
    expect(await put({ ...head, title: S("U"), gsk: S("2") })).toEqual({ table: 1, byList: 2 });
    expect(await put(key("a"))).toEqual({ table: 1, byList: 1, byOwner: 1, byTag: 1 });
  });

  test("the same when its condition fails, but nothing when it is invalid", async () => {
    await put({ ...key("a"), gpk: S("open"), gsk: S("1"), text: text(1500) });
    const attempt = (UpdateExpression: string) =>
      cloud.client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: key("a"),
          UpdateExpression,
          ConditionExpression: "attribute_not_exists(pk)",
        }),
      );
    await refusalOf(attempt("REMOVE gpk"));
    expect(cloud.billed()).toEqual({ writeRequests: 1, writeUnits: 2 });
    await refusalOf(attempt("SET status = gpk"));
    expect(cloud.billed()).toEqual({});
  });

  test("double in a transaction, in which every item is a request", async () => {
    const items: TransactWriteItem[] = [
      { Put: { TableName: table, Item: { ...key("a"), gpk: S("open"), gsk: S("1") } } },
      { Put: { TableName: table, Item: { ...key("b"), text: text(1500) } } },
    ];
    const request = { TransactItems: items, ReturnConsumedCapacity: "TOTAL", ClientRequestToken: "t" } as const;
    const { ConsumedCapacity } = await cloud.client.send(new TransactWriteItemsCommand(request));
    expect(ConsumedCapacity).toEqual([{ TableName: table, CapacityUnits: 8, WriteCapacityUnits: 8 }]);
    expect(cloud.billed()).toEqual({ writeRequests: 2, writeUnits: 8 });
    await cloud.client.send(new TransactWriteItemsCommand(request));
    expect(cloud.billed()).toEqual({ readRequests: 2, readUnits: 4 });
  });
});

describe("a read costs", () => {
  const get = (pk: string, ConsistentRead = false) =>
    cloud.client.send(
      new GetItemCommand({ TableName: table, Key: key(pk), ConsistentRead, ReturnConsumedCapacity: "TOTAL" }),
    );

  beforeEach(async () => {
    await put({ ...key("small"), gpk: S("open"), gsk: S("1") });
    await put({ ...key("large"), gpk: S("open"), gsk: S("2"), text: text(4096) });
  });

  test("half a unit per 4 KiB, a whole one when consistent, also for a missing item", async () => {
    expect((await get("small")).ConsumedCapacity?.CapacityUnits).toBe(0.5);
    expect((await get("large")).ConsumedCapacity?.CapacityUnits).toBe(1);
    expect((await get("large", true)).ConsumedCapacity?.CapacityUnits).toBe(2);
    expect((await get("nope", true)).ConsumedCapacity?.CapacityUnits).toBe(1);
    expect(cloud.billed()).toEqual({ readRequests: 4, readUnits: 4.5 });
  });

  test("by the sum of all items in a query, filtered out or not", async () => {
    for (let at = 0; at < 5; at++) await put({ ...key("many", String(at)), text: text(1000) });
    const query = (options: object) =>
      cloud.client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": S("many") },
          ReturnConsumedCapacity: "INDEXES",
          ...options,
        }),
      );
    const filtered = await query({ FilterExpression: "attribute_exists(nope)" });
    expect(filtered).toMatchObject({ Count: 0, ScannedCount: 5, ConsumedCapacity: { CapacityUnits: 1 } });
    expect((await query({ Limit: 2 })).ConsumedCapacity?.CapacityUnits).toBe(0.5);
    expect((await query({ ConsistentRead: true })).ConsumedCapacity?.CapacityUnits).toBe(2);
    const onIndex = await query({
      IndexName: "byList",
      KeyConditionExpression: "gpk = :l",
      ExpressionAttributeValues: { ":l": S("open") },
    });
    expect(onIndex.ConsumedCapacity).toMatchObject({
      CapacityUnits: 1,
      Table: { CapacityUnits: 0 },
      GlobalSecondaryIndexes: { byList: { CapacityUnits: 1 } },
    });
    expect(cloud.billed()).toEqual({ readRequests: 4, readUnits: 4.5 });
  });

  test("per item in a batch, and double in a transaction", async () => {
    const Keys = [key("small"), key("large"), key("nope")];
    await cloud.client.send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys } } }));
    expect(cloud.billed()).toEqual({ readRequests: 3, readUnits: 2 });
    const TransactItems = Keys.map((Key) => ({ Get: { TableName: table, Key } }));
    await cloud.client.send(new TransactGetItemsCommand({ TransactItems }));
    expect(cloud.billed()).toEqual({ readRequests: 3, readUnits: 8 });
  });
});
