import type { Database } from "./database.ts";
import type { Table } from "./table.ts";

/** DescribeTable. Sizes are not kept: on AWS they are up to six hours old anyway. */
export function describeTable(database: Database, table: Table): Record<string, unknown> {
  const { schema, definition } = table;
  const arn = database.tableArn(table.name);
  const streamArn = database.streamArn(table.name);
  const describeIndexes = (isLocal: boolean) => {
    const indexes = table.indexes.filter((index) => index.isLocal === isLocal);
    return indexes.map((index) => ({
      ...index.schema,
      IndexArn: `${arn}/index/${index.schema.IndexName}`,
      ItemCount: index.entries.size,
      ...(isLocal ? {} : { IndexStatus: "ACTIVE" }),
    }));
  };
  return {
    Table: {
      TableName: table.name,
      TableArn: arn,
      TableStatus: "ACTIVE",
      CreationDateTime: table.createdAt / 1000,
      KeySchema: schema.KeySchema,
      AttributeDefinitions: schema.AttributeDefinitions,
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
      ItemCount: table.items.size,
      ...(schema.GlobalSecondaryIndexes ? { GlobalSecondaryIndexes: describeIndexes(false) } : {}),
      ...(schema.LocalSecondaryIndexes ? { LocalSecondaryIndexes: describeIndexes(true) } : {}),
      ...(streamArn
        ? {
            StreamSpecification: { StreamEnabled: true, StreamViewType: definition.streamView },
            LatestStreamArn: streamArn,
            LatestStreamLabel: streamArn.split("/").at(-1),
          }
        : {}),
    },
  };
}

/** DescribeTimeToLive. */
export function describeTimeToLive(table: Table): Record<string, unknown> {
  const attribute = table.definition.expiryAttribute;
  return {
    TimeToLiveDescription:
      attribute === undefined
        ? { TimeToLiveStatus: "DISABLED" }
        : { TimeToLiveStatus: "ENABLED", AttributeName: attribute },
  };
}
