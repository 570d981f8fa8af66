import type { Item } from "./attribute-value.ts";
import {
  Bill,
  consumedCapacity,
  itemBytes,
  type ReadFactor,
  readFactor,
  readUnits,
  totalOf,
  type Units,
} from "./capacity.ts";
import { satisfies } from "./conditions.ts";
import type { Database } from "./database.ts";
import { type BatchGetRequest, checkKey, checkPaths, planRange, project, type Request } from "./dynalite.ts";
import { invalid } from "./errors.ts";
import type { Meter } from "./meter.ts";
import { keyOfItem, parseItem, type Table, type TableIndex } from "./table.ts";

/** A page of Query or Scan ends here, before filtering ("Quotas in Amazon DynamoDB"). */
const pageBytes = 1 << 20;
/** A BatchGetItem answers at most this much and leaves the rest unprocessed. */
const batchBytes = 16 << 20;

export function getOne(database: Database, meter: Meter, request: Request): Record<string, unknown> {
  const table = database.table(request.TableName);
  const { item, shown } = lookUp(table, request);
  const units = { table: itemUnits(item, readFactor(request)), indexes: {} };
  meter.reads(1, units.table);
  return { Item: shown, ConsumedCapacity: consumedCapacity(table, units, request.ReturnConsumedCapacity) };
}

/** The item by its key: whole, and as the projection shows it. */
export function lookUp(table: Table, request: Pick<Request, "Key" | "_projection">) {
  const key = request.Key ?? {};
  checkKey(key, table.schema);
  checkPaths(request._projection, table.schema);
  const item = table.item(keyOfItem(key, table));
  return { item, shown: item && request._projection ? project(request._projection.paths, item) : item };
}

/** A missing item costs as much as a small one. */
export const itemUnits = (item: Item | undefined, factor: ReadFactor): number =>
  readUnits(item ? itemBytes(item) : 0, factor);

/** BatchGetItem: every item is rounded up by itself. */
export function getBatch(database: Database, meter: Meter, request: BatchGetRequest): Record<string, unknown> {
  const bill = new Bill();
  const responses: Record<string, Item[]> = {};
  const unprocessed: Record<string, unknown> = {};
  let bytes = 0;
  let count = 0;
  for (const [name, { Keys: keys, ...options }] of Object.entries(request.RequestItems)) {
    const table = database.table(name);
    const found: Item[] = [];
    const left: Item[] = [];
    for (const key of keys) {
      if (bytes > batchBytes) {
        left.push(key);
        continue;
      }
      const { item, shown } = lookUp(table, { Key: key, ...options });
      bytes += item ? itemBytes(item) : 0;
      count += 1;
      bill.add(table, { table: itemUnits(item, readFactor(options)), indexes: {} });
      if (shown) found.push(shown);
    }
    responses[name] = found;
    const { _projection, ...sent } = options;
    if (left.length > 0) unprocessed[name] = { ...sent, Keys: left };
  }
  meter.reads(count, bill.total());
  return { Responses: responses, UnprocessedKeys: unprocessed, ...bill.reply(request.ReturnConsumedCapacity) };
}

/** Query and Scan: a page of a table or index. */
export function readRange(
  database: Database,
  meter: Meter,
  operation: "Query" | "Scan",
  request: Request,
): Record<string, unknown> {
  const table = database.table(request.TableName);
  const plan = planRange(operation, request, table.schema);
  const index = request.IndexName === undefined ? undefined : table.index(request.IndexName);
  if (index) checkProjection(index, request);

  const items: Item[] = [];
  let scanned = 0;
  let bytes = 0;
  let fetchedUnits = 0;
  let last: Item | undefined;
  for (const [, json] of (index?.entries ?? table.items).range(plan.range)) {
    const entry = parseItem(json);
    scanned += 1;
    bytes += itemBytes(entry);
    const item = plan.fetchesWholeItems ? (table.item(keyOfItem(entry, table)) ?? entry) : entry;
    if (plan.fetchesWholeItems) fetchedUnits += itemUnits(item, readFactor(request));
    if (!request._filter || satisfies(request._filter.expression, item)) items.push(item);
    if (scanned === request.Limit || bytes >= pageBytes) {
      last = entry;
      break;
    }
  }

  const units = rangeUnits(index, readUnits(bytes, readFactor(request)), fetchedUnits);
  meter.reads(1, totalOf(units));
  const shown = request._projection ? items.map((item) => project(request._projection!.paths, item)) : items;
  return {
    ...(request.Select === "COUNT" ? {} : { Items: shown }),
    Count: items.length,
    ScannedCount: scanned,
    LastEvaluatedKey: last && Object.fromEntries(plan.startKeyNames.map((name) => [name, last[name]])),
    ConsumedCapacity: consumedCapacity(table, units, request.ReturnConsumedCapacity),
  };
}

const rangeUnits = (index: TableIndex | undefined, walked: number, fetched: number): Units =>
  index ? { table: fetched, indexes: { [index.schema.IndexName]: walked } } : { table: walked, indexes: {} };

/** A global index can't show what it does not project; a local one would fetch it from the table. */
function checkProjection(index: TableIndex, request: Request): void {
  if (index.isLocal) return;
  const missing = (request._projection?.paths ?? [])
    .map((path) => String(path[0]))
    .filter((name) => !index.projects(name));
  if (missing.length > 0) {
    throw invalid(
      `One or more parameter values were invalid: Global secondary index ${index.schema.IndexName} does not project [${missing.join(", ")}]`,
    );
  }
}
