import {
  type AttributeValue,
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import {
  type DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { ConversationRef } from "../../domain/conversation.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Consequences } from "../conversations.ts";
import { conversationKeys as keys } from "../keys.ts";
import { outboxItem } from "../outbox.ts";
import { awayItem, type HeadItem } from "./head-item.ts";
import { Update } from "./update.ts";

export type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** For a put that must not overwrite. */
export const absent = { ConditionExpression: "attribute_not_exists(pk)" };

/** How often what lost a race is tried again before the caller hears `conflict`. */
const raceAttempts = 6;
const pauseBetweenRacesMs = 15;

/** What the parts of the conversation store have in common: the head, and transactions. */
export class TableAccess {
  readonly client: DynamoDBDocumentClient;
  readonly TableName: string;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.client = client;
    this.TableName = tableName;
  }

  async readHead(ref: ConversationRef): Promise<HeadItem | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.TableName, Key: keys.head(ref), ConsistentRead: true }),
    );
    return Item as HeadItem | undefined;
  }

  /** Applies an update to the head. A failed condition returns the head as it stands instead. */
  async updateHead(
    ref: ConversationRef,
    update: Update,
  ): Promise<{ done: true; item: HeadItem } | { done: false; item: HeadItem | undefined }> {
    try {
      const { Attributes } = await this.client.send(
        new UpdateCommand({
          TableName: this.TableName,
          Key: keys.head(ref),
          ...update.expression(),
          ReturnValues: "ALL_NEW",
          // Spares the read that would tell why ("Working with items: conditional writes").
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return { done: true, item: Attributes as HeadItem };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { done: false, item: oldItem(error.Item) };
    }
  }

  /**
   * Runs a transaction. Failed conditions are an answer: their positions, none when the transaction met another one on
   * the same items and may be tried again as it is. All else throws.
   */
  async transact(items: readonly TransactItem[]): Promise<"done" | { readonly failed: readonly number[] }> {
    try {
      await this.client.send(new TransactWriteCommand({ TransactItems: [...items] }));
      return "done";
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const lost = ["ConditionalCheckFailed", "TransactionConflict"];
      if (!reasons.every(({ Code }) => Code === undefined || Code === "None" || lost.includes(Code))) throw error;
      return { failed: reasons.flatMap(({ Code }, i) => (Code === "ConditionalCheckFailed" ? [i] : [])) };
    }
  }

  putOutbox(ref: ConversationRef, { events }: Pick<Consequences, "events">): TransactItem[] {
    return events.map((event) => ({ Put: { TableName: this.TableName, Item: outboxItem(ref, event) } }));
  }

  /** Marks an away period as told, unless it has been. */
  markNotified(ref: ConversationRef, notified: NonNullable<Consequences["notified"]>): TransactItem {
    const name = notified.party === "visitor" ? "nv" : "na";
    const update = new Update().set(name, awayItem(notified.period)).exists("pk");
    const untold = `attribute_not_exists(${update.path(name)})`;
    const another = `${update.path(name, "m")} <> ${update.value(notified.period.readMark)}`;
    const longAgo = `${update.path(name, "a")} < ${update.value(notified.period.at)}`;
    update.when(`(${untold} OR ${another} OR ${longAgo})`);
    return { Update: { TableName: this.TableName, Key: keys.head(ref), ...update.expression() } };
  }
}

/** Tries until something is returned. @throws DomainError `conflict` when the race stays lost. */
export async function untilWon<T>(attempt: () => Promise<T | "lost the race">): Promise<T> {
  for (let tries = 1; ; tries++) {
    const result = await attempt();
    if (result !== "lost the race") return result;
    if (tries === raceAttempts) {
      throw new DomainError("conflict", "Somebody changed this at the same moment. Try again.");
    }
    await new Promise((resolve) => setTimeout(resolve, pauseBetweenRacesMs * tries * (0.5 + Math.random())));
  }
}

export function ignoreConditionFailure(error: unknown): undefined {
  if (error instanceof ConditionalCheckFailedException) return undefined;
  throw error;
}

/** The document client leaves an exception's item in wire format. */
function oldItem(item: Record<string, AttributeValue> | undefined): HeadItem | undefined {
  return item === undefined ? undefined : (unmarshall(item) as HeadItem);
}
