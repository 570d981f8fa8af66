import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Template } from "aws-cdk-lib/assertions";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { lambdaEntries } from "../../lambdas/bundle.ts";
import { env } from "../../lambdas/runtime/env.ts";
import { readStage } from "../../lib/stage.ts";
import { variablesByGetter, variablesRead } from "./environment.ts";
import { buildStack, constructIdOf, functionNames, type Statement, scratchDirectory, synthesize } from "./synthesis.ts";

const synthesis = synthesize();
const { template, functions, stack, variablesOf, statementsOf } = synthesis;
const resources = Object.entries<{ Type: string; Properties?: Record<string, unknown> }>(template.toJSON().Resources);

describe("the functions", () => {
  it("are one for every .lambda.ts, each deployed exactly once", () => {
    const deployed = functions.map(({ node }) => node.id).sort();
    expect(deployed).toEqual(Object.keys(lambdaEntries()).map(constructIdOf).sort());
  });

  it("are those that the contracts and event sources ask for, and no others", () => {
    expect(functions.map(({ node }) => node.id).sort()).toEqual(functionNames.map(constructIdOf).sort());
  });

  it("have every variable that their code reads, and none that it does not", async () => {
    const read = await variablesRead();
    const set = Object.fromEntries(Object.keys(read).map((name) => [name, variablesOf(constructIdOf(name))]));
    expect(set).toEqual(read);
  });

  it("may use all resources of an account only where an action knows no smaller one", () => {
    const withoutSmallerResource = ["dynamodb:ListStreams", "xray:PutTelemetryRecords", "xray:PutTraceSegments"];
    const wide = functions
      .flatMap(({ node }) => statementsOf(node.id))
      .filter(({ Resource }: Statement) => [Resource].flat().includes("*"))
      .flatMap(({ Action }) => [Action].flat());
    expect([...new Set(wide)].sort()).toEqual(withoutSmallerResource);
  });

  it("name every action that they may do", () => {
    const actions = functions.flatMap(({ node }) => statementsOf(node.id)).flatMap(({ Action }) => [Action].flat());
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });

  it.each([
    ["their bundles", { bundleDirectory: "nothing" }],
    ["the pages", { siteDirectory: "nothing" }],
  ])("cannot be deployed without %s, and the error says what to do", (_, directories) => {
    expect(() => buildStack(scratchDirectory(), readStage(undefined), directories)).toThrow("run npm run build first");
  });
});

describe("the variables", () => {
  it("are found by the names under which code asks for them", () => {
    const source = readFileSync(join(import.meta.dirname, "../../lambdas/runtime/env.ts"), "utf8");
    expect(Object.keys(variablesByGetter(source)).sort()).toEqual(Object.keys(env).sort());
  });
});

describe("the template", () => {
  it("is the same when it is synthesized again", () => {
    expect(Template.fromStack(buildStack(scratchDirectory())).toJSON()).toEqual(template.toJSON());
  });

  it("gives no resource a name of our choice, so that a second deployment fits beside the first", () => {
    const naming = ["BucketName", "FunctionName", "LogGroupName", "QueueName", "RoleName", "TableName", "UserPoolName"];
    const named = resources
      .filter(([, { Type }]) => !/Permission|EventSourceMapping|^Custom::/.test(Type))
      .flatMap(([id, { Properties = {} }]) =>
        naming.filter((name) => name in Properties).map((name) => `${id}.${name}`),
      );
    expect(named).toEqual([]);
  });

  it("stays well below the limits of CloudFormation: 500 resources and 1 MB", () => {
    expect(resources.length).toBeLessThan(400);
    expect(JSON.stringify(template.toJSON(), null, 1).length).toBeLessThan(800_000);
  });

  it("contains no secret, only references to them", () => {
    const text = JSON.stringify(template.toJSON());
    expect(text).toContain("{{resolve:secretsmanager:");
    expect(text).not.toMatch(/"SecretString":/);
  });

  it("has no error that CloudFormation's validation knows", () => {
    expect(errorsIn(template.toJSON())).toEqual([]);
  });

  it("is refused by that validation when a number is out of range, so that the test above can fail", () => {
    const broken = structuredClone(template.toJSON());
    broken.Resources[synthesis.logicalIdOf("OpenSocket")].Properties.Timeout = 9_999;
    expect(errorsIn(broken)).not.toEqual([]);
  });
});

describe("cdk-nag", () => {
  it("finds nothing in the AwsSolutions pack but what is acknowledged with a reason", () => {
    const { violations } = new AwsSolutionsChecks().validateScope(stack);
    expect(violations.map(({ ruleName, violatingResources }) => ({ ruleName, violatingResources }))).toEqual([]);
  });

  it("is told at most ten reasons", () => {
    const reasons = stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === "aws:cdk:acknowledged-rules")
      .map(({ data }) => JSON.stringify(Object.values(data)));
    expect(reasons.length).toBeGreaterThan(0);
    expect(new Set(reasons).size).toBeLessThanOrEqual(10);
  });
});

const diagnosticsShape = z.object({
  diagnostics: z.array(z.looseObject({ severity: z.string(), ruleId: z.string(), message: z.string() })),
});

let engine: { validateTemplate(template: unknown): unknown } | undefined;

/** The errors that CloudFormation's validation finds. It comes inside aws-cdk-lib, works offline, and starts slowly. */
function errorsIn(template: unknown) {
  const require = createRequire(createRequire(import.meta.url).resolve("aws-cdk-lib"));
  const { CompositeEngine, TemplateContent } = require("@aws/cloudformation-validate");
  engine ??= new CompositeEngine();
  const report = engine?.validateTemplate(new TemplateContent(JSON.stringify(template), "LiveChat.template.json"));
  return diagnosticsShape.parse(report).diagnostics.filter(({ severity }) => /error|fatal/i.test(severity));
}
