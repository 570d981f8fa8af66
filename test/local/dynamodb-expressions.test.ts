import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { type Harness, key, M, N, refusalOf, S, startDynamoDb, table } from "./dynamodb-endpoint.ts";

let cloud: Harness;

beforeEach(async () => {
  cloud = await startDynamoDb();
});

const put = (Item: Record<string, AttributeValue>, options: object = {}) =>
  cloud.client.send(new PutItemCommand({ TableName: table, Item, ...options }));

const update = (UpdateExpression: string, options: Partial<UpdateItemCommandInput> = {}) =>
  cloud.client.send(new UpdateItemCommand({ TableName: table, Key: key("c1"), UpdateExpression, ...options }));

const read = async (pk = "c1", sk = "head") =>
  (await cloud.client.send(new GetItemCommand({ TableName: table, Key: key(pk, sk), ConsistentRead: true }))).Item;

const values = (ExpressionAttributeValues: Record<string, AttributeValue>) => ({ ExpressionAttributeValues });

describe("update expressions", () => {
  test("create the item, count, and return all that is new", async () => {
    const expression = "SET title = :t, n = if_not_exists(n, :zero) + :one ADD m :one";
    const options = { ...values({ ":t": S("Hi"), ":zero": N(0), ":one": N(1) }), ReturnValues: "ALL_NEW" as const };
    await update(expression, options);
    const { Attributes } = await update(expression, options);
    expect(Attributes).toEqual({ ...key("c1"), title: S("Hi"), n: N(2), m: N(2) });
  });

  test("read the old item on every right-hand side, so that a register shifts", async () => {
    await put({ ...key("c1"), r0: S("a"), r1: S("b"), r2: S("c") });
    await update("SET r1 = r0, r2 = r1, r0 = :new", values({ ":new": S("z") }));
    expect(await read()).toEqual({ ...key("c1"), r0: S("z"), r1: S("a"), r2: S("b") });
  });

  test("copy values instead of sharing them", async () => {
    await put({ ...key("c1"), n: N(1), box: M({ x: N(1) }) });
    await update("SET was = n, copied = box, box.x = :two ADD n :one", values({ ":one": N(1), ":two": N(2) }));
    expect(await read()).toMatchObject({ n: N(2), was: N(1), box: M({ x: N(2) }), copied: M({ x: N(1) }) });
  });

  test("set and remove members of a map by name, and refuse a path that is not there", async () => {
    await put({ ...key("c1"), conns: M({ a: S("1") }) });
    const names = { ExpressionAttributeNames: { "#id": "b=" } };
    const { Attributes } = await update("SET conns.#id = :c", {
      ...names,
      ...values({ ":c": S("2") }),
      ReturnValues: "UPDATED_NEW",
    });
    expect(Attributes).toEqual({ conns: M({ "b=": S("2") }) });
    await update("REMOVE conns.#id, conns.nope", names);
    expect(await read()).toMatchObject({ conns: M({ a: S("1") }) });
    const refusal = await refusalOf(update("SET nothing.#id = :c", { ...names, ...values({ ":c": S("2") }) }));
    expect(refusal.message).toBe("The document path provided in the update expression is invalid for update");
  });

  test("count list positions in the list as it was", async () => {
    await put({ ...key("c1"), l: { L: [S("a"), S("b"), S("c")] } });
    await update("REMOVE l[0], l[1] SET l[9] = :z", values({ ":z": S("z") }));
    expect(await read()).toMatchObject({ l: { L: [S("c"), S("z")] } });
    await update("SET l = list_append(l, :more)", values({ ":more": { L: [S("y")] } }));
    expect(await read()).toMatchObject({ l: { L: [S("c"), S("z"), S("y")] } });
  });

  test("add to and delete from sets, and drop a set that became empty", async () => {
    await update("ADD tags :t", values({ ":t": { SS: ["a", "b"] } }));
    await update("ADD tags :t", values({ ":t": { SS: ["b", "c"] } }));
    expect((await read())?.tags?.SS?.toSorted()).toEqual(["a", "b", "c"]);
    await update("DELETE tags :t", values({ ":t": { SS: ["a", "b", "c"] } }));
    expect(await read()).toEqual(key("c1"));
  });

  test.each([
    ["SET status = :v", /reserved keyword: status/],
    ["SET a = :v, a.b = :v", /overlap/],
    ["SET pk = :v", /part of the key/],
    ["SET a = nope", /does not exist in the item/],
    ["SET a = a + :n", /does not exist in the item/],
    ["SET gpk = :n", /Type mismatch for Index Key gpk|unsupported type/],
  ])("refuse %s", async (expression, message) => {
    const used = Object.fromEntries(
      [":v", ":n"].filter((it) => expression.includes(it)).map((it) => [it, it === ":n" ? N(1) : S("x")]),
    );
    const refusal = await refusalOf(update(expression, Object.keys(used).length ? values(used) : {}));
    expect(refusal.name).toBe("ValidationException");
    expect(refusal.message).toMatch(message);
    expect(await read()).toBeUndefined();
  });
});

describe("conditions", () => {
  beforeEach(() =>
    put({
      ...key("c1"),
      mood: S("open"),
      blank: S(""),
      flag: { BOOL: false },
      n: N(5),
      tags: { SS: ["a", "b"] },
      l: { L: [M({ id: S("x") }), N(1)] },
      conns: M({ a: S("1"), b: M({ deep: N(7) }) }),
    }),
  );

  const holds = async (ConditionExpression: string, used: Record<string, AttributeValue> = {}) => {
    const options = Object.keys(used).length ? values(used) : {};
    const attempt = update("SET touched = touched", { ...options, ConditionExpression });
    const refusal = await refusalOf(attempt);
    if (refusal.name === "ConditionalCheckFailedException") return false;
    // Behind the condition the update always fails, for this reason: the item stays as it is for the next case.
    expect(refusal.message).toMatch("refers to an attribute that does not exist");
    return true;
  };

  test.each([
    ["size(conns) < :v", N(3), true],
    ["size(conns) < :v", N(2), false],
    ["size(nope) < :v", N(2), false],
    ["mood IN (:v, :v)", S("open"), true],
    ["blank IN (:v, :v)", S(""), true],
    ["flag IN (:v, :v)", { BOOL: false }, true],
    ["contains(tags, :v)", S("b"), true],
    ["contains(l, :v)", M({ id: S("x") }), true],
    ["contains(mood, :v)", S("pe"), true],
    ["begins_with(mood, :v)", S("op"), true],
    ["begins_with(nope, :v)", S("op"), false],
    ["conns.b.deep = :v", N(7), true],
    ["conns.b.deep BETWEEN :v AND :v", N(7), true],
    ["conns.b.zip = :v", N(7), false],
    ["conns.b = :v", M({ deep: N(7) }), true],
    ["nope <> :v", N(7), true],
    ["n >= :v AND NOT n > :v", { N: "5.0" }, true],
    ["attribute_type(flag, :v)", S("BOOL"), true],
    ["attribute_not_exists(conns.a) OR n = :v", N(4), false],
  ] as const)("%s with %j is %s", async (condition, value, expected) => {
    expect(await holds(condition, { ":v": value as AttributeValue })).toBe(expected);
  });

  test("attribute_exists sees empty and false values", async () => {
    expect(await holds("attribute_exists(blank) AND attribute_exists(flag) AND attribute_not_exists(conns.c)")).toBe(
      true,
    );
  });

  test("a refused write shows the item where it is asked for", async () => {
    const condition = { ConditionExpression: "attribute_not_exists(pk)" };
    const shown = await refusalOf<ConditionalCheckFailedException>(
      put(key("c1"), { ...condition, ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
    );
    expect(shown.name).toBe("ConditionalCheckFailedException");
    expect(shown.Item).toMatchObject({ mood: S("open") });
    expect((await refusalOf<ConditionalCheckFailedException>(put(key("c1"), condition))).Item).toBeUndefined();
  });

  test("a delete returns what it took", async () => {
    const remove = () =>
      cloud.client.send(new DeleteItemCommand({ TableName: table, Key: key("c1"), ReturnValues: "ALL_OLD" }));
    expect((await remove()).Attributes).toMatchObject({ n: N(5) });
    expect((await remove()).Attributes).toBeUndefined();
  });
});

describe("items", () => {
  test("take up to 400 KB, counted in UTF-8", async () => {
    const room = 400 * 1024 - "pkbigskheadtext".length;
    await put({ ...key("big"), text: S("ä".repeat(Math.floor(room / 2))) });
    const refusal = await refusalOf(put({ ...key("big"), text: S("ä".repeat(Math.floor(room / 2) + 1)) }));
    expect(refusal.message).toBe("Item size has exceeded the maximum allowed size");
  });

  test("keep binary and numbers exactly", async () => {
    const item = { ...key("c1"), b: { B: new Uint8Array([0, 255, 7]) }, n: { N: "-12345678901234567890.5" } };
    await put(item);
    expect(await read()).toEqual(item);
  });

  test("are refused with an empty index key or another key type", async () => {
    expect((await refusalOf(put({ ...key("c1"), gpk: S("") }))).message).toMatch(/empty string value/);
    expect((await refusalOf(put({ ...key("c1"), gpk: N(1) }))).message).toMatch(/Type mismatch for Index Key gpk/);
  });

  test("are written and read in batches", async () => {
    const RequestItems = { [table]: ["1", "2", "3"].map((sk) => ({ PutRequest: { Item: key("b", sk) } })) };
    await cloud.client.send(new BatchWriteItemCommand({ RequestItems }));
    await cloud.client.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: [{ DeleteRequest: { Key: key("b", "2") } }] } }),
    );
    const Keys = ["1", "2", "3"].map((sk) => key("b", sk));
    const { Responses } = await cloud.client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys, ProjectionExpression: "sk" } } }),
    );
    expect(Responses?.[table]).toEqual([{ sk: S("1") }, { sk: S("3") }]);
    const twice = { [table]: [{ PutRequest: { Item: key("b") } }, { DeleteRequest: { Key: key("b") } }] };
    const refusal = await refusalOf(cloud.client.send(new BatchWriteItemCommand({ RequestItems: twice })));
    expect(refusal.message).toMatch(/duplicates/);
  });

  test("take an old-style parameter as an error, not as nothing", async () => {
    const refusal = await refusalOf(put(key("c1"), { Expected: { pk: { Exists: false } } }));
    expect(refusal.message).toMatch(/legacy parameter Expected/);
  });
});
