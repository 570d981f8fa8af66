import type { Need } from "../service.ts";
import type { AttributeValue, Item } from "./attribute-value.ts";
import type { Database } from "./database.ts";
import { parseRequest } from "./dynalite.ts";

type Body = Readonly<Record<string, unknown>>;

/** Operations on the primary key of one item, with the member that carries the key. */
const keyMember: Readonly<Record<string, "Key" | "Item">> = {
  GetItem: "Key",
  PutItem: "Item",
  UpdateItem: "Key",
  DeleteItem: "Key",
};

const transactActions: Readonly<Record<string, readonly [action: string, keyMember: "Key" | "Item"]>> = {
  Put: ["PutItem", "Item"],
  Update: ["UpdateItem", "Key"],
  Delete: ["DeleteItem", "Key"],
  ConditionCheck: ["ConditionCheckItem", "Key"],
  Get: ["GetItem", "Key"],
};

/**
 * Which permissions a call takes ("Actions, resources, and condition keys for Amazon DynamoDB"). `dynamodb:LeadingKeys`
 * is given wherever the partition key is known. Never throws: a malformed call is refused later, by its validation.
 */
export function permissionsOf(database: Database, operation: string, body: Body): readonly Need[] {
  const action = `dynamodb:${operation}`;
  const need = (tableName: unknown, own = action, keys: readonly unknown[] = [], context = {}): Need => ({
    action: own,
    resource: database.tableArn(String(tableName)),
    context: { ...leadingKeys(database, String(tableName), keys), ...context },
  });

  switch (operation) {
    case "ListTables":
      return [{ action, resource: "*" }];
    case "Query":
    case "Scan": {
      const table = need(body.TableName, action, operation === "Query" ? [partitionOf(database, body)] : []);
      return [body.IndexName == null ? table : { ...table, resource: `${table.resource}/index/${body.IndexName}` }];
    }
    case "BatchGetItem":
      return entriesOf(body.RequestItems).map(([name, request]) => need(name, action, listOf(recordOf(request).Keys)));
    case "BatchWriteItem":
      return entriesOf(body.RequestItems).map(([name, writes]) => {
        const keys = listOf(writes)
          .map(recordOf)
          .map((write) => recordOf(write.PutRequest).Item ?? recordOf(write.DeleteRequest).Key);
        return need(name, action, keys);
      });
    case "TransactWriteItems":
    case "TransactGetItems":
      return listOf(body.TransactItems).flatMap((item) =>
        entriesOf(item).flatMap(([kind, raw]) => {
          const known = transactActions[kind];
          if (!known) return [];
          const request = recordOf(raw);
          const context = { "dynamodb:EnclosingOperation": operation };
          return [need(request.TableName, `dynamodb:${known[0]}`, [request[known[1]]], context)];
        }),
      );
    default: {
      const member = keyMember[operation];
      return [need(body.TableName, action, member ? [body[member]] : [])];
    }
  }
}

function leadingKeys(database: Database, tableName: string, keys: readonly unknown[]) {
  const table = database.tables().find(({ name }) => name === tableName);
  const partition = table?.schema.KeySchema[0]?.AttributeName;
  if (partition === undefined) return {};
  const values = keys.flatMap((key) => {
    const value = Object.values(recordOf(recordOf(key)[partition]))[0];
    return typeof value === "string" ? [value] : [];
  });
  return values.length > 0 ? { "dynamodb:LeadingKeys": [...new Set(values)] } : {};
}

/** The partition that a Query names, under the name that the table's own partition key has. */
function partitionOf(database: Database, body: Body): Item | undefined {
  const table = database.tables().find(({ name }) => name === body.TableName);
  const schema = body.IndexName == null ? table?.schema : table?.index(String(body.IndexName))?.schema;
  const queried = schema?.KeySchema[0]?.AttributeName;
  const own = table?.schema.KeySchema[0]?.AttributeName;
  if (queried === undefined || own === undefined) return undefined;
  try {
    const { KeyConditions: conditions } = parseRequest("Query", structuredClone(body) as Record<string, unknown>);
    const value: AttributeValue | undefined = conditions?.[queried]?.AttributeValueList[0];
    return value && { [own]: value };
  } catch {
    return undefined;
  }
}

const recordOf = (value: unknown): Body => (typeof value === "object" && value !== null ? (value as Body) : {});
const entriesOf = (value: unknown): [string, unknown][] => Object.entries(recordOf(value));
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
