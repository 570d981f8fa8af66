import { beforeEach, expect, test } from "vitest";
import { type Harness, key, startDynamoDb, table } from "./dynamodb-endpoint.ts";

let cloud: Harness;

beforeEach(async () => {
  cloud = await startDynamoDb();
});

const tableArn = "arn:aws:dynamodb:eu-west-1:000000000000:table/Chat";

function needsOf(operation: string, body: unknown) {
  const headers = { "x-amz-target": `DynamoDB_20120810.${operation}` };
  const call = {
    scope: "dynamodb",
    method: "POST",
    path: "/",
    headers,
    body: Buffer.from(JSON.stringify(body)),
    caller: "Send",
  };
  return cloud.dynamodb.needs(call);
}

const leading = (...keys: string[]) => ({ "dynamodb:LeadingKeys": keys });

test.each([
  ["GetItem", { Key: key("a") }],
  ["UpdateItem", { Key: key("a") }],
  ["DeleteItem", { Key: key("a") }],
  ["PutItem", { Item: { ...key("a"), n: { N: "1" } } }],
])("%s needs the permission of its name on the table, for the partition.", (operation, body) => {
  expect(needsOf(operation, { TableName: table, ...body })).toEqual([
    { action: `dynamodb:${operation}`, resource: tableArn, context: leading("a") },
  ]);
});

test("A query needs the permission on what it reads: the table, or the index.", () => {
  const values = { ExpressionAttributeValues: { ":k": { S: "a" } } };
  expect(needsOf("Query", { TableName: table, KeyConditionExpression: "pk = :k", ...values })).toEqual([
    { action: "dynamodb:Query", resource: tableArn, context: leading("a") },
  ]);
  const onIndex = { TableName: table, IndexName: "byList", KeyConditionExpression: "gpk = :k", ...values };
  expect(needsOf("Query", onIndex)).toEqual([
    { action: "dynamodb:Query", resource: `${tableArn}/index/byList`, context: leading("a") },
  ]);
  expect(needsOf("Scan", { TableName: table, IndexName: "byList" })).toMatchObject([
    { action: "dynamodb:Scan", resource: `${tableArn}/index/byList` },
  ]);
});

test("A transaction needs the permission of every operation in it, and none of its own.", () => {
  const TransactItems = [
    { Put: { TableName: table, Item: key("a") } },
    { Update: { TableName: table, Key: key("b") } },
    { Delete: { TableName: table, Key: key("c") } },
    { ConditionCheck: { TableName: "Other", Key: key("d") } },
  ];
  const needs = needsOf("TransactWriteItems", { TransactItems });
  expect(needs.map(({ action }) => action)).toEqual([
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:ConditionCheckItem",
  ]);
  expect(needs[1]).toMatchObject({
    resource: tableArn,
    context: { ...leading("b"), "dynamodb:EnclosingOperation": "TransactWriteItems" },
  });
  expect(needs[3]?.resource).toBe("arn:aws:dynamodb:eu-west-1:000000000000:table/Other");
  expect(needsOf("TransactGetItems", { TransactItems: [{ Get: { TableName: table, Key: key("a") } }] })).toMatchObject([
    { action: "dynamodb:GetItem", resource: tableArn },
  ]);
});

test("A batch needs its own permission on each of its tables.", () => {
  const writes = [{ PutRequest: { Item: key("a") } }, { DeleteRequest: { Key: key("b") } }];
  expect(needsOf("BatchWriteItem", { RequestItems: { [table]: writes } })).toEqual([
    { action: "dynamodb:BatchWriteItem", resource: tableArn, context: leading("a", "b") },
  ]);
  expect(
    needsOf("BatchGetItem", { RequestItems: { [table]: { Keys: [key("a")] }, Other: { Keys: [] } } }),
  ).toMatchObject([
    { action: "dynamodb:BatchGetItem", resource: tableArn },
    { resource: "arn:aws:dynamodb:eu-west-1:000000000000:table/Other" },
  ]);
});

test("A malformed call still has needs, so that it is refused by its validation.", () => {
  expect(needsOf("TransactWriteItems", { TransactItems: "odd" })).toEqual([]);
  expect(needsOf("Query", { TableName: table, KeyConditionExpression: "(" })).toMatchObject([{ resource: tableArn }]);
  expect(needsOf("ListTables", null)).toEqual([{ action: "dynamodb:ListTables", resource: "*" }]);
});

test("A refusal of the endpoint has DynamoDB's shape.", () => {
  const reply = cloud.dynamodb.error(400, "AccessDeniedException", "No.");
  expect(reply.status).toBe(400);
  expect(JSON.parse(String(reply.body))).toEqual({
    __type: "com.amazonaws.dynamodb.v20120810#AccessDeniedException",
    message: "No.",
  });
});
