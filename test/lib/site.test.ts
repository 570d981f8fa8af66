import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "../../lib/content-security.ts";
import { synthesize } from "./synthesis.ts";

const { template } = synthesize();
const resources = template.toJSON().Resources;
const distribution = Object.values(template.findResources("AWS::CloudFront::Distribution"))[0]?.Properties
  .DistributionConfig;
const behaviours: readonly Record<string, unknown>[] = distribution.CacheBehaviors;
const behaviour = (path: string): Record<string, unknown> =>
  behaviours.find(({ PathPattern }) => PathPattern === path) ?? {};
const exceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

describe("the front door", () => {
  it("serves pages by default, and has a way of its own for each surface and API", () => {
    expect(behaviours.map(({ PathPattern }) => PathPattern)).toEqual([
      "/portal/*",
      "/widget/*",
      "/widget.js",
      "/assets/*",
      "/files/*",
      "/api/*",
      "/ws",
    ]);
  });

  it.each(["/api/*", "/ws"])("forwards everything but Host for %s, with the viewer's address and country", (path) => {
    const { OriginRequestPolicyId, CachePolicyId } = behaviour(path);
    expect(OriginRequestPolicyId).toBe(exceptHost);
    const policy = resources[(CachePolicyId as { Ref: string }).Ref].Properties.CachePolicyConfig;
    expect(policy).toMatchObject({ MinTTL: 0, DefaultTTL: 0, MaxTTL: 1 });
    const { HeadersConfig, QueryStringsConfig } = policy.ParametersInCacheKeyAndForwardedToOrigin;
    expect(QueryStringsConfig.QueryStringBehavior).toBe("all");
    expect(HeadersConfig.Headers).toEqual(["Authorization", "CloudFront-Viewer-Address", "CloudFront-Viewer-Country"]);
  });

  it("proves itself to the APIs with the secret of the stack, and to the bucket not", () => {
    const origins: readonly { CustomOriginConfig?: unknown; OriginCustomHeaders?: readonly unknown[] }[] =
      distribution.Origins;
    const apis = origins.filter(({ CustomOriginConfig }) => CustomOriginConfig !== undefined);
    expect(apis).toHaveLength(2);
    for (const { OriginCustomHeaders } of apis) {
      expect(OriginCustomHeaders).toMatchObject([{ HeaderName: "x-origin-verify" }]);
      expect(JSON.stringify(OriginCustomHeaders)).toContain("{{resolve:secretsmanager:");
    }
    const bucket = origins.find(({ CustomOriginConfig }) => CustomOriginConfig === undefined);
    expect(bucket?.OriginCustomHeaders).toBeUndefined();
  });

  it("reads a bucket that nobody else can read", () => {
    template.hasResourceProperties("AWS::S3::Bucket", {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    template.resourceCountIs("AWS::CloudFront::OriginAccessControl", 1);
  });
});

describe("the rewrites", () => {
  const rewrite = (code: string, uri: string): string =>
    vm.runInNewContext(`${code}; handler({ request: { uri } }).uri`, { uri });
  const pages = readFileSync(join(import.meta.dirname, "../../lib/rewrites.cloudfront.js"), "utf8");

  it.each([
    ["/", "/dashboard/index.html"],
    ["/login/callback", "/dashboard/index.html"],
    ["/chatbot/demo/dashboard/live-chats/abc", "/dashboard/index.html"],
    ["/chatbots.html", "/chatbots.html"],
    ["/no/such/page", "/dashboard/index.html"],
    ["/chatbot/demo/dashboard/live-chats/a.b", "/dashboard/index.html"],
    ["/portal/customer", "/portal/index.html"],
    ["/widget/", "/widget/index.html"],
    ["/widget/index.html", "/widget/index.html"],
    ["/config.json", "/config.json"],
    ["/assets/app-1a2b3c.js", "/assets/app-1a2b3c.js"],
  ])("serve %s from %s", (uri, file) => {
    expect(rewrite(pages, uri)).toBe(file);
  });

  it("send a socket to the stage, where alone a WebSocket API answers", () => {
    const [association] = behaviour("/ws").FunctionAssociations as [{ FunctionARN: { "Fn::GetAtt": [string] } }];
    const code = resources[association.FunctionARN["Fn::GetAtt"][0]].Properties.FunctionCode;
    expect(rewrite(code, "/ws")).toBe("/live");
  });
});

describe("the headers of pages", () => {
  it.each(["dashboard", "portal", "widget"] as const)(
    "allow no inline script and no foreign script on the %s",
    (surface) => {
      const policy = contentSecurityPolicy(surface);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toContain("unsafe");
    },
  );

  it("let anybody frame the widget, and nobody the dashboard or a portal", () => {
    expect(contentSecurityPolicy("widget")).toContain("frame-ancestors *");
    expect(contentSecurityPolicy("dashboard")).toContain("frame-ancestors 'none'");
    expect(contentSecurityPolicy("portal")).toContain("frame-ancestors 'none'");
  });

  it("tell no other site where the reader came from", () => {
    for (const { Properties } of Object.values(template.findResources("AWS::CloudFront::ResponseHeadersPolicy"))) {
      const { ReferrerPolicy } = Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig;
      expect(ReferrerPolicy).toEqual({ ReferrerPolicy: "no-referrer", Override: true });
    }
  });

  it("let only the dashboard talk to the login", () => {
    const policies = Object.values(template.findResources("AWS::CloudFront::ResponseHeadersPolicy")).filter((policy) =>
      JSON.stringify(policy).includes("amazoncognito.com"),
    );
    expect(policies.map(({ Properties }) => Properties.ResponseHeadersPolicyConfig.Comment)).toEqual([
      "Live chat: pages of the dashboard",
    ]);
    // Without its last slash an address in a policy stands for itself alone, and not for what is below it.
    expect(JSON.stringify(policies)).toContain(".amazoncognito.com/ ");
  });
});

describe("the files", () => {
  it.each([
    ["hashed files for a year", "public, max-age=31536000, immutable", ["assets/*"], ["*"]],
    ["the loader for five minutes", "public, max-age=300, stale-while-revalidate=86400", ["widget.js"], ["*"]],
    ["pages not at all", "no-cache", undefined, ["assets/*", "widget.js"]],
  ])("keep %s in browsers", (_, cacheControl, include, exclude) => {
    template.hasResourceProperties("Custom::CDKBucketDeployment", {
      SystemMetadata: { "cache-control": cacheControl },
      Include: include ?? Match.absent(),
      Exclude: exclude,
      Prune: false,
    });
  });
});
