import * as z from "zod";
import { parseRequest, type TableSchema } from "./dynalite.ts";

export type StreamView = "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";

/** What a table is, whichever CloudFormation type declared it. */
export interface TableDefinition {
  readonly schema: TableSchema;
  /** Absent: the table has no stream. */
  readonly streamView: StreamView | undefined;
  /** Attribute that holds the expiry in seconds since the epoch; absent: items do not expire. */
  readonly expiryAttribute: string | undefined;
}

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) }));

/** Capacity is not limited locally, so how it is provisioned changes nothing. */
const withoutLocalEffect = z.unknown().optional();

const index = z.strictObject({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.strictObject({
    ProjectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
  ContributorInsightsSpecification: withoutLocalEffect,
  OnDemandThroughput: withoutLocalEffect,
  ProvisionedThroughput: withoutLocalEffect,
  ReadOnDemandThroughputSettings: withoutLocalEffect,
  ReadProvisionedThroughputSettings: withoutLocalEffect,
  WarmThroughput: withoutLocalEffect,
  WriteOnDemandThroughputSettings: withoutLocalEffect,
  WriteProvisionedThroughputSettings: withoutLocalEffect,
});

/** `AWS::DynamoDB::Table` and `AWS::DynamoDB::GlobalTable` in one; a property that is not listed is an error. */
const properties = z.strictObject({
  TableName: z.string().optional(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) })),
  GlobalSecondaryIndexes: z.array(index).optional(),
  LocalSecondaryIndexes: z.array(index).optional(),
  StreamSpecification: z
    .strictObject({
      StreamViewType: z.enum(["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"]),
      ResourcePolicy: withoutLocalEffect,
    })
    .optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string().optional(), Enabled: z.boolean() }).optional(),
  BillingMode: withoutLocalEffect,
  ContributorInsightsSpecification: withoutLocalEffect,
  DeletionProtectionEnabled: withoutLocalEffect,
  OnDemandThroughput: withoutLocalEffect,
  PointInTimeRecoverySpecification: withoutLocalEffect,
  ProvisionedThroughput: withoutLocalEffect,
  Replicas: withoutLocalEffect,
  ResourcePolicy: withoutLocalEffect,
  SSESpecification: withoutLocalEffect,
  TableClass: withoutLocalEffect,
  Tags: withoutLocalEffect,
  WarmThroughput: withoutLocalEffect,
  WriteOnDemandThroughputSettings: withoutLocalEffect,
  WriteProvisionedThroughputSettings: withoutLocalEffect,
});

/** Reads CloudFormation properties. Throws on what is not known here and on what DynamoDB would refuse. */
export function readDefinition(name: string, cloudFormation: unknown): TableDefinition {
  const parsed = properties.safeParse(cloudFormation);
  if (!parsed.success) throw new Error(`Table ${name} can't run locally: ${z.prettifyError(parsed.error)}`);
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, LocalSecondaryIndexes } = parsed.data;
  const schema = parseRequest("CreateTable", {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema,
    AttributeDefinitions,
    GlobalSecondaryIndexes: GlobalSecondaryIndexes?.map(keyAndProjection),
    LocalSecondaryIndexes: LocalSecondaryIndexes?.map(keyAndProjection),
  });
  const timeToLive = parsed.data.TimeToLiveSpecification;
  return {
    schema,
    streamView: parsed.data.StreamSpecification?.StreamViewType,
    expiryAttribute: timeToLive?.Enabled ? timeToLive.AttributeName : undefined,
  };
}

const keyAndProjection = ({ IndexName, KeySchema, Projection }: z.infer<typeof index>) => ({
  IndexName,
  KeySchema,
  Projection,
});
