import { type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { table } from "../../contracts/table.ts";
import { bucketOf } from "../../domain/duration-histogram.ts";
import { statisticsKeys as keys } from "../keys.ts";
import {
  type Counter,
  counters,
  type Fact,
  factRetentionDays,
  type HourSums,
  type StatisticsStore,
} from "../statistics.ts";
import { absent, TableAccess, untilWon } from "./table-access.ts";
import { Update } from "./update.ts";

/** Attribute names of an hour's sums. Buckets are attributes of their own, so that every sum is one ADD. */
const countNames: Readonly<Record<Counter, string>> = {
  conversations: "c",
  escalations: "e",
  opened: "o",
  ended: "n",
  mails: "m",
  tickets: "t",
};
const ratingPrefix = "s";
const firstResponsePrefix = "f";
const resolutionPrefix = "r";

export function createDynamoStatistics(client: DynamoDBDocumentClient, tableName: string): StatisticsStore {
  const TableName = tableName;
  const access = new TableAccess(client, tableName);
  return {
    record(chatbotId, fact) {
      // Facts of one hour meet on one item: a transaction that met another is tried again.
      return untilWon(async () => {
        const outcome = await access.transact([
          {
            Put: {
              TableName,
              Item: { ...keys.fact(chatbotId, fact.factId), [table.timeToLive]: forgottenAt(fact.at) },
              ...absent,
            },
          },
          { Update: { TableName, Key: keys.hour(chatbotId, fact.at), ...sumsOf(fact).expression() } },
        ]);
        if (outcome === "done") return true;
        return outcome.failed.length > 0 ? false : ("lost the race" as const);
      });
    },

    async hours(chatbotId, from, to) {
      const hours: HourSums[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
            ExpressionAttributeValues: {
              ":pk": keys.partition(chatbotId),
              ":from": keys.hour(chatbotId, from).sk,
              ":to": keys.hour(chatbotId, to).sk,
            },
            ...(start ? { ExclusiveStartKey: start } : {}),
          }),
        );
        hours.push(...Items.map(hourSums));
        start = LastEvaluatedKey;
      } while (start);
      return hours;
    },
  };
}

/** Seconds since the epoch. */
const forgottenAt = (at: number): number => Math.floor(at / 1000) + factRetentionDays * 24 * 60 * 60;

function sumsOf({ count, firstResponse, resolution, rating, replacedRating }: Fact): Update {
  const update = new Update();
  if (count !== undefined) update.plus(countNames[count], 1);
  if (firstResponse !== undefined) update.plus(`${firstResponsePrefix}${bucketOf(firstResponse)}`, 1);
  if (resolution !== undefined) update.plus(`${resolutionPrefix}${bucketOf(resolution)}`, 1);
  if (rating !== undefined) update.plus(`${ratingPrefix}${rating}`, rating === replacedRating ? 0 : 1);
  if (replacedRating !== undefined && replacedRating !== rating) update.plus(`${ratingPrefix}${replacedRating}`, -1);
  return update;
}

function hourSums(item: Readonly<Record<string, unknown>>): HourSums {
  const number = (name: string): number => (typeof item[name] === "number" ? item[name] : 0);
  const histogram = (prefix: string) =>
    Object.fromEntries(
      Object.keys(item)
        .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
        .map((name) => [Number(name.slice(prefix.length)), number(name)]),
    );
  return {
    at: keys.hourStart(String(item.sk)),
    counts: Object.fromEntries(counters.map((each) => [each, number(countNames[each])])) as HourSums["counts"],
    ratings: [1, 2, 3, 4, 5].map((score) => number(`${ratingPrefix}${score}`)) as unknown as HourSums["ratings"],
    firstResponse: histogram(firstResponsePrefix),
    resolution: histogram(resolutionPrefix),
  };
}
