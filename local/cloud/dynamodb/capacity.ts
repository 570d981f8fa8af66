import type { AttributeValue, Item } from "./attribute-value.ts";
import { sameItem, setMembers } from "./attribute-value.ts";
import type { Table } from "./table.ts";

/** Size in bytes as it is billed: names and values in UTF-8 ("DynamoDB item sizes and formats"). */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const name in item) bytes += Buffer.byteLength(name) + valueBytes(item[name]!);
  return bytes;
}

function valueBytes(value: AttributeValue): number {
  if ("S" in value) return Buffer.byteLength(value.S);
  if ("N" in value) return numberBytes(value.N);
  if ("B" in value) return Buffer.byteLength(value.B, "base64");
  if ("BOOL" in value || "NULL" in value) return 1;
  if ("L" in value) return 3 + value.L.reduce((bytes, element) => bytes + 1 + valueBytes(element), 0);
  if ("M" in value) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  const each = "NS" in value ? numberBytes : "BS" in value ? binaryBytes : Buffer.byteLength;
  return (setMembers(value) ?? []).reduce((bytes, member) => bytes + each(member), 0);
}

const binaryBytes = (base64: string): number => Buffer.byteLength(base64, "base64");

/** One byte per two significant digits and one more; another for a negative number. */
function numberBytes(digits: string): number {
  const significant = digits.replace(/^-/, "").replace(".", "").replace(/^0+/, "").replace(/0+$/, "");
  return Math.ceil(significant.length / 2) + 1 + (digits.startsWith("-") ? 1 : 0);
}

/** Capacity units of one table and its indexes, by what the bill calls them. */
export interface Units {
  readonly table: number;
  readonly indexes: Readonly<Record<string, number>>;
}

export const totalOf = (units: Units): number =>
  Object.values(units.indexes).reduce((sum, index) => sum + index, units.table);

/** A transaction prepares and commits: every unit counts twice ("DynamoDB transactions", capacity management). */
export const transactionFactor = 2;

/**
 * What a write costs: the larger of old and new item per started KiB on the table, and on every index whose entry
 * changes the entry likewise; a moved entry is a delete and a put ("Global secondary indexes", write capacity).
 */
export function writeUnits(table: Table, before: Item | undefined, after: Item | undefined, factor = 1): Units {
  const indexes: Record<string, number> = {};
  if (before !== after) {
    for (const index of table.indexes) {
      const units = indexUnits(index.entry(before), index.entry(after));
      if (units > 0) indexes[index.schema.IndexName] = units * factor;
    }
  }
  return { table: Math.max(kibibytes(before), kibibytes(after)) * factor, indexes };
}

interface Entry {
  readonly key: string;
  readonly item: Item;
}

function indexUnits(before: Entry | undefined, after: Entry | undefined): number {
  if (!before && !after) return 0;
  if (!before || !after) return kibibytes((before ?? after)?.item);
  if (before.key !== after.key) return kibibytes(before.item) + kibibytes(after.item);
  return sameItem(before.item, after.item) ? 0 : Math.max(kibibytes(before.item), kibibytes(after.item));
}

const kibibytes = (item: Item | undefined): number => (item ? Math.max(1, Math.ceil(itemBytes(item) / 1024)) : 1);

/** Read units of so many bytes: 4 KiB each, half when eventually consistent, and never nothing. */
export const readUnits = (bytes: number, factor: ReadFactor): number => Math.max(1, Math.ceil(bytes / 4096)) * factor;

/** 0.5 eventually consistent, 1 strongly consistent, 2 in a transaction. */
export type ReadFactor = 0.5 | 1 | 2;

export const readFactor = (request: { readonly ConsistentRead?: boolean }): ReadFactor =>
  request.ConsistentRead ? 1 : 0.5;

export type CapacityDetail = "NONE" | "TOTAL" | "INDEXES" | undefined;

/** The `ConsumedCapacity` member of a reply, or nothing when it was not asked for. */
export function consumedCapacity(table: Table, units: Units, detail: CapacityDetail, direction?: "Read" | "Write") {
  if (detail !== "TOTAL" && detail !== "INDEXES") return undefined;
  const total = totalOf(units);
  return {
    TableName: table.name,
    CapacityUnits: total,
    ...(direction ? { [`${direction}CapacityUnits`]: total } : {}),
    ...(detail === "INDEXES" ? { Table: { CapacityUnits: units.table }, ...indexDetail(table, units) } : {}),
  };
}

function indexDetail(table: Table, units: Units) {
  const detail: Record<string, Record<string, { CapacityUnits: number }>> = {};
  for (const [name, index] of Object.entries(units.indexes)) {
    const member = table.index(name)?.isLocal ? "LocalSecondaryIndexes" : "GlobalSecondaryIndexes";
    detail[member] = { ...detail[member], [name]: { CapacityUnits: index } };
  }
  return detail;
}

/** Sums the costs of a batch or transaction per table. */
export class Bill {
  readonly #byTable = new Map<Table, Units>();

  add(table: Table, units: Units): void {
    const sum = this.#byTable.get(table);
    const indexes = { ...sum?.indexes };
    for (const [name, index] of Object.entries(units.indexes)) indexes[name] = (indexes[name] ?? 0) + index;
    this.#byTable.set(table, { table: (sum?.table ?? 0) + units.table, indexes });
  }

  total(): number {
    return [...this.#byTable.values()].reduce((sum, units) => sum + totalOf(units), 0);
  }

  /** `{ ConsumedCapacity: […] }`, or `{}` when it was not asked for. */
  reply(detail: CapacityDetail, direction?: "Read" | "Write"): Record<string, unknown> {
    if (detail !== "TOTAL" && detail !== "INDEXES") return {};
    const rows = [...this.#byTable].map(([table, units]) => consumedCapacity(table, units, detail, direction));
    return { ConsumedCapacity: rows };
  }
}
