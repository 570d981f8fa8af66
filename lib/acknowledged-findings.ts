import { type Acknowledgment, type Stack, Validations } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Parts } from "./parts.ts";

interface Acknowledged {
  readonly on: Construct;
  /** Rules of cdk-nag's AwsSolutions pack, without its prefix. */
  readonly rules: readonly string[];
  readonly reason: string;
}

/** Every finding of cdk-nag that we live with, and why. A new one fails the synthesis. */
export function acknowledgeFindings(stack: Stack, { keys, bus, routes, sockets, site, files, agents }: Parts): void {
  const socketApi = stack.resolve(sockets.api.apiId).Ref;
  const connections = (method: string) =>
    `IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${socketApi}>/live/${method}/@connections/*]`;

  const sentFiles = stack.resolve(files.bucket.bucketArn)["Fn::GetAtt"][0];
  const fileKeys = ["files/*", "files/sent/*", "files/unsent/*"].map(
    (keys) => `IAM5[Resource::<${sentFiles}.Arn>/${keys}]`,
  );
  const noReadersLog = "A log of who read which file would keep people's addresses for no purpose of ours.";

  const findings: readonly Acknowledged[] = [
    {
      on: keys,
      rules: ["SMG4"],
      reason:
        "A new key is added beside the old one, so that links already sent stay valid: a runbook step, no schedule.",
    },
    {
      on: bus,
      rules: ["SQS3"],
      reason: "It is itself the dead-letter queue: that of the table's stream, which the rule does not look at.",
    },
    {
      on: routes.http.api,
      rules: ["APIG4"],
      reason: "Visitors have no login: their handlers verify a signed session, and CloudFront's secret header on all.",
    },
    {
      on: sockets,
      rules: ["APIG1", "APIG4"],
      reason:
        "$connect is authorized and its identity holds for all messages. A log line for each message costs about as much as the message, and needs a role for the whole account.",
    },
    {
      on: site,
      rules: ["S1", "CFR3"],
      reason: noReadersLog,
    },
    { on: files, rules: ["S1"], reason: noReadersLog },
    {
      on: site,
      rules: ["CFR7"],
      reason: "The files' origin: each request brings its own signature, which CloudFront's would replace (ADR 20).",
    },
    {
      on: site,
      rules: ["CFR1", "CFR2", "CFR4"],
      reason:
        "Visitors come from every country. A firewall costs 6 $ a month and is the operator's decision; the APIs are throttled. Without a domain CloudFront's own certificate is used, and that fixes the oldest TLS version.",
    },
    {
      on: agents,
      rules: ["COG2", "COG8"],
      reason:
        "A second factor is offered to everybody. Threat protection needs a plan that is paid per user: the operator's decision.",
    },
    {
      on: stack,
      rules: ["IAM5[Resource::*]", connections("POST"), connections("DELETE"), ...fileKeys],
      reason:
        "X-Ray and ListStreams know no smaller resource, and the ids of connections and files are not known beforehand.",
    },
    {
      on: bucketDeployment(stack),
      rules: [
        "L1",
        "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
        ...["GetBucket", "GetObject", "List", "Abort", "DeleteObject"].map((action) => `IAM5[Action::s3:${action}*]`),
        "IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]",
        `IAM5[Resource::<${stack.resolve(site.bucket.bucketArn)["Fn::GetAtt"][0]}.Arn>/*]`,
      ],
      reason: "The CDK's own function for copying files into a bucket; it runs while the stack is deployed.",
    },
  ];
  for (const { on, rules, reason } of findings) {
    const acknowledgments = rules.map((rule): Acknowledgment => ({ id: `AwsSolutions-${rule}`, reason }));
    Validations.of(on).acknowledge(...acknowledgments);
  }
}

function bucketDeployment(stack: Stack): Construct {
  const found = stack.node.children.find(({ node }) => node.id.startsWith("Custom::CDKBucketDeployment"));
  if (found === undefined) throw new Error("The stack deploys no files: nothing to acknowledge.");
  return found as Construct;
}
