import {
  type AttributeValue,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  type TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { beforeEach, expect, test } from "vitest";
import { type Harness, key, N, refusalOf, S, startDynamoDb, table } from "./dynamodb-endpoint.ts";

let cloud: Harness;

beforeEach(async () => {
  cloud = await startDynamoDb();
});

const transact = (TransactItems: TransactWriteItem[], options: object = {}) =>
  cloud.client.send(new TransactWriteItemsCommand({ TransactItems, ...options }));

const put = (Item: Record<string, AttributeValue>, condition: object = {}): TransactWriteItem => ({
  Put: { TableName: table, Item, ...condition },
});

const count = (pk: string): TransactWriteItem => ({
  Update: {
    TableName: table,
    Key: key(pk),
    UpdateExpression: "ADD n :one",
    ExpressionAttributeValues: { ":one": N(1) },
  },
});

const absent = { ConditionExpression: "attribute_not_exists(pk)" };

const read = async (pk: string) =>
  (await cloud.client.send(new GetItemCommand({ TableName: table, Key: key(pk) }))).Item;

test("A transaction puts, updates, deletes and checks together.", async () => {
  await cloud.client.send(new PutItemCommand({ TableName: table, Item: key("gone") }));
  await cloud.client.send(new PutItemCommand({ TableName: table, Item: key("checked") }));
  await transact([
    put(key("new"), absent),
    count("counter"),
    { Delete: { TableName: table, Key: key("gone") } },
    { ConditionCheck: { TableName: table, Key: key("checked"), ConditionExpression: "attribute_exists(pk)" } },
  ]);
  expect(await read("new")).toEqual(key("new"));
  expect(await read("counter")).toMatchObject({ n: N(1) });
  expect(await read("gone")).toBeUndefined();
  expect(await read("checked")).toEqual(key("checked"));
});

test("A transaction with one failed condition writes nothing and says which one, with the item where it is asked for.", async () => {
  await cloud.client.send(new PutItemCommand({ TableName: table, Item: { ...key("taken"), title: S("first") } }));
  const refusal = await refusalOf<TransactionCanceledException>(
    transact([
      count("counter"),
      put(key("taken"), { ...absent, ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
      put(key("taken", "other"), { ConditionExpression: "attribute_exists(pk)" }),
    ]),
  );
  expect(refusal.name).toBe("TransactionCanceledException");
  expect(refusal.message).toContain("[None, ConditionalCheckFailed, ConditionalCheckFailed]");
  expect(refusal.CancellationReasons).toEqual([
    { Code: "None" },
    {
      Code: "ConditionalCheckFailed",
      Message: "The conditional request failed",
      Item: { ...key("taken"), title: S("first") },
    },
    { Code: "ConditionalCheckFailed", Message: "The conditional request failed" },
  ]);
  expect(await read("counter")).toBeUndefined();
  expect(cloud.dynamodb.readStream(table)).toHaveLength(1);
});

test("An update that the item does not allow cancels the transaction with ValidationError.", async () => {
  await cloud.client.send(new PutItemCommand({ TableName: table, Item: { ...key("text"), n: S("no number") } }));
  const refusal = await refusalOf<TransactionCanceledException>(transact([put(key("new")), count("text")]));
  expect(refusal.CancellationReasons?.map((reason) => reason.Code)).toEqual(["None", "ValidationError"]);
  expect(await read("new")).toBeUndefined();
});

test("Transactions that race for one item let one through.", async () => {
  const attempts = Array.from({ length: 10 }, (_, at) => transact([put(key("prize"), absent), count(`player${at}`)]));
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const players = await Promise.all(attempts.map((_, at) => read(`player${at}`)));
  expect(players.filter(Boolean)).toHaveLength(1);
});

test.each([
  ["two operations on one item", [count("same"), put(key("same"))], /multiple operations on one item/],
  ["more than 100 items", Array.from({ length: 101 }, (_, at) => count(`c${at}`)), /less than or equal to 100/],
  ["none", [], /greater than or equal to 1/],
  ["an operation and another in one entry", [{ ...count("a"), ...put(key("b")) }], /only contain one of/],
])("A transaction with %s is invalid.", async (_, items, message) => {
  const refusal = await refusalOf(transact(items));
  expect(refusal.name).toBe("ValidationException");
  expect(refusal.message).toMatch(message);
});

test("A client request token makes a repetition harmless for ten minutes.", async () => {
  const once = { ClientRequestToken: "token" };
  await transact([count("counter")], once);
  await transact([count("counter")], once);
  expect(await read("counter")).toMatchObject({ n: N(1) });
  const refusal = await refusalOf(transact([count("other")], once));
  expect(refusal.name).toBe("IdempotentParameterMismatchException");
  await cloud.clock.advance(10 * 60_000);
  await transact([count("counter")], once);
  expect(await read("counter")).toMatchObject({ n: N(2) });
});

test("TransactGetItems reads several items, with an empty answer for one that is missing.", async () => {
  await transact([put({ ...key("a"), title: S("A") }), put(key("b"))]);
  const get = (pk: string, options: object = {}) => ({ Get: { TableName: table, Key: key(pk), ...options } });
  const { Responses } = await cloud.client.send(
    new TransactGetItemsCommand({
      TransactItems: [get("a", { ProjectionExpression: "title" }), get("nope"), get("b")],
    }),
  );
  expect(Responses).toEqual([{ Item: { title: S("A") } }, {}, { Item: key("b") }]);
});

test("A conflict that is switched on cancels one transaction of the function it is meant for.", async () => {
  cloud.faults.add({ kind: "dynamodb.conflict", match: { function: "Other" } });
  await transact([count("counter")]);
  cloud.faults.add({ kind: "dynamodb.conflict", match: { function: "Send" } });
  const refusal = await refusalOf<TransactionCanceledException>(transact([count("counter"), count("two")]));
  expect(refusal.CancellationReasons?.map((reason) => reason.Code)).toEqual([
    "TransactionConflict",
    "TransactionConflict",
  ]);
  await transact([count("counter")]);
  expect(await read("counter")).toMatchObject({ n: N(2) });
});

test("Throttling that is switched on strikes the operation that it names.", async () => {
  cloud.faults.add({ kind: "dynamodb.throttled", match: { operation: "PutItem" } });
  await read("a");
  const attempt = () => cloud.client.send(new PutItemCommand({ TableName: table, Item: key("a") }));
  expect((await refusalOf(attempt())).name).toBe("ProvisionedThroughputExceededException");
  await attempt();
  expect(cloud.billed()).toMatchObject({ writeRequests: 1 });
});
