import { createHash } from "node:crypto";
import type { Faults } from "../service.ts";
import { Bill, type CapacityDetail, transactionFactor, writeUnits } from "./capacity.ts";
import type { Database, Mutation } from "./database.ts";
import { parseRequest, type Request } from "./dynalite.ts";
import { type CancellationReason, DynamoError, invalid, transactionCanceled } from "./errors.ts";
import type { Meter } from "./meter.ts";
import { itemUnits, lookUp } from "./reads.ts";
import { type PlannedWrite, planWrite, type WriteOperation } from "./writes.ts";

/** Most items in one transaction ("Quotas in Amazon DynamoDB"). */
const mostItems = 100;
/** How long a client request token makes a repetition harmless ("TransactWriteItems", ClientRequestToken). */
const tokenLifetimeMs = 10 * 60 * 1000;

const operationOf: Readonly<Record<string, WriteOperation>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheck",
};

interface TransactItem {
  readonly operation: WriteOperation;
  readonly request: Request;
}

/** TransactWriteItems and TransactGetItems. */
export class Transactions {
  readonly #database: Database;
  readonly #meter: Meter;
  readonly #faults: Faults;
  /** Oldest first. */
  readonly #tokens = new Map<string, { readonly digest: string; readonly at: number }>();

  constructor(database: Database, meter: Meter, faults: Faults) {
    this.#database = database;
    this.#meter = meter;
    this.#faults = faults;
  }

  /** All or nothing. Throws TransactionCanceledException with a reason per item. */
  write(body: Record<string, unknown>, caller: string): Record<string, unknown> {
    const raw = itemsOf(body);
    const digest = createHash("sha256").update(JSON.stringify(raw)).digest("hex");
    const token = typeof body.ClientRequestToken === "string" ? body.ClientRequestToken : undefined;
    const detail = capacityDetail(body);
    const items = raw.map(parseTransactItem);
    const isRepetition = token !== undefined && this.#isRepetition(token, digest);

    const writes = items.map(({ operation, request }) => this.#plan(operation, request));
    checkDistinct(writes);
    if (isRepetition) return this.#replyToRepetition(writes, detail);
    this.#strike(caller, "TransactWriteItems", items.length);

    const outcomes = writes.map(attempt);
    const bill = new Bill();
    outcomes.forEach(({ mutation }, at) => {
      const { table, unitsWhenRefused } = writes[at]!;
      bill.add(
        table,
        mutation
          ? writeUnits(table, mutation.before, mutation.after, transactionFactor)
          : unitsWhenRefused(transactionFactor),
      );
    });
    this.#meter.writes(items.length, bill.total());
    if (outcomes.some(({ reason }) => reason.Code !== "None")) {
      throw transactionCanceled(outcomes.map(({ reason }) => reason));
    }
    this.#database.commit(outcomes.flatMap(({ mutation }) => (mutation ? [mutation] : [])));
    if (token !== undefined) this.#tokens.set(token, { digest, at: this.#database.clock.now() });
    return bill.reply(detail, "Write");
  }

  /** A consistent picture of up to 100 items. */
  get(body: Record<string, unknown>, caller: string): Record<string, unknown> {
    const requests = itemsOf(body).map(({ Get: get }, at) => parseRequest("GetItem", objectAt(get, at)));
    this.#strike(caller, "TransactGetItems", requests.length);
    const bill = new Bill();
    const responses = requests.map((request) => {
      const table = this.#database.table(request.TableName);
      const { item, shown } = lookUp(table, request);
      bill.add(table, { table: itemUnits(item, transactionFactor), indexes: {} });
      return shown ? { Item: shown } : {};
    });
    this.#meter.reads(requests.length, bill.total());
    return { Responses: responses, ...bill.reply(capacityDetail(body), "Read") };
  }

  #plan(operation: WriteOperation, request: Request): PlannedWrite {
    return planWrite(operation, request, this.#database.table(request.TableName));
  }

  #isRepetition(token: string, digest: string): boolean {
    const now = this.#database.clock.now();
    for (const [known, { at }] of this.#tokens) {
      if (now - at < tokenLifetimeMs) break;
      this.#tokens.delete(known);
    }
    const earlier = this.#tokens.get(token);
    if (earlier && earlier.digest !== digest) {
      throw new DynamoError(
        "IdempotentParameterMismatchException",
        "DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.",
      );
    }
    return earlier !== undefined;
  }

  /** A repetition writes nothing and is billed as reading the items. */
  #replyToRepetition(writes: readonly PlannedWrite[], detail: CapacityDetail): Record<string, unknown> {
    const bill = new Bill();
    for (const { table, before } of writes) {
      bill.add(table, { table: itemUnits(before, transactionFactor), indexes: {} });
    }
    this.#meter.reads(writes.length, bill.total());
    return bill.reply(detail, "Read");
  }

  #strike(caller: string, operation: string, count: number): void {
    if (!this.#faults.strike("dynamodb.conflict", { function: caller, operation })) return;
    const conflict: CancellationReason = {
      Code: "TransactionConflict",
      Message: "Transaction is ongoing for the item",
    };
    throw transactionCanceled(Array.from({ length: count }, () => conflict));
  }
}

function attempt(write: PlannedWrite): { reason: CancellationReason; mutation?: Mutation } {
  if (!write.holds) {
    const { shownWhenRefused: item } = write;
    const reason = { Code: "ConditionalCheckFailed", Message: "The conditional request failed" } as const;
    return { reason: { ...reason, ...(item ? { Item: item } : {}) } };
  }
  try {
    return { reason: { Code: "None" }, mutation: write.mutation() };
  } catch (error) {
    if (!(error instanceof DynamoError)) throw error;
    return { reason: { Code: "ValidationError", Message: error.message } };
  }
}

function itemsOf(body: Record<string, unknown>): Record<string, unknown>[] {
  const items = body.TransactItems;
  if (!Array.isArray(items)) throw constraint("null", "Member must not be null");
  if (items.length > mostItems) throw constraint("[…]", `Member must have length less than or equal to ${mostItems}`);
  if (items.length === 0) throw constraint("[]", "Member must have length greater than or equal to 1");
  return items.map(objectAt);
}

function parseTransactItem(item: Record<string, unknown>): TransactItem {
  const members = Object.entries(item).filter(([, value]) => value != null);
  const [kind, raw] = members[0] ?? ["", undefined];
  const operation = operationOf[kind];
  if (members.length !== 1 || !operation) {
    throw invalid("TransactItems can only contain one of Check, Put, Update or Delete");
  }
  const fields = objectAt(raw, 0);
  const required = { ConditionCheck: "ConditionExpression", Update: "UpdateExpression" }[kind];
  if (required && fields[required] == null) {
    const path = `transactItems.member.${kind[0]!.toLowerCase()}${kind.slice(1)}.${required[0]!.toLowerCase()}${required.slice(1)}`;
    throw invalid(
      `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`,
    );
  }
  return { operation, request: parseRequest(operation === "ConditionCheck" ? "DeleteItem" : operation, fields) };
}

function checkDistinct(writes: readonly PlannedWrite[]): void {
  const ids = new Set(writes.map(({ table, key }) => `${table.name}/${key}`));
  if (ids.size < writes.length) throw invalid("Transaction request cannot include multiple operations on one item");
}

function objectAt(value: unknown, at: number): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new DynamoError("SerializationException", `TransactItems[${at}] is not a structure`);
  }
  return value as Record<string, unknown>;
}

function capacityDetail({ ReturnConsumedCapacity: detail }: Record<string, unknown>): CapacityDetail {
  return detail === "TOTAL" || detail === "INDEXES" ? detail : undefined;
}

const constraint = (value: string, rule: string) =>
  invalid(`1 validation error detected: Value '${value}' at 'transactItems' failed to satisfy constraint: ${rule}`);
