import type { Database } from "./database.ts";
import type { ServiceIdentity } from "./streams.ts";

/** Who the stream says deleted an expired item ("DynamoDB Streams and Time to Live"). */
const service: ServiceIdentity = { type: "Service", principalId: "dynamodb.amazonaws.com" };

/** Items expired longer than this are never deleted: a guard of DynamoDB against expiries in the wrong unit ("Using time to live (TTL)"). */
const fiveYears = 5 * 365 * 24 * 60 * 60;

/** Deletes what has expired by now, free of charge; returns how many items that were. */
export function sweepExpired(database: Database): number {
  const now = Math.floor(database.clock.now() / 1000);
  let count = 0;
  for (const table of database.tables()) {
    const attribute = table.definition.expiryAttribute;
    if (attribute === undefined) continue;
    const expired = table.expiredBefore(now).flatMap((key) => {
      const before = table.item(key);
      const expiry = before?.[attribute];
      const tooOld = expiry && "N" in expiry && Number(expiry.N) < now - fiveYears;
      return before && !tooOld ? [{ table, key, before, after: undefined }] : [];
    });
    database.commit(expired, service);
    count += expired.length;
  }
  return count;
}
