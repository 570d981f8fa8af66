import * as z from "zod";
import { matches } from "../events/pattern.ts";
import { isObject, type JsonObject } from "../json.ts";

/** Tumbling windows, self-managed brokers and Kinesis are missing here on purpose. */
export const mappingShape = z.strictObject({
  BatchSize: z.number().optional(),
  BisectBatchOnFunctionError: z.boolean().default(false),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string().regex(/^arn:aws:sqs:/, "only queues") }) })
    .optional(),
  Enabled: z.boolean().default(true),
  EventSourceArn: z.string().regex(/^arn:aws:(sqs|dynamodb):/, "only queues and table streams"),
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) }).optional(),
  FunctionName: z.string(),
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  MaximumRecordAgeInSeconds: z.number().default(-1),
  MaximumRetryAttempts: z.number().default(-1),
  /** Accepted, but one batch of a table runs at a time here. */
  ParallelizationFactor: z.number().default(1),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.number().optional() }).optional(),
  StartingPosition: z.enum(["LATEST", "TRIM_HORIZON"]).optional(),
  Tags: z.unknown().optional(),
});

export type MappingProperties = z.infer<typeof mappingShape>;

/** A running event source mapping. */
export interface Mapping {
  close(): Promise<void>;
}

/** True for every record when there is no filter. */
export function recordFilter({ FilterCriteria }: MappingProperties): (record: unknown) => boolean {
  const patterns = FilterCriteria?.Filters.map(({ Pattern }) => JSON.parse(Pattern) as JsonObject);
  return (record) => patterns === undefined || patterns.some((pattern) => matches(pattern, record));
}

/**
 * The identifiers that a function reports as failed, empty when all went well. A response of another shape fails
 * the whole batch ("Reporting batch item failures"), which `undefined` says.
 */
export function reportedFailures(properties: MappingProperties, payload: unknown): readonly string[] | undefined {
  if (properties.FunctionResponseTypes.length === 0 || payload === null || !isObject(payload)) {
    return payload !== null && properties.FunctionResponseTypes.length > 0 && !isObject(payload) ? undefined : [];
  }
  const failures = payload.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return undefined;
  const identifiers = failures.map((failure: unknown) => (isObject(failure) ? failure.itemIdentifier : undefined));
  return identifiers.every((one) => typeof one === "string" && one !== "") ? (identifiers as string[]) : undefined;
}
