import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { readStage } from "../../lib/stage.ts";
import { synthesize } from "./synthesis.ts";

const { template, stack, statementsOf } = synthesize();
const resources = template.toJSON().Resources;
const distribution = Object.values(template.findResources("AWS::CloudFront::Distribution"))[0]?.Properties
  .DistributionConfig;
const behaviour = distribution.CacheBehaviors.find(
  ({ PathPattern }: { PathPattern: string }) => PathPattern === "/files/*",
);
const bucketId = Object.keys(template.findResources("AWS::S3::Bucket")).find((id) => id.startsWith("Files")) ?? "";
const policyOf = ({ Ref }: { Ref: string }) => resources[Ref].Properties;

describe("the bucket of the files", () => {
  it("is private, encrypted, and outlives the stack where data is kept", () => {
    const bucket = resources[bucketId];
    expect(bucket.DeletionPolicy).toBe("Retain");
    expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(bucket.Properties.BucketEncryption).toBeDefined();
    const disposable = synthesize({ ...readStage(undefined), data: "disposable" });
    expect(disposable.template.toJSON().Resources[bucketId].DeletionPolicy).toBe("Delete");
  });

  it("deletes after two days what was never sent, and nothing else", () => {
    expect(resources[bucketId].Properties.LifecycleConfiguration.Rules).toEqual([
      { Id: "NeverSent", Prefix: "files/unsent/", ExpirationInDays: 2, Status: "Enabled" },
      { Id: "NeverFinished", AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 }, Status: "Enabled" },
    ]);
  });

  it("lets nobody in by its policy: who asks brings a signature", () => {
    template.hasResourceProperties("AWS::S3::BucketPolicy", {
      Bucket: { Ref: bucketId },
      PolicyDocument: { Statement: [Match.objectLike({ Effect: "Deny" })] },
    });
  });
});

describe("the way to the files through the front door", () => {
  it("lets uploads through, caches nothing, and does not sign in CloudFront's name", () => {
    expect(behaviour.AllowedMethods).toContain("PUT");
    // "Use managed cache policies": CachingDisabled.
    expect(behaviour.CachePolicyId).toBe("4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
    const origin = distribution.Origins.find(({ Id }: { Id: string }) => Id === behaviour.TargetOriginId);
    expect(origin.DomainName).toEqual({ "Fn::GetAtt": [bucketId, "RegionalDomainName"] });
    expect(origin.OriginAccessControlId).toBeUndefined();
  });

  it("forwards the whole query and the type, and not the host that the signature is not for", () => {
    const { OriginRequestPolicyConfig } = policyOf(behaviour.OriginRequestPolicyId);
    expect(OriginRequestPolicyConfig).toMatchObject({
      QueryStringsConfig: { QueryStringBehavior: "all" },
      HeadersConfig: { HeaderBehavior: "whitelist", Headers: ["Content-Type"] },
      CookiesConfig: { CookieBehavior: "none" },
    });
  });

  it("keeps a browser from running what somebody sent", () => {
    const { SecurityHeadersConfig } = policyOf(behaviour.ResponseHeadersPolicyId).ResponseHeadersPolicyConfig;
    expect(SecurityHeadersConfig).toMatchObject({
      ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'; sandbox", Override: true },
      ContentTypeOptions: { Override: true },
    });
  });
});

describe("who may touch the files", () => {
  /** `PutObject files/sent/*`, without what all functions have. */
  const rightsOf = (id: string): readonly string[] =>
    statementsOf(id)
      .flatMap(({ Action, Resource }) =>
        [Action].flat().map((action) => ({ action, resource: stack.resolve(Resource) })),
      )
      .filter(({ action }) => action.startsWith("s3:"))
      .flatMap(({ action, resource }) => {
        const keys = [...JSON.stringify(resource).matchAll(/\/(files\/[a-z/]*\*)/g)].map(([, key]) => key);
        return (keys.length === 0 ? ["the bucket"] : keys).map((key) => `${action.slice(3)} ${key}`);
      })
      .toSorted();

  it.each([
    ["HandOverFiles", ["GetObject files/sent/*", "GetObject files/unsent/*", "PutObject files/unsent/*"]],
    ["HandleSocketMessage", ["GetObject files/unsent/*", "ListBucket the bucket", "PutObject files/sent/*"]],
    ["ActOnConversation", ["GetObject files/unsent/*", "ListBucket the bucket", "PutObject files/sent/*"]],
    ["ActAsAgent", ["GetObject files/unsent/*", "ListBucket the bucket", "PutObject files/sent/*"]],
    ["EraseConversation", ["DeleteObject files/*", "ListBucket the bucket"]],
    ["SweepConversation", ["DeleteObject files/*", "ListBucket the bucket"]],
    ["EraseExpired", ["DeleteObject files/*", "ListBucket the bucket"]],
    ["SaveVisitor", []],
    ["NotifyByEmail", []],
  ])("lets %s do %j", (id, rights) => {
    expect(rightsOf(id)).toEqual(rights);
  });
});

describe("the retention", () => {
  it("runs every night, and what can't be started waits for somebody", () => {
    template.hasResourceProperties("AWS::Events::Rule", {
      ScheduleExpression: "cron(17 3 * * ? *)",
      Targets: [Match.objectLike({ DeadLetterConfig: { Arn: Match.anyValue() } })],
    });
  });
});
