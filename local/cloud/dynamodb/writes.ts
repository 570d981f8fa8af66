import type { AttributeValue, Item } from "./attribute-value.ts";
import { Bill, consumedCapacity, itemBytes, totalOf, type Units, writeUnits } from "./capacity.ts";
import { satisfies } from "./conditions.ts";
import type { Database, Mutation } from "./database.ts";
import {
  type BatchWriteRequest,
  checkItem,
  checkKey,
  checkPaths,
  checkUpdates,
  maxItemBytes,
  project,
  type Request,
} from "./dynalite.ts";
import { conditionFailed, invalid } from "./errors.ts";
import type { Meter } from "./meter.ts";
import { keyOfItem, type Table } from "./table.ts";
import { applyUpdate } from "./updates.ts";

export type WriteOperation = "PutItem" | "UpdateItem" | "DeleteItem" | "ConditionCheck";

/** A write that was looked at but not made. */
export interface PlannedWrite {
  readonly table: Table;
  readonly key: string;
  readonly before: Item | undefined;
  /** Whether the item satisfies the request's condition. */
  readonly holds: boolean;
  /** Computes what the write leaves behind; throws ValidationException when the item can't become that. */
  mutation(): Mutation;
  /** What a failed condition costs: as much as the write would have, without the indexes ("Read and write operations"). */
  unitsWhenRefused(factor?: number): Units;
  /** The item that stands there, if the request wants to see it when its condition fails. */
  readonly shownWhenRefused: Item | undefined;
}

export function planWrite(operation: WriteOperation, request: Request, table: Table): PlannedWrite {
  const keyed = checkedKey(operation, request, table);
  const key = keyOfItem(keyed, table);
  const before = table.item(key);
  checkPaths(request._condition, table.schema);
  return {
    table,
    key,
    before,
    holds: !request._condition || satisfies(request._condition.expression, before ?? {}),
    mutation: () => ({ table, key, before, after: afterwards(operation, request, table, before) }),
    unitsWhenRefused: (factor) => ({ ...writeUnits(table, before, request.Item ?? before, factor), indexes: {} }),
    shownWhenRefused: request.ReturnValuesOnConditionCheckFailure === "ALL_OLD" ? before : undefined,
  };
}

/** PutItem, UpdateItem and DeleteItem. */
export function writeOne(
  database: Database,
  meter: Meter,
  operation: Exclude<WriteOperation, "ConditionCheck">,
  request: Request,
): Record<string, unknown> {
  const table = database.table(request.TableName);
  const planned = planWrite(operation, request, table);
  if (!planned.holds) {
    meter.writes(1, totalOf(planned.unitsWhenRefused()));
    throw conditionFailed(planned.shownWhenRefused);
  }
  const mutation = planned.mutation();
  const units = writeUnits(table, mutation.before, mutation.after);
  database.commit([mutation]);
  meter.writes(1, totalOf(units));
  return {
    Attributes: returnedAttributes(request, mutation),
    ConsumedCapacity: consumedCapacity(table, units, request.ReturnConsumedCapacity),
  };
}

/** BatchWriteItem: up to 25 puts and deletes, each on its own; here none is ever left unprocessed. */
export function writeBatch(database: Database, meter: Meter, request: BatchWriteRequest): Record<string, unknown> {
  const bill = new Bill();
  const mutations: Mutation[] = [];
  const seen = new Set<string>();
  for (const [name, writes] of Object.entries(request.RequestItems)) {
    const table = database.table(name);
    for (const { PutRequest: put, DeleteRequest: del } of writes) {
      const single: Request = { TableName: name, ...(put ? { Item: put.Item } : {}), ...(del ? { Key: del.Key } : {}) };
      const mutation = planWrite(put ? "PutItem" : "DeleteItem", single, table).mutation();
      const id = `${name}/${mutation.key}`;
      if (seen.has(id)) throw invalid("Provided list of item keys contains duplicates");
      seen.add(id);
      mutations.push(mutation);
      bill.add(table, writeUnits(table, mutation.before, mutation.after));
    }
  }
  if (mutations.length > 25) throw invalid("Too many items requested for the BatchWriteItem call");
  database.commit(mutations);
  meter.writes(mutations.length, bill.total());
  return { UnprocessedItems: {}, ...bill.reply(request.ReturnConsumedCapacity) };
}

function checkedKey(operation: WriteOperation, request: Request, table: Table): Item {
  if (operation === "PutItem") {
    const item = request.Item ?? {};
    checkItem(item, table.schema);
    checkIndexKeys(item, table);
    return item;
  }
  const key = request.Key ?? {};
  checkKey(key, table.schema);
  if (operation === "UpdateItem") checkUpdates(request._updates, table.schema);
  return key;
}

function afterwards(operation: WriteOperation, request: Request, table: Table, before: Item | undefined) {
  switch (operation) {
    case "DeleteItem":
      return undefined;
    case "ConditionCheck":
      return before;
    case "PutItem": {
      const item = request.Item ?? {};
      if (itemBytes(item) > maxItemBytes) throw invalid("Item size has exceeded the maximum allowed size");
      return item;
    }
    case "UpdateItem": {
      const item = applyUpdate(request._updates?.sections ?? [], before ?? request.Key ?? {});
      checkIndexKeys(item, table);
      if (itemBytes(item) > maxItemBytes) throw invalid("Item size to update has exceeded the maximum allowed size");
      return item;
    }
  }
}

/** A key attribute of an index may be missing, but not be of another type or empty. */
function checkIndexKeys(item: Item, table: Table): void {
  for (const { schema } of table.indexes) {
    for (const { AttributeName: name } of schema.KeySchema) {
      const value = item[name];
      if (value === undefined) continue;
      const type = table.schema.AttributeDefinitions.find(
        (definition) => definition.AttributeName === name,
      )?.AttributeType;
      if (type === undefined || !(type in value)) {
        throw invalid(
          `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: ${type} Actual: ${Object.keys(value)[0]} IndexName: ${schema.IndexName}`,
        );
      }
      if (isEmpty(value)) {
        throw invalid(
          `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: ${schema.IndexName}, IndexKey: ${name}`,
        );
      }
    }
  }
}

const isEmpty = (value: AttributeValue): boolean =>
  ("S" in value && value.S === "") || ("B" in value && value.B === "");

function returnedAttributes(request: Request, { before, after }: Mutation): Item | undefined {
  const paths = request._updates?.paths ?? [];
  switch (request.ReturnValues) {
    case "ALL_OLD":
      return before;
    case "ALL_NEW":
      return after;
    case "UPDATED_OLD":
      return unlessEmpty(before && project(paths, before));
    case "UPDATED_NEW":
      return unlessEmpty(after && project(paths, after));
    default:
      return undefined;
  }
}

const unlessEmpty = (item: Item | undefined): Item | undefined =>
  item && Object.keys(item).length > 0 ? item : undefined;
