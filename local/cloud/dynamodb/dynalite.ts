import { createRequire } from "node:module";
import type { AttributeValue, Item } from "./attribute-value.ts";
import { DynamoError, invalid } from "./errors.ts";
import type { KeyRange } from "./ordered-map.ts";

/*
 * The only file that knows dynalite. We take from it what is large and was compared with the real service for years:
 * the grammar of expressions, the validation of requests with its messages, the sortable encoding of keys, and the
 * translation of key conditions into key ranges. Storing, evaluating, billing, streams and transactions are ours.
 */

/** An attribute path: names and list positions. */
export type Path = readonly (string | number)[];

/** An operand of a condition: a path, a function's result, or a literal. */
export type Operand = Path | FunctionCall | AttributeValue;

export interface FunctionCall {
  readonly type: "function";
  readonly name: string;
  readonly args: readonly Operand[];
}

export type Condition =
  | { readonly type: "and" | "or"; readonly args: readonly [Condition, Condition] }
  | { readonly type: "not"; readonly args: readonly [Condition] }
  | { readonly type: "=" | "<>" | "<" | "<=" | ">" | ">=" | "in" | "between"; readonly args: readonly Operand[] }
  | FunctionCall;

/** The right-hand side of a SET. */
export type SetOperand =
  | Path
  | AttributeValue
  | { readonly type: "add" | "subtract"; readonly args: readonly [SetOperand, SetOperand] }
  | { readonly type: "function"; readonly name: "if_not_exists"; readonly args: readonly [Path, SetOperand] }
  | { readonly type: "function"; readonly name: "list_append"; readonly args: readonly [SetOperand, SetOperand] };

export type UpdateClause =
  | { readonly type: "set"; readonly path: Path; readonly val: SetOperand }
  | { readonly type: "add" | "delete"; readonly path: Path; readonly val: AttributeValue }
  | { readonly type: "remove"; readonly path: Path };

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: "HASH" | "RANGE";
}

export interface IndexSchema {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: {
    readonly ProjectionType: "ALL" | "KEYS_ONLY" | "INCLUDE";
    readonly NonKeyAttributes?: readonly string[] | undefined;
  };
}

export interface TableSchema {
  readonly TableName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: "S" | "N" | "B" }[];
  readonly GlobalSecondaryIndexes?: readonly IndexSchema[] | undefined;
  readonly LocalSecondaryIndexes?: readonly IndexSchema[] | undefined;
}

interface Projection {
  readonly paths: readonly Path[];
  readonly nestedPaths?: Readonly<Record<string, boolean>>;
}

/** A request after validation: members that the operation does not know are gone, expressions are parsed. */
export interface Request {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ReturnValues?: "NONE" | "ALL_OLD" | "UPDATED_OLD" | "ALL_NEW" | "UPDATED_NEW";
  readonly ReturnValuesOnConditionCheckFailure?: "NONE" | "ALL_OLD";
  readonly ReturnConsumedCapacity?: "NONE" | "TOTAL" | "INDEXES";
  readonly ConsistentRead?: boolean;
  readonly IndexName?: string;
  readonly Limit?: number;
  readonly Select?: string;
  readonly ScanIndexForward?: boolean;
  readonly ExclusiveStartKey?: Item;
  readonly KeyConditions?: Readonly<Record<string, { readonly AttributeValueList: readonly AttributeValue[] }>>;
  readonly _condition?: { readonly expression: Condition; readonly nestedPaths?: Readonly<Record<string, boolean>> };
  readonly _filter?: { readonly expression: Condition };
  readonly _projection?: Projection;
  readonly _updates?: {
    readonly sections: readonly UpdateClause[];
    readonly paths: readonly Path[];
    readonly nestedPaths?: Readonly<Record<string, boolean>>;
  };
}

export interface BatchGetRequest {
  readonly RequestItems: Readonly<
    Record<
      string,
      { readonly Keys: readonly Item[]; readonly ConsistentRead?: boolean; readonly _projection?: Projection }
    >
  >;
  readonly ReturnConsumedCapacity?: "NONE" | "TOTAL" | "INDEXES";
}

export interface BatchWriteRequest {
  readonly RequestItems: Readonly<
    Record<
      string,
      readonly { readonly PutRequest?: { readonly Item: Item }; readonly DeleteRequest?: { readonly Key: Item } }[]
    >
  >;
  readonly ReturnConsumedCapacity?: "NONE" | "TOTAL" | "INDEXES";
}

interface Requests {
  GetItem: Request;
  PutItem: Request;
  UpdateItem: Request;
  DeleteItem: Request;
  Query: Request;
  Scan: Request;
  BatchGetItem: BatchGetRequest;
  BatchWriteItem: BatchWriteRequest;
  CreateTable: TableSchema;
}

export type ValidatedOperation = keyof Requests;

type Callback<Result> = (error: unknown, result?: Result) => void;
type Refusal = Error | null | undefined;

interface Database {
  createKey(item: Item, table: TableSchema, keySchema?: readonly KeySchemaElement[]): string;
  createIndexKey(item: Item, table: TableSchema, keySchema: readonly KeySchemaElement[]): string;
  validateKey(key: Item, table: TableSchema): Refusal;
  validateItem(item: Item, table: TableSchema): Refusal;
  validateUpdates(legacy: undefined, updates: Request["_updates"], table: TableSchema): Refusal;
  validateKeyPaths(nestedPaths: Readonly<Record<string, boolean>> | undefined, table: TableSchema): Refusal;
  mapPaths(paths: readonly Path[], item: Item): Item;
  compare(comparison: string, left: AttributeValue, right: readonly AttributeValue[]): boolean;
  queryTable(
    store: unknown,
    table: TableSchema,
    request: Request,
    range: KeyRange,
    isLocal: boolean | undefined,
    fetchesWholeItems: boolean,
    startKeyNames: readonly string[],
    callback: Callback<RangePlan>,
  ): void;
}

interface Validations {
  checkTypes(data: unknown, types: Readonly<Record<string, unknown>>): unknown;
  checkValidations(data: unknown, types: Readonly<Record<string, unknown>>, custom: unknown, store: unknown): void;
  validateAttributeValue(value: AttributeValue): string | undefined;
}

interface Rules {
  readonly types: Readonly<Record<string, unknown>>;
  readonly custom?: unknown;
}

interface Decimal {
  plus(other: string): Decimal;
  minus(other: string): Decimal;
  toFixed(): string;
}

type Planner = (store: unknown, request: Request, callback: Callback<RangePlan>) => void;

const load = createRequire(import.meta.url);
const database = load("dynalite/db") as Database;
const validations = load("dynalite/validations") as Validations;
const planners = {
  Query: load("dynalite/actions/query") as Planner,
  Scan: load("dynalite/actions/scan") as Planner,
};
const Decimal = createRequire(load.resolve("dynalite/db"))("big.js") as new (digits: string) => Decimal;

/** Where a Query or Scan walks, and what its LastEvaluatedKey consists of. */
export interface RangePlan {
  readonly range: KeyRange;
  readonly startKeyNames: readonly string[];
  /** A local index was asked for attributes that it does not project. */
  readonly fetchesWholeItems: boolean;
}

// dynalite's `query` and `scan` end by walking their own store. Ours is synchronous and bills by the item, so they stop here.
database.queryTable = (_store, _table, _request, range, _isLocal, fetchesWholeItems, startKeyNames, callback) =>
  callback(null, { range: { ...range, reverse: range.reverse === true }, startKeyNames, fetchesWholeItems });

// dynalite tells entries of one index key apart by 24 bits of a hash, so that some thousand of them lose one another.
database.createIndexKey = (item, table, keySchema) =>
  database.createKey(item, table, keySchema) + database.createKey(item, table);

/** 400 KB ("Quotas in Amazon DynamoDB", item size). */
export const maxItemBytes = 400 * 1024;
const store = { options: { maxItemSize: maxItemBytes } };

/** Parameters from before expressions existed. dynalite takes them, our evaluation does not: say so instead of ignoring them. */
const legacyParameters = [
  "Expected",
  "AttributeUpdates",
  "ConditionalOperator",
  "QueryFilter",
  "ScanFilter",
  "AttributesToGet",
  "KeyConditions",
];

const onConditionFailure = { type: "String", enum: ["ALL_OLD", "NONE"] };
const rules = new Map<ValidatedOperation, Rules>();

function rulesOf(operation: ValidatedOperation): Rules {
  let found = rules.get(operation);
  if (!found) {
    found = load(`dynalite/validations/${operation[0]!.toLowerCase()}${operation.slice(1)}`) as Rules;
    if (operation === "PutItem" || operation === "UpdateItem" || operation === "DeleteItem") {
      found = { ...found, types: { ...found.types, ReturnValuesOnConditionCheckFailure: onConditionFailure } };
    }
    rules.set(operation, found);
  }
  return found;
}

/** Validates a request as DynamoDB does before it touches a table. Takes the parsed body over and may change it. */
export function parseRequest<Operation extends ValidatedOperation>(
  operation: Operation,
  body: Record<string, unknown>,
): Requests[Operation] {
  const legacy = legacyParameters.find((name) => body[name] != null);
  if (legacy) throw invalid(`The legacy parameter ${legacy} is not supported locally: use an expression.`);
  const { types, custom } = rulesOf(operation);
  try {
    const request = validations.checkTypes(body, types);
    validations.checkValidations(request, types, custom, store);
    return request as Requests[Operation];
  } catch (error) {
    throw fromDynalite(error);
  }
}

/** Validates a Query or Scan against its table and translates it into a range of keys. */
export function planRange(operation: "Query" | "Scan", request: Request, table: TableSchema): RangePlan {
  const tables = { getTable: (_name: string, callback: Callback<TableSchema>) => callback(null, table) };
  let plan: RangePlan | undefined;
  let refusal: unknown;
  planners[operation](tables, request, (error, result) => {
    refusal = error;
    plan = result;
  });
  if (refusal) throw fromDynalite(refusal);
  if (!plan) throw new Error(`dynalite did not plan a ${operation} synchronously.`);
  return plan;
}

export const encodeKey = (item: Item, table: TableSchema): string => database.createKey(item, table);

export const encodeIndexKey = (item: Item, table: TableSchema, index: IndexSchema): string =>
  database.createIndexKey(item, table, index.KeySchema);

export const checkKey = (key: Item, table: TableSchema): void => refuse(database.validateKey(key, table));
export const checkItem = (item: Item, table: TableSchema): void => refuse(database.validateItem(item, table));

export const checkUpdates = (updates: Request["_updates"], table: TableSchema): void =>
  refuse(database.validateUpdates(undefined, updates, table));

/** Key attributes are scalars: a path into one is an error. */
export const checkPaths = (
  expression: { readonly nestedPaths?: Readonly<Record<string, boolean>> } | undefined,
  table: TableSchema,
): void => refuse(database.validateKeyPaths(expression?.nestedPaths, table));

export function checkValue(value: AttributeValue): void {
  const message = validations.validateAttributeValue(value);
  if (message) throw invalid(message);
}

/** The parts of an item that the paths name, in the item's shape. */
export const project = (paths: readonly Path[], item: Item): Item => database.mapPaths(paths, item);

/** The ordering comparisons, `between`, `begins_with`, `contains` and `attribute_type`; operands of other types are false. */
export const compare = (comparison: string, left: AttributeValue, right: readonly AttributeValue[]): boolean =>
  database.compare(comparison, left, right);

export const sum = (left: string, right: string): string => new Decimal(left).plus(right).toFixed();
export const difference = (left: string, right: string): string => new Decimal(left).minus(right).toFixed();

function refuse(refusal: Refusal): void {
  if (refusal) throw fromDynalite(refusal);
}

/** dynalite's errors carry `body: { __type: "namespace#Code", message | Message }`. */
function fromDynalite(error: unknown): unknown {
  const body: unknown = error instanceof Error && "body" in error ? error.body : undefined;
  if (typeof body !== "object" || body === null || !("__type" in body)) return error;
  const code = String(body.__type).split("#").at(-1)!;
  return new DynamoError(code, error instanceof Error ? error.message : code);
}
