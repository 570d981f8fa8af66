import type { Item } from "./attribute-value.ts";
import { encodeIndexKey, encodeKey, type IndexSchema, type KeySchemaElement, type TableSchema } from "./dynalite.ts";
import { OrderedMap } from "./ordered-map.ts";
import type { TableDefinition } from "./table-definition.ts";

export const parseItem = (json: string): Item => JSON.parse(json) as Item;

const namesOf = (keys: readonly KeySchemaElement[]): string[] => keys.map((key) => key.AttributeName);

/** A table with its items (kept by the journal) and what is derived from them: index entries and the order of expiry. */
export class Table {
  readonly definition: TableDefinition;
  readonly createdAt: number;
  /** By encoded key, as JSON. */
  readonly items: OrderedMap<string>;
  readonly indexes: readonly TableIndex[];
  /** Keys of items that carry an expiry, in its order. */
  readonly #expiries = new OrderedMap<string>();

  constructor(definition: TableDefinition, items: OrderedMap<string>, createdAt: number) {
    this.definition = definition;
    this.items = items;
    this.createdAt = createdAt;
    const { schema } = definition;
    this.indexes = [
      ...(schema.GlobalSecondaryIndexes ?? []).map((index) => new TableIndex(schema, index, false)),
      ...(schema.LocalSecondaryIndexes ?? []).map((index) => new TableIndex(schema, index, true)),
    ];
    for (const [key, json] of items.range()) this.reindex(key, undefined, parseItem(json), json);
  }

  get schema(): TableSchema {
    return this.definition.schema;
  }

  get name(): string {
    return this.schema.TableName;
  }

  index(name: string): TableIndex | undefined {
    return this.indexes.find((index) => index.schema.IndexName === name);
  }

  item(key: string): Item | undefined {
    const json = this.items.get(key);
    return json === undefined ? undefined : parseItem(json);
  }

  /** The key attributes of an item. */
  keyOf(item: Item): Item {
    return pick(item, namesOf(this.schema.KeySchema));
  }

  /** Brings everything that is derived from an item up to date. */
  reindex(key: string, before: Item | undefined, after: Item | undefined, afterJson: string | undefined): void {
    for (const index of this.indexes) index.replace(before, after, afterJson);
    const expiredAt = this.#expiryKey(key, before);
    const expiresAt = this.#expiryKey(key, after);
    if (expiredAt && expiredAt !== expiresAt) this.#expiries.delete(expiredAt);
    if (expiresAt) this.#expiries.set(expiresAt, key);
  }

  /** Keys of the items that expired before the given second. */
  expiredBefore(seconds: number): string[] {
    return [...this.#expiries.range({ lt: expiryPrefix(seconds) })].map(([, key]) => key);
  }

  #expiryKey(key: string, item: Item | undefined): string | undefined {
    const attribute = this.definition.expiryAttribute;
    const value = attribute === undefined ? undefined : item?.[attribute];
    // An expiry that is no number is ignored, as on AWS ("Using time to live (TTL)").
    if (!value || !("N" in value)) return undefined;
    const seconds = Math.floor(Number(value.N));
    return seconds >= 0 ? `${expiryPrefix(seconds)}/${key}` : undefined;
  }
}

const expiryPrefix = (seconds: number): string => String(Math.floor(seconds)).padStart(16, "0");

/** A secondary index: the projected part of every item that has all its key attributes. */
export class TableIndex {
  readonly schema: IndexSchema;
  readonly isLocal: boolean;
  readonly entries = new OrderedMap<string>();
  readonly #table: TableSchema;
  readonly #keyNames: readonly string[];
  /** Undefined when everything is projected. */
  readonly #projected: readonly string[] | undefined;

  constructor(table: TableSchema, schema: IndexSchema, isLocal: boolean) {
    this.#table = table;
    this.schema = schema;
    this.isLocal = isLocal;
    this.#keyNames = namesOf(schema.KeySchema);
    const { ProjectionType, NonKeyAttributes } = schema.Projection;
    const keys = [...this.#keyNames, ...namesOf(table.KeySchema)];
    this.#projected = ProjectionType === "ALL" ? undefined : [...new Set([...keys, ...(NonKeyAttributes ?? [])])];
  }

  /** Whether the index carries the attribute. */
  projects(attribute: string): boolean {
    return this.#projected?.includes(attribute) ?? true;
  }

  /** What the index holds of an item; undefined when the item lacks a key attribute of the index. */
  entry(item: Item | undefined): { readonly key: string; readonly item: Item } | undefined {
    if (!item || this.#keyNames.some((name) => item[name] === undefined)) return undefined;
    const projected = this.#projected ? pick(item, this.#projected) : item;
    return { key: encodeIndexKey(projected, this.#table, this.schema), item: projected };
  }

  replace(before: Item | undefined, after: Item | undefined, afterJson: string | undefined): void {
    const old = this.entry(before);
    const entry = this.entry(after);
    if (old && old.key !== entry?.key) this.entries.delete(old.key);
    if (entry) this.entries.set(entry.key, this.#projected ? JSON.stringify(entry.item) : (afterJson ?? ""));
  }
}

export const keyOfItem = (item: Item, table: Table): string => encodeKey(item, table.schema);

function pick(item: Item, names: readonly string[]): Item {
  return Object.fromEntries(names.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
}
