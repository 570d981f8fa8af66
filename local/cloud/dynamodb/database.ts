import type { Clock } from "../service.ts";
import { type Item, sameItem } from "./attribute-value.ts";
import { noSuchTable } from "./errors.ts";
import { type Change, type Journal, openJournal } from "./journal.ts";
import { type ServiceIdentity, type StreamRecord, Streams, streamArnOf } from "./streams.ts";
import { Table } from "./table.ts";
import { readDefinition } from "./table-definition.ts";

/** The change of one item: put (no `before`), replace, or delete (no `after`). */
export interface Mutation {
  readonly table: Table;
  /** Encoded primary key. */
  readonly key: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

export interface DatabaseOptions {
  readonly region: string;
  readonly account: string;
  readonly clock: Clock;
  readonly directory?: string;
}

interface StoredTable {
  readonly keySchema: string;
  readonly createdAt: number;
}

const tablesSpace = "tables";

/**
 * Tables and the one way to change them. Everything here is synchronous: a request is answered before the next one is
 * looked at, which makes every transaction serializable without a lock.
 */
export class Database {
  readonly region: string;
  readonly account: string;
  readonly clock: Clock;
  readonly streams: Streams;
  readonly #journal: Journal;
  readonly #tables = new Map<string, Table>();

  constructor(options: DatabaseOptions) {
    this.region = options.region;
    this.account = options.account;
    this.clock = options.clock;
    this.#journal = openJournal(options.directory);
    this.streams = new Streams({ ...options, journal: this.#journal, tableArn: (name) => this.tableArn(name) });
  }

  /** Creates a table, or opens it with the items that it had; indexes, stream and expiry may have changed meanwhile. */
  ensureTable(name: string, cloudFormation: unknown): Table {
    const definition = readDefinition(name, cloudFormation);
    const { KeySchema, AttributeDefinitions } = definition.schema;
    const types = KeySchema.map(({ AttributeName: key }) =>
      AttributeDefinitions.find((it) => it.AttributeName === key),
    );
    const keySchema = JSON.stringify(types.map((type) => [type?.AttributeName, type?.AttributeType]));
    const json = this.#journal.space(tablesSpace).get(name);
    const stored = json === undefined ? undefined : (JSON.parse(json) as StoredTable);
    if (stored && stored.keySchema !== keySchema) {
      throw new Error(
        `Table ${name} is stored with the key ${stored.keySchema} and can't take the key ${keySchema}. Delete its data to start over.`,
      );
    }
    const createdAt = stored?.createdAt ?? this.clock.now();
    if (!stored) this.#journal.commit([[tablesSpace, name, JSON.stringify({ keySchema, createdAt })]]);
    const table = new Table(definition, this.#journal.space(`items/${name}`), createdAt);
    this.#tables.set(name, table);
    return table;
  }

  /** Throws ResourceNotFoundException. */
  table(name: string): Table {
    const table = this.#tables.get(name);
    if (!table) throw noSuchTable(name);
    return table;
  }

  tables(): readonly Table[] {
    return [...this.#tables.values()];
  }

  tableArn(name: string): string {
    return `arn:aws:dynamodb:${this.region}:${this.account}:table/${name}`;
  }

  streamArn(name: string): string | undefined {
    return this.table(name).definition.streamView ? streamArnOf(this.tableArn(name)) : undefined;
  }

  /** Makes all changes, or none when the disk fails. What changes nothing leaves no trace, not even in the stream. */
  commit(mutations: readonly Mutation[], identity?: ServiceIdentity): void {
    const changes: Change[] = [];
    const records: { table: Table; record: StreamRecord }[] = [];
    const effective = mutations.filter(({ before, after }) => !isSame(before, after));
    for (const mutation of effective) {
      const { table, key, after } = mutation;
      changes.push([`items/${table.name}`, key, after ? JSON.stringify(after) : null]);
      const record = this.streams.recordOf(mutation, identity);
      if (!record) continue;
      records.push({ table, record });
      changes.push(...this.streams.changesFor(table, record));
    }
    this.#journal.commit(changes);
    for (const { table, key, before, after } of effective) table.reindex(key, before, after, table.items.get(key));
    for (const { table, record } of records) this.streams.announce(table, record);
  }

  close(): void {
    this.#journal.close();
    this.#tables.clear();
  }
}

function isSame(before: Item | undefined, after: Item | undefined): boolean {
  if (before === after) return true;
  return before !== undefined && after !== undefined && sameItem(before, after);
}
