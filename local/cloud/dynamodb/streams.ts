import { randomBytes } from "node:crypto";
import type { Clock } from "../service.ts";
import type { Item } from "./attribute-value.ts";
import { itemBytes } from "./capacity.ts";
import type { Mutation } from "./database.ts";
import type { Change, Journal } from "./journal.ts";
import type { Table } from "./table.ts";
import type { StreamView } from "./table-definition.ts";

/** A record as a Lambda function gets it in `event.Records` ("Using AWS Lambda with Amazon DynamoDB"). */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: "INSERT" | "MODIFY" | "REMOVE";
  readonly eventVersion: "1.1";
  readonly eventSource: "aws:dynamodb";
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly dynamodb: {
    /** Seconds since the epoch. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamView;
  };
  /** Present when the service itself deleted the item because it had expired. */
  readonly userIdentity?: ServiceIdentity;
}

export interface ServiceIdentity {
  readonly type: "Service";
  readonly principalId: "dynamodb.amazonaws.com";
}

/** Must not throw. */
export type StreamListener = (record: StreamRecord) => void;

const retentionSeconds = 24 * 60 * 60;
/** Beyond this many records the oldest go early: a table that nobody reads must not fill the memory. */
const mostRecords = 50_000;
/** Records that one write may trim, so that the first write after a long pause stays fast. */
const trimsPerWrite = 100;

/**
 * The ARN of a table's stream. On AWS its last part is the time of creation; here it is a constant, so that a
 * template can be resolved before its tables exist.
 */
export const streamArnOf = (tableArn: string): string => `${tableArn}/stream/2000-01-01T00:00:00.000`;

/** The streams of all tables: one ordered log each, in the journal beside the items, kept for 24 hours. */
export class Streams {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #region: string;
  readonly #tableArn: (name: string) => string;
  readonly #listeners = new Map<string, Set<StreamListener>>();
  readonly #lastSequence = new Map<string, bigint>();

  constructor(options: { journal: Journal; clock: Clock; region: string; tableArn: (name: string) => string }) {
    this.#journal = options.journal;
    this.#clock = options.clock;
    this.#region = options.region;
    this.#tableArn = options.tableArn;
  }

  /** The record of a change; undefined when the table has no stream. */
  recordOf(mutation: Mutation, identity: ServiceIdentity | undefined): StreamRecord | undefined {
    const { table, before, after } = mutation;
    const view = table.definition.streamView;
    const image = after ?? before;
    if (!view || !image) return undefined;
    const keys = table.keyOf(image);
    const images = {
      ...(after && view.startsWith("NEW") ? { NewImage: after } : {}),
      ...(before && view.includes("OLD") ? { OldImage: before } : {}),
    };
    return {
      eventID: randomBytes(16).toString("hex"),
      eventName: !before ? "INSERT" : after ? "MODIFY" : "REMOVE",
      eventVersion: "1.1",
      eventSource: "aws:dynamodb",
      awsRegion: this.#region,
      eventSourceARN: streamArnOf(this.#tableArn(table.name)),
      dynamodb: {
        ApproximateCreationDateTime: this.#now(),
        Keys: keys,
        ...images,
        SequenceNumber: this.#nextSequence(table.name),
        SizeBytes: [keys, ...Object.values(images)].reduce((bytes, part) => bytes + itemBytes(part), 0),
        StreamViewType: view,
      },
      ...(identity ? { userIdentity: identity } : {}),
    };
  }

  /** What the journal has to write down for a record, including what falls out of the log. */
  changesFor(table: Table, record: StreamRecord): Change[] {
    const space = recordsOf(table.name);
    return [
      ...this.#outdated(table.name).map((sequence): Change => [space, sequence, null]),
      [space, record.dynamodb.SequenceNumber, JSON.stringify(record)],
    ];
  }

  /** Tells the listeners, after the record is written down. */
  announce(table: Table, record: StreamRecord): void {
    for (const listener of this.#listeners.get(table.name) ?? []) queueMicrotask(() => listener(record));
  }

  onRecord(table: string, listener: StreamListener): () => void {
    const listeners = this.#listeners.get(table) ?? new Set();
    this.#listeners.set(table, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Records after a sequence number (from the oldest when undefined), oldest first. */
  read(table: string, after: string | undefined, limit: number): StreamRecord[] {
    const records: StreamRecord[] = [];
    const oldest = this.#now() - retentionSeconds;
    for (const [, json] of this.#journal.space(recordsOf(table)).range(after === undefined ? {} : { gt: after })) {
      if (records.length >= limit) break;
      const record = JSON.parse(json) as StreamRecord;
      if (record.dynamodb.ApproximateCreationDateTime >= oldest) records.push(record);
    }
    return records;
  }

  acknowledge(table: string, consumer: string, sequence: string): void {
    this.#journal.commit([[acknowledgementsOf(table), consumer, JSON.stringify(sequence)]]);
  }

  acknowledged(table: string, consumer: string): string | undefined {
    const json = this.#journal.space(acknowledgementsOf(table)).get(consumer);
    return json === undefined ? undefined : (JSON.parse(json) as string);
  }

  /** Never names the newest record: the next sequence number continues from it after a restart. */
  #outdated(table: string): string[] {
    const log = this.#journal.space(recordsOf(table));
    const outdated: string[] = [];
    const oldest = this.#now() - retentionSeconds;
    for (const [sequence, json] of log.range()) {
      const kept = log.size - outdated.length;
      if (outdated.length >= trimsPerWrite || kept <= 1) break;
      const record = JSON.parse(json) as StreamRecord;
      if (kept < mostRecords && record.dynamodb.ApproximateCreationDateTime >= oldest) break;
      outdated.push(sequence);
    }
    return outdated;
  }

  #nextSequence(table: string): string {
    const last = this.#lastSequence.get(table) ?? BigInt(this.#journal.space(recordsOf(table)).lastKey() ?? 0);
    this.#lastSequence.set(table, last + 1n);
    return String(last + 1n).padStart(21, "0");
  }

  #now(): number {
    return Math.floor(this.#clock.now() / 1000);
  }
}

const recordsOf = (table: string): string => `stream/${table}`;
const acknowledgementsOf = (table: string): string => `acknowledged/${table}`;
