import {
  type AttributeValue,
  BatchWriteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { chatTable, type Harness, key, N, refusalOf, S, startDynamoDb, table } from "./dynamodb-endpoint.ts";

let cloud: Harness;

beforeEach(async () => {
  cloud = await startDynamoDb();
});

const query = (options: Partial<QueryCommandInput>) =>
  cloud.client.send(new QueryCommand({ TableName: table, ...options }));

const put = (Item: Record<string, AttributeValue>) => cloud.client.send(new PutItemCommand({ TableName: table, Item }));

const inPartition = (condition: string, values: Record<string, string>, options: Partial<QueryCommandInput> = {}) =>
  query({
    KeyConditionExpression: `pk = :pk${condition}`,
    ExpressionAttributeValues: {
      ":pk": S("c1"),
      ...Object.fromEntries(Object.entries(values).map(([k, v]) => [k, S(v)])),
    },
    ...options,
  });

const sortKeys = (reply: { Items?: Record<string, AttributeValue>[] | undefined }) =>
  reply.Items?.map((item) => item.sk?.S);

const fill = async (count: number, more: (at: number) => Record<string, AttributeValue> = () => ({})) => {
  for (let from = 0; from < count; from += 25) {
    const numbers = Array.from({ length: Math.min(25, count - from) }, (_, at) => from + at);
    const requests = numbers.map((at) => ({
      PutRequest: { Item: { ...key("c1", `M#${String(at).padStart(4, "0")}`), n: N(at), ...more(at) } },
    }));
    await cloud.client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  }
};

describe("a query", () => {
  test("selects by begins_with, between and comparisons on the sort key", async () => {
    await fill(5);
    await put(key("c1", "head"));
    await put(key("c10", "M#0000"));
    expect(sortKeys(await inPartition(" AND begins_with(sk, :p)", { ":p": "M#" }))).toHaveLength(5);
    expect(sortKeys(await inPartition(" AND sk BETWEEN :a AND :b", { ":a": "M#0001", ":b": "M#0003" }))).toEqual([
      "M#0001",
      "M#0002",
      "M#0003",
    ]);
    expect(sortKeys(await inPartition(" AND sk > :a", { ":a": "M#0003" }))).toEqual(["M#0004", "head"]);
    expect(sortKeys(await inPartition(" AND sk <= :a", { ":a": "M#0000" }))).toEqual(["M#0000"]);
  });

  test("pages in both directions without loss or repetition, also across blocks of keys", async () => {
    await fill(1200);
    for (const ScanIndexForward of [true, false]) {
      const seen: (string | undefined)[] = [];
      let from: Record<string, AttributeValue> | undefined;
      do {
        const page = await inPartition("", {}, { Limit: 170, ScanIndexForward, ExclusiveStartKey: from });
        seen.push(...(sortKeys(page) ?? []));
        from = page.LastEvaluatedKey;
      } while (from);
      expect(new Set(seen).size).toBe(1200);
      expect(seen).toEqual(ScanIndexForward ? seen.toSorted() : seen.toSorted().reverse());
    }
  });

  test("filters after it has counted", async () => {
    await fill(10);
    const reply = await query({
      KeyConditionExpression: "pk = :pk",
      FilterExpression: "n >= :n",
      ExpressionAttributeValues: { ":pk": S("c1"), ":n": N(3) },
      Limit: 5,
    });
    expect(reply).toMatchObject({ Count: 2, ScannedCount: 5, LastEvaluatedKey: key("c1", "M#0004") });
  });

  test("ends its page at 1 MB", async () => {
    await fill(6, () => ({ text: S("x".repeat(300_000)) }));
    const reply = await inPartition("", {});
    expect(reply.Count).toBe(4);
    expect(reply.LastEvaluatedKey).toEqual(key("c1", "M#0003"));
  });

  test("pages through an index, also where all entries have the same key", async () => {
    await fill(60, () => ({ gpk: S("open"), gsk: S("same") }));
    const seen = new Set<string | undefined>();
    let from: Record<string, AttributeValue> | undefined;
    do {
      const page = await query({
        IndexName: "byList",
        KeyConditionExpression: "gpk = :l",
        ExpressionAttributeValues: { ":l": S("open") },
        Limit: 7,
        ExclusiveStartKey: from,
      });
      for (const sk of sortKeys(page) ?? []) seen.add(sk);
      from = page.LastEvaluatedKey;
    } while (from);
    expect(seen.size).toBe(60);
  });

  test("on an index shows what is projected and refuses to show more", async () => {
    await put({ ...key("c1"), tag: S("t"), ownerId: S("o"), title: S("T"), secret: S("s") });
    const byTag = {
      IndexName: "byTag",
      KeyConditionExpression: "tag = :t",
      ExpressionAttributeValues: { ":t": S("t") },
    };
    expect((await query(byTag)).Items).toEqual([{ ...key("c1"), tag: S("t"), title: S("T") }]);
    const refusal = await refusalOf(query({ ...byTag, ProjectionExpression: "secret" }));
    expect(refusal.message).toMatch(/byTag does not project \[secret\]/);
    const byOwner = { IndexName: "byOwner", KeyConditionExpression: "#o = :o" };
    const options = { ExpressionAttributeNames: { "#o": "ownerId" }, ExpressionAttributeValues: { ":o": S("o") } };
    expect((await query({ ...byOwner, ...options })).Items).toEqual([{ ...key("c1"), ownerId: S("o") }]);
  });

  test("follows an index key that moves or goes away", async () => {
    const count = async (list: string) =>
      (
        await query({
          IndexName: "byList",
          KeyConditionExpression: "gpk = :l",
          ExpressionAttributeValues: { ":l": S(list) },
          Select: "COUNT",
        })
      ).Count;
    await put({ ...key("c1"), gpk: S("open"), gsk: S("1") });
    await put({ ...key("c1"), gpk: S("ended"), gsk: S("1") });
    expect([await count("open"), await count("ended")]).toEqual([0, 1]);
    await put({ ...key("c1"), gpk: S("ended") });
    expect(await count("ended")).toBe(0);
  });
});

describe("a scan", () => {
  test("walks every partition in pages", async () => {
    for (let at = 0; at < 30; at++) await put(key(`c${at}`));
    const seen = new Set<string | undefined>();
    let from: Record<string, AttributeValue> | undefined;
    do {
      const page = await cloud.client.send(new ScanCommand({ TableName: table, Limit: 7, ExclusiveStartKey: from }));
      for (const item of page.Items ?? []) seen.add(item.pk?.S);
      from = page.LastEvaluatedKey;
    } while (from);
    expect(seen.size).toBe(30);
  });
});

describe("a table", () => {
  test("is described as it was declared", async () => {
    const { Table } = await cloud.client.send(new DescribeTableCommand({ TableName: table }));
    expect(Table).toMatchObject({
      TableStatus: "ACTIVE",
      TableArn: "arn:aws:dynamodb:eu-west-1:000000000000:table/Chat",
      LatestStreamArn: expect.stringContaining("table/Chat/stream/"),
    });
    expect(Table?.GlobalSecondaryIndexes).toHaveLength(3);
  });

  test("that does not exist is not found", async () => {
    const refusal = await refusalOf(cloud.client.send(new GetItemCommand({ TableName: "Nope", Key: key("c1") })));
    expect(refusal.name).toBe("ResourceNotFoundException");
  });

  test("can be declared as a global table", async () => {
    const { BillingMode: _, ...properties } = chatTable;
    const Replicas = [{ Region: "eu-west-1", PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }];
    cloud.dynamodb.createTable("Global", { ...properties, Replicas, BillingMode: "PAY_PER_REQUEST" });
    expect(cloud.dynamodb.tableNames()).toContain("Global");
  });

  test("with a property that is not known does not start", () => {
    expect(() => cloud.dynamodb.createTable("Odd", { ...chatTable, KinesisStreamSpecification: {} })).toThrow(
      /Odd can't run locally.*KinesisStreamSpecification/s,
    );
  });
});
