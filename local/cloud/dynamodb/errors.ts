import type { Item } from "./attribute-value.ts";

/** A refusal in DynamoDB's own wire shape. `extra` are members beside `__type` and `message`, such as `CancellationReasons`. */
export class DynamoError extends Error {
  override readonly name = "DynamoError";
  readonly code: string;
  readonly status: number;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, extra: Readonly<Record<string, unknown>> = {}, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
    this.extra = extra;
  }
}

export const invalid = (message: string): DynamoError => new DynamoError("ValidationException", message);

export const noSuchTable = (name: string): DynamoError =>
  new DynamoError("ResourceNotFoundException", `Requested resource not found: Table: ${name} not found`);

/** `item` is what stands in the table, given only where the request asked for it. */
export const conditionFailed = (item?: Item): DynamoError =>
  new DynamoError("ConditionalCheckFailedException", "The conditional request failed", item ? { Item: item } : {});

export const throttled = (): DynamoError =>
  new DynamoError(
    "ProvisionedThroughputExceededException",
    "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
  );

/** One per item of the transaction, in its order ("TransactWriteItems", CancellationReasons). */
export interface CancellationReason {
  readonly Code: "None" | "ConditionalCheckFailed" | "ValidationError" | "TransactionConflict";
  readonly Message?: string;
  readonly Item?: Item;
}

export const transactionCanceled = (reasons: readonly CancellationReason[]): DynamoError =>
  new DynamoError(
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map((reason) => reason.Code).join(", ")}]`,
    { CancellationReasons: reasons },
  );

/** A fault of ours, with its stack: whoever reads it sits at the machine that it came from. */
export const internalError = (error: unknown): DynamoError =>
  new DynamoError(
    "InternalServerError",
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    {},
    500,
  );
