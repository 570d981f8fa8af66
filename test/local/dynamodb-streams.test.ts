import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, onTestFinished, test } from "vitest";
import type { StreamRecord } from "../../local/cloud/dynamodb/streams.ts";
import { chatTable, type Harness, key, N, S, startDynamoDb, table } from "./dynamodb-endpoint.ts";

const put = ({ client }: Harness, Item: Record<string, AttributeValue>) =>
  client.send(new PutItemCommand({ TableName: table, Item }));

const read = async ({ client }: Harness, pk: string) =>
  (await client.send(new GetItemCommand({ TableName: table, Key: key(pk) }))).Item;

const seconds = (cloud: Harness) => Math.floor(cloud.clock.now() / 1000);

const partitionsOf = (records: readonly StreamRecord[]) =>
  records.map(({ dynamodb }) => Object.values(dynamodb.Keys.pk ?? {})[0]);

function dataDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "dynamodb-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

describe("a stream", () => {
  test("tells inserts, changes and removals in the shape that Lambda gets", async () => {
    const cloud = await startDynamoDb();
    const heard: StreamRecord[] = [];
    cloud.dynamodb.onStreamRecord(table, (record) => heard.push(record));
    await put(cloud, { ...key("a"), n: N(1) });
    await put(cloud, { ...key("a"), n: N(2) });
    await cloud.client.send(new DeleteItemCommand({ TableName: table, Key: key("a") }));
    expect(heard.map(({ eventName }) => eventName)).toEqual(["INSERT", "MODIFY", "REMOVE"]);
    expect(heard[1]).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: "MODIFY",
      eventVersion: "1.1",
      eventSource: "aws:dynamodb",
      awsRegion: "eu-west-1",
      eventSourceARN: expect.stringContaining(":table/Chat/stream/"),
      dynamodb: {
        ApproximateCreationDateTime: seconds(cloud),
        Keys: key("a"),
        NewImage: { ...key("a"), n: N(2) },
        OldImage: { ...key("a"), n: N(1) },
        SequenceNumber: expect.stringMatching(/^\d{21}$/),
        SizeBytes: 3 * "pkaskhead".length + 2 * 3,
        StreamViewType: "NEW_AND_OLD_IMAGES",
      },
    });
    expect(heard[0]?.dynamodb).not.toHaveProperty("OldImage");
    expect(heard[2]?.dynamodb).not.toHaveProperty("NewImage");
    expect(cloud.dynamodb.readStream(table)).toEqual(heard);
  });

  test.each([
    ["KEYS_ONLY", []],
    ["NEW_IMAGE", ["NewImage"]],
    ["OLD_IMAGE", ["OldImage"]],
    ["NEW_AND_OLD_IMAGES", ["NewImage", "OldImage"]],
  ])("of view type %s carries the images %j", async (StreamViewType, images) => {
    const cloud = await startDynamoDb({ properties: { ...chatTable, StreamSpecification: { StreamViewType } } });
    await put(cloud, key("a"));
    await put(cloud, { ...key("a"), n: N(1) });
    const { dynamodb } = cloud.dynamodb.readStream(table)[1]!;
    expect(Object.keys(dynamodb).filter((name) => name.endsWith("Image"))).toEqual(images);
  });

  test("is silent about a write that changes nothing", async () => {
    const cloud = await startDynamoDb();
    await put(cloud, { ...key("a"), tags: { SS: ["x", "y"] } });
    await put(cloud, { ...key("a"), tags: { SS: ["y", "x"] } });
    await cloud.client.send(new DeleteItemCommand({ TableName: table, Key: key("nope") }));
    expect(cloud.dynamodb.readStream(table)).toHaveLength(1);
  });

  test("forgets after 24 hours", async () => {
    const cloud = await startDynamoDb();
    await put(cloud, key("old"));
    await cloud.clock.advance(24 * 3_600_000 + 1_000);
    expect(cloud.dynamodb.readStream(table)).toEqual([]);
    await put(cloud, key("new"));
    expect(partitionsOf(cloud.dynamodb.readStream(table))).toEqual(["new"]);
  });

  test("is read on from what was acknowledged, also after a restart", async () => {
    const directory = dataDirectory();
    const before = await startDynamoDb({ directory });
    for (const pk of ["a", "b", "c"]) await put(before, key(pk));
    const [first] = before.dynamodb.readStream(table, undefined, 1);
    before.dynamodb.acknowledge(table, "Publisher", first!.dynamodb.SequenceNumber);

    const after = await startDynamoDb({ directory });
    await put(after, key("d"));
    const from = after.dynamodb.acknowledged(table, "Publisher");
    expect(partitionsOf(after.dynamodb.readStream(table, from))).toEqual(["b", "c", "d"]);
    expect(after.dynamodb.acknowledged(table, "Nobody")).toBeUndefined();
  });
});

describe("the expiry", () => {
  test("leaves an item readable until it is swept, then removes it in the service's name", async () => {
    const cloud = await startDynamoDb();
    await put(cloud, { ...key("short"), gpk: S("l"), gsk: S("1"), expires: N(seconds(cloud) + 60) });
    await put(cloud, { ...key("long"), expires: N(seconds(cloud) + 3600) });
    await put(cloud, { ...key("text"), expires: S("1") });
    await cloud.clock.advance(61_000);
    expect(await read(cloud, "short")).toBeDefined();
    cloud.billed();
    expect(cloud.dynamodb.sweep()).toBe(1);
    expect(cloud.billed()).toEqual({});
    expect(await read(cloud, "short")).toBeUndefined();
    expect(await read(cloud, "long")).toBeDefined();
    expect(await read(cloud, "text")).toBeDefined();
    expect(cloud.dynamodb.readStream(table).at(-1)).toMatchObject({
      eventName: "REMOVE",
      userIdentity: { type: "Service", principalId: "dynamodb.amazonaws.com" },
      dynamodb: { Keys: key("short"), OldImage: { gpk: S("l") } },
    });
    expect(cloud.dynamodb.sweep()).toBe(0);
  });

  test("follows an expiry that is moved", async () => {
    const cloud = await startDynamoDb();
    await put(cloud, { ...key("lease"), expires: N(seconds(cloud) + 10) });
    await put(cloud, { ...key("lease"), expires: N(seconds(cloud) + 100) });
    await cloud.clock.advance(50_000);
    expect(cloud.dynamodb.sweep()).toBe(0);
    await cloud.clock.advance(51_000);
    expect(cloud.dynamodb.sweep()).toBe(1);
  });

  test("spares what would have expired more than five years ago", async () => {
    const cloud = await startDynamoDb();
    await put(cloud, { ...key("a"), expires: N(1) });
    expect(cloud.dynamodb.sweep()).toBe(0);
  });
});

describe("a data directory", () => {
  test("keeps items, and gives them to an index that was added meanwhile", async () => {
    const directory = dataDirectory();
    const { GlobalSecondaryIndexes, AttributeDefinitions, ...properties } = chatTable;
    const keyDefinitions = AttributeDefinitions.filter(({ AttributeName }) => /^[ps]k$/.test(AttributeName));
    const before = await startDynamoDb({
      directory,
      properties: { ...properties, AttributeDefinitions: keyDefinitions },
    });
    await put(before, { ...key("a"), gpk: S("open"), gsk: S("1") });
    await before.client.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName: table, Key: key("b") } }] }),
    );
    await before.dynamodb.close();

    const after = await startDynamoDb({ directory });
    const query = {
      TableName: table,
      IndexName: "byList",
      KeyConditionExpression: "gpk = :l",
      ExpressionAttributeValues: { ":l": S("open") },
    };
    const { Items } = await after.client.send(new QueryCommand(query));
    expect(Items).toEqual([{ ...key("a"), gpk: S("open"), gsk: S("1") }]);
  });

  test("drops a commit that was being written when the process died, and goes on", async () => {
    const directory = dataDirectory();
    const before = await startDynamoDb({ directory });
    await put(before, key("whole"));
    appendFileSync(join(directory, "dynamodb.journal"), '[["items/Chat","torn",{"pk":{"S":"to');
    const after = await startDynamoDb({ directory });
    await put(after, key("next"));
    const last = await startDynamoDb({ directory });
    expect(await read(last, "whole")).toBeDefined();
    expect(await read(last, "next")).toBeDefined();
  });

  test("stays small however often an item is written", async () => {
    const directory = dataDirectory();
    const properties = { ...chatTable, StreamSpecification: undefined };
    const before = await startDynamoDb({ directory, properties });
    const body = (at: number) => ({ ...key("a"), n: N(at), body: S("x".repeat(300_000)) });
    for (let at = 0; at < 60; at++) await put(before, body(at));
    await before.dynamodb.close();
    expect(statSync(join(directory, "dynamodb.journal")).size).toBeLessThan(9 << 20);
    const after = await startDynamoDb({ directory, properties });
    expect(await read(after, "a")).toMatchObject({ n: N(59) });
  });

  test("refuses a table whose key has changed", async () => {
    const directory = dataDirectory();
    const cloud = await startDynamoDb({ directory });
    const KeySchema = [{ AttributeName: "gpk", KeyType: "HASH" }];
    expect(() => cloud.dynamodb.createTable(table, { ...chatTable, KeySchema })).toThrow(/can't take the key/);
  });

  test("is not shared with another living process, but taken over from a dead one", async () => {
    const directory = dataDirectory();
    const lock = join(directory, "lock");
    writeFileSync(lock, String(process.ppid));
    await expect(startDynamoDb({ directory })).rejects.toThrow(/in use by process/);
    const { pid } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(lock, String(pid));
    await put(await startDynamoDb({ directory }), key("a"));
  });
});
