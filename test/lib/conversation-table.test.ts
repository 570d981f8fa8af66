import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { table } from "../../lambdas/contracts/table.ts";
import { readStage } from "../../lib/stage.ts";
import { actionsOf, synthesize } from "./synthesis.ts";

const { template, statementsOf } = synthesize();

describe("the conversation table", () => {
  it("has the keys, the index and the time to live that the store relies on", () => {
    template.hasResourceProperties("AWS::DynamoDB::Table", {
      KeySchema: [
        { AttributeName: table.partitionKey, KeyType: "HASH" },
        { AttributeName: table.sortKey, KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: table.inboxIndex.name,
          KeySchema: [
            { AttributeName: table.inboxIndex.partitionKey, KeyType: "HASH" },
            { AttributeName: table.inboxIndex.sortKey, KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
      TimeToLiveSpecification: { AttributeName: table.timeToLive, Enabled: true },
      StreamSpecification: { StreamViewType: "NEW_IMAGE" },
      BillingMode: "PAY_PER_REQUEST",
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it("outlives the stack and can't be deleted by mistake", () => {
    template.hasResource("AWS::DynamoDB::Table", {
      DeletionPolicy: "Retain",
      Properties: Match.objectLike({ DeletionProtectionEnabled: true }),
    });
  });

  it("goes with the stack where the stage says that its data is disposable", () => {
    const disposable = synthesize({ ...readStage(undefined), data: "disposable" });
    disposable.template.hasResource("AWS::DynamoDB::Table", {
      DeletionPolicy: "Delete",
      Properties: Match.objectLike({ DeletionProtectionEnabled: false }),
    });
  });
});

describe("its grants", () => {
  const tableActions = (id: string) =>
    actionsOf(statementsOf(id))
      .filter((action) => action.startsWith("dynamodb:"))
      .map((action) => action.replace("dynamodb:", ""));

  it.each([
    ["AuthorizeSocket", ["PutItem"]],
    ["OpenSocket", []],
    ["ReadWidget", ["GetItem", "Query"]],
    ["ListConversations", ["BatchGetItem", "GetItem", "Query"]],
    ["KeepSettings", ["GetItem", "PutItem", "Query", "UpdateItem"]],
    ["InviteMember", ["ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query"]],
    ["HandleSocketMessage", ["DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"]],
    ["HandOverFiles", ["ConditionCheckItem", "GetItem", "PutItem", "Query", "UpdateItem"]],
    ["SweepConversation", ["BatchWriteItem", "GetItem", "Query"]],
    ["PublishEvents", ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"]],
  ])("let %s do what it needs: %j", (id, actions) => {
    expect(tableActions(id)).toEqual(actions);
  });

  it("open the inbox's index only to those who look through a chatbot's conversations", () => {
    const roles = Object.entries(template.findResources("AWS::IAM::Role"));
    const withIndex = roles.filter(([, role]) => JSON.stringify(role).includes(`/index/${table.inboxIndex.name}`));
    const readers = ["EraseExpired", "ListConversations", "RemoveMember", "SearchConversations"];
    expect(withIndex.map(([id]) => readers.find((name) => id.includes(name)) ?? id).toSorted()).toEqual(readers);
  });
});
