import { describe, expect, it } from "vitest";
import { type Decision, evaluate, type RequestContext, type Statement } from "../../local/cloud/iam/policy.ts";

const queue = "arn:aws:sqs:eu-west-1:000000000000:Jobs";
const send: Statement = { Effect: "Allow", Action: "sqs:SendMessage", Resource: queue };

function decide(statements: readonly Statement[], context: RequestContext = {}, action = "sqs:SendMessage"): Decision {
  return evaluate(statements, { action, resource: queue, context });
}

describe("a policy", () => {
  it.each<[string, readonly Statement[], Decision]>([
    ["with nothing allows nothing", [], "implicitly denied"],
    ["allows what it names", [send], "allowed"],
    ["ignores the case of an action", [{ ...send, Action: "SQS:sendmessage" }], "allowed"],
    ["knows wildcards", [{ ...send, Action: "sqs:Send*", Resource: "arn:aws:sqs:*:*:Job?" }], "allowed"],
    ["does not reach another resource", [{ ...send, Resource: `${queue}2` }], "implicitly denied"],
    ["lets a deny win", [send, { Effect: "Deny", Action: "*", Resource: "*" }], "explicitly denied"],
    ["excepts by NotAction", [{ Effect: "Allow", NotAction: "sqs:SendMessage", Resource: "*" }], "implicitly denied"],
    ["includes by NotAction", [{ Effect: "Allow", NotAction: ["dynamodb:*"], Resource: "*" }], "allowed"],
    ["excepts by NotResource", [{ Effect: "Allow", Action: "*", NotResource: queue }], "implicitly denied"],
  ])("%s", (_, statements, expected) => {
    expect(decide(statements)).toBe(expected);
  });
});

describe("a condition", () => {
  const keys = ["a", "b"];
  it.each<[string, Record<string, string | boolean | string[]>, RequestContext, boolean]>([
    ["StringEquals", { from: ["x", "y"] }, { from: "y" }, true],
    ["StringEquals", { from: "x" }, { FROM: "x" }, true],
    ["StringEquals", { from: "x" }, { from: "X" }, false],
    ["StringEquals", { from: "x" }, {}, false],
    ["StringEqualsIfExists", { from: "x" }, {}, true],
    ["StringNotEquals", { from: ["x", "y"] }, { from: "y" }, false],
    ["StringNotEquals", { from: "x" }, {}, true],
    ["StringLike", { from: "a*@?.com" }, { from: "abc@x.com" }, true],
    ["StringNotLike", { from: "a*" }, { from: "abc" }, false],
    ["ArnLike", { from: "arn:aws:sqs:*:*:J*" }, { from: queue }, true],
    ["ArnEquals", { from: queue }, { from: `${queue}x` }, false],
    ["Bool", { secure: true }, { secure: "true" }, true],
    ["Bool", { secure: "false" }, { secure: "true" }, false],
    ["Null", { from: "true" }, {}, true],
    ["Null", { from: "false" }, {}, false],
    ["ForAllValues:StringEquals", { keys }, { keys: ["a"] }, true],
    ["ForAllValues:StringEquals", { keys }, { keys: ["a", "c"] }, false],
    ["ForAllValues:StringEquals", { keys }, {}, true],
    ["ForAnyValue:StringEquals", { keys }, { keys: ["c", "b"] }, true],
    ["ForAnyValue:StringEquals", { keys }, {}, false],
    ["NumericLessThan", { size: "10" }, { size: "9" }, true],
    ["StringSoundsLike", { from: "x" }, { from: "x" }, false],
  ])("%s %j with %j", (operator, wanted, context, holds) => {
    expect(decide([{ ...send, Condition: { [operator]: wanted } }], context)).toBe(
      holds ? "allowed" : "implicitly denied",
    );
  });

  it("that nobody knows denies where it might deny", () => {
    const deny: Statement = {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { StringSoundsLike: { from: "x" } },
    };
    expect(decide([send, deny])).toBe("explicitly denied");
  });
});
