import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from "aws-cdk-lib/aws-dynamodb";
import { Grant } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { table as shape } from "../lambdas/contracts/table.ts";
import type { ChatFunction } from "./chat-function.ts";
import { removalPolicyOf } from "./removal.ts";
import type { Stage } from "./stage.ts";

export interface ConversationTableProps {
  /** Whether the conversations outlive the stack. */
  readonly stage: Pick<Stage, "data">;
}

/**
 * The one table. Each grant gives what one intention needs and the variable that names the table. They separate
 * reading, talking and administration by action; that a chatbot sees its own items only is the store's keys' work.
 */
export class ConversationTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { stage }: ConversationTableProps) {
    super(scope, id);
    this.table = new Table(this, "Table", {
      partitionKey: { name: shape.partitionKey, type: AttributeType.STRING },
      sortKey: { name: shape.sortKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: shape.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.data === "keep",
      removalPolicy: removalPolicyOf(stage),
    });
    const { name, partitionKey, sortKey } = shape.inboxIndex;
    this.table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }

  /** Reads single items and partitions: settings, memberships, links, a conversation's history. */
  grantReading(fn: ChatFunction): void {
    this.#grant(fn, "GetItem", "Query");
  }

  /** Lists conversations: the index, then the heads that it names. */
  grantInbox(fn: ChatFunction): void {
    this.grantReading(fn);
    this.#grant(fn, "BatchGetItem");
    Grant.addToPrincipal({
      grantee: fn,
      actions: ["dynamodb:Query"],
      resourceArns: [`${this.table.tableArn}/index/${shape.inboxIndex.name}`],
    });
  }

  /** Takes part in conversations: appends, moves, presence, links and the ledger, with the transactions they need. */
  grantConversations(fn: ChatFunction): void {
    this.grantReading(fn);
    this.#grant(fn, "PutItem", "UpdateItem", "DeleteItem");
  }

  /** Writes settings, or records that a portal link was opened: changes items, deletes none. */
  grantUpdates(fn: ChatFunction): void {
    this.grantReading(fn);
    this.#grant(fn, "PutItem", "UpdateItem");
  }

  /** Invites and removes members; whoever stops being an owner does so beside one who stays. */
  grantMembers(fn: ChatFunction): void {
    this.grantReading(fn);
    this.#grant(fn, "PutItem", "DeleteItem", "ConditionCheckItem");
  }

  /** Keeps small items of a chatbot: canned replies, entries of knowledge. */
  grantKeeping(fn: ChatFunction): void {
    this.grantReading(fn);
    this.#grant(fn, "PutItem", "UpdateItem", "DeleteItem");
  }

  /** Announces files: a record and its count, if the conversation exists. */
  grantFiles(fn: ChatFunction): void {
    this.grantReading(fn);
    this.#grant(fn, "PutItem", "UpdateItem", "ConditionCheckItem");
  }

  /** Takes a conversation away from everybody, and deletes what is left of it. */
  grantErasing(fn: ChatFunction): void {
    this.grantConversations(fn);
    this.grantSweeping(fn);
  }

  /** Deletes what is left of an erased conversation. */
  grantSweeping(fn: ChatFunction): void {
    this.grantReading(fn);
    this.#grant(fn, "BatchWriteItem");
  }

  /** Marks socket tickets as used, and can read nothing. */
  grantTickets(fn: ChatFunction): void {
    this.#grant(fn, "PutItem");
  }

  #grant(fn: ChatFunction, ...operations: readonly string[]): void {
    fn.addEnvironment("TABLE_NAME", this.table.tableName);
    const actions = operations.map((operation) => `dynamodb:${operation}`);
    Grant.addToPrincipal({ grantee: fn, actions, resourceArns: [this.table.tableArn] });
  }
}
