import * as z from "zod";
import type { Handling } from "../assembly.ts";
import { asList } from "../json.ts";
import { account, functionName, lastName, region, sessionArn } from "../names.ts";
import type { Clock, Denial, Iam, Log, Resource, Template } from "../service.ts";
import { documentShape, evaluate, like, type Statement } from "./policy.ts";

/** The caller that may do everything. */
export const operatorName = "operator";

const keptDenials = 500;

/** What AWS's own managed policies allow, as far as anything here asks for it. */
const awsManaged: Readonly<Record<string, readonly string[]>> = {
  AWSLambdaBasicExecutionRole: ["logs:*"],
  AWSLambdaDynamoDBExecutionRole: [
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
  ],
  AWSLambdaSQSQueueExecutionRole: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
  AWSXRayDaemonWriteAccess: ["xray:*"],
};

const policyShape = z.strictObject({
  PolicyName: z.string().optional(),
  ManagedPolicyName: z.string().optional(),
  Description: z.string().optional(),
  Path: z.string().optional(),
  PolicyDocument: documentShape,
  Roles: z.array(z.string()).optional(),
});

const roleShape = z.looseObject({
  ManagedPolicyArns: z.array(z.string()).optional(),
  Policies: z.array(z.object({ PolicyName: z.string(), PolicyDocument: documentShape })).optional(),
});

const permissionShape = z.strictObject({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

const queuePolicyShape = z.strictObject({ PolicyDocument: documentShape, Queues: z.array(z.string()) });

/** Types that this file reads; bucket policies do not bind callers of the same account that their role allows. */
export const iamTypes: ReadonlyArray<readonly [string, Handling]> = [
  ["AWS::IAM::ManagedPolicy", policyShape],
  ["AWS::IAM::Policy", policyShape],
  ["AWS::IAM::Role", roleShape],
  ["AWS::Lambda::Permission", permissionShape],
  ["AWS::S3::BucketPolicy", "any"],
  ["AWS::SQS::QueuePolicy", queuePolicyShape],
];

/** The template's roles and resource policies, asked about every call. */
export function createIam({ template, clock, log }: { template: Template; clock: Clock; log: Log }): Iam {
  const roles = statementsByRole(template, log);
  const roleOf = new Map(
    template.ofType("AWS::Lambda::Function").map((fn) => [fn.logicalId, lastName(String(fn.properties.Role))]),
  );
  const permissions = template
    .ofType("AWS::Lambda::Permission")
    .map(({ properties }) => permissionShape.parse(properties));
  const queuePolicies = template
    .ofType("AWS::SQS::QueuePolicy")
    .map(({ properties }) => queuePolicyShape.parse(properties));
  const denials: Denial[] = [];

  function mayInvoke(principal: string, sourceArn: string, action: string, target: string): boolean {
    return permissions.some(
      (permission) =>
        functionName(permission.FunctionName) === functionName(target) &&
        permission.Principal === principal &&
        like(permission.Action, action) &&
        like(permission.SourceArn ?? "*", sourceArn) &&
        (permission.SourceAccount ?? account) === account,
    );
  }

  function mayUseQueue(principal: string, sourceArn: string, action: string, queue: string): boolean {
    const statements = queuePolicies
      .filter(({ Queues }) => Queues.some((url) => lastName(url) === lastName(queue)))
      .flatMap(({ PolicyDocument }) => asList<Statement>(PolicyDocument.Statement))
      .filter((statement) => isFor(statement, principal));
    const context = { "aws:SourceArn": sourceArn, "aws:SourceAccount": account, "aws:SecureTransport": "true" };
    return evaluate(statements, { action, resource: queue, context }) === "allowed";
  }

  return {
    refusal(caller, need) {
      if (caller === operatorName) return undefined;
      const role = roleOf.get(caller) ?? "nobody";
      const context = {
        "aws:PrincipalAccount": account,
        "aws:PrincipalArn": `arn:aws:iam::${account}:role/${role}`,
        "aws:RequestedRegion": region,
        "aws:SecureTransport": "true",
        ...need.context,
      };
      const decision = evaluate(roles.get(role) ?? [], { action: need.action, resource: need.resource, context });
      if (decision === "allowed") return undefined;
      const reason =
        decision === "explicitly denied"
          ? "with an explicit deny in an identity-based policy"
          : `because no identity-based policy allows the ${need.action} action`;
      const message = `User: ${sessionArn(role, caller)} is not authorized to perform: ${need.action} on resource: ${need.resource} ${reason}`;
      denials.push({ at: clock.now(), caller, action: need.action, resource: need.resource, message });
      if (denials.length > keptDenials) denials.shift();
      log.write("iam", message);
      return message;
    },
    allowsService: (principal, sourceArn, action, resource) =>
      action.startsWith("lambda:")
        ? mayInvoke(principal, sourceArn, action, resource)
        : mayUseQueue(principal, sourceArn, action, resource),
    denials: () => [...denials],
  };
}

function isFor({ Principal: principal }: Statement, service: string): boolean {
  if (principal === undefined) return false;
  if (principal === "*") return true;
  return asList<string>(principal.Service).includes(service) || asList<string>(principal.AWS).includes("*");
}

function statementsByRole(template: Template, log: Log): ReadonlyMap<string, readonly Statement[]> {
  const roles = new Map<string, Statement[]>();
  const managed = new Map<string, readonly Statement[]>();
  const grant = (role: string, statements: readonly Statement[]): void => {
    roles.set(role, [...(roles.get(role) ?? []), ...statements]);
  };
  const attach = ({ properties }: Resource): readonly Statement[] => {
    const { Roles: attached = [], PolicyDocument: document } = policyShape.parse(properties);
    const statements = asList<Statement>(document.Statement);
    for (const role of attached) grant(role, statements);
    return statements;
  };

  for (const policy of template.ofType("AWS::IAM::Policy")) attach(policy);
  for (const policy of template.ofType("AWS::IAM::ManagedPolicy")) managed.set(policy.logicalId, attach(policy));
  for (const { logicalId, properties } of template.ofType("AWS::IAM::Role")) {
    const role = roleShape.parse(properties);
    const name = String(template.resolve({ Ref: logicalId }));
    for (const { PolicyDocument } of role.Policies ?? []) grant(name, asList<Statement>(PolicyDocument.Statement));
    for (const policy of role.ManagedPolicyArns ?? []) {
      const actions = awsManaged[lastName(policy)];
      const statements = managed.get(policy) ?? (actions && [{ Effect: "Allow" as const, Action: [...actions] }]);
      if (statements === undefined) log.write("iam", `${policy} of ${name} grants nothing in the local cloud`);
      grant(name, statements ?? []);
    }
  }
  return roles;
}
