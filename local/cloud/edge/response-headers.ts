import type { CloudContext } from "../service.ts";
import { policyOf } from "./origin-request.ts";

/** Changes the headers of a reply on its way to the viewer. `origin` is the viewer's `Origin` header. */
export type ResponseHeaders = (headers: Readonly<Record<string, string>>, origin?: string) => Record<string, string>;

interface PolicyHeader {
  readonly name: string;
  readonly value: string;
  readonly override: boolean;
}

/** "Use managed response headers policies": SecurityHeadersPolicy. */
const managedSecurityHeaders: readonly PolicyHeader[] = [
  { name: "referrer-policy", value: "strict-origin-when-cross-origin", override: false },
  { name: "strict-transport-security", value: "max-age=31536000", override: false },
  { name: "x-content-type-options", value: "nosniff", override: true },
  { name: "x-frame-options", value: "SAMEORIGIN", override: false },
  { name: "x-xss-protection", value: "1; mode=block", override: false },
];

const managed: Readonly<Record<string, readonly PolicyHeader[]>> = {
  "67f7725c-6f97-4210-82d7-5512b31e9d03": managedSecurityHeaders,
  // SimpleCORS
  "60669652-455b-4ae9-85a4-c4c02393f86c": [{ name: "access-control-allow-origin", value: "*", override: false }],
};

export function responseHeaders(context: CloudContext, policyId: string | undefined): ResponseHeaders {
  if (policyId === undefined) return (headers) => ({ ...headers });
  const known = managed[policyId];
  if (known) return (headers) => merge(headers, known);
  const { ResponseHeadersPolicyConfig: config } = policyOf(context, "AWS::CloudFront::ResponseHeadersPolicy", policyId);
  const fixed = [...securityHeaders(config.SecurityHeadersConfig ?? {}), ...customHeaders(config.CustomHeadersConfig)];
  const removed: string[] = (config.RemoveHeadersConfig?.Items ?? []).map((item: { Header: string }) =>
    item.Header.toLowerCase(),
  );
  return (headers, origin) => {
    const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !removed.includes(name)));
    return merge(kept, [...fixed, ...(origin ? corsHeaders(config.CorsConfig, origin) : [])]);
  };
}

function merge(headers: Readonly<Record<string, string>>, additions: readonly PolicyHeader[]): Record<string, string> {
  const merged = { ...headers };
  for (const { name, value, override } of additions) {
    if (override || merged[name] === undefined) merged[name] = value;
  }
  return merged;
}

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties are untyped JSON
function securityHeaders(config: Record<string, any>): PolicyHeader[] {
  const headers: PolicyHeader[] = [];
  const add = (name: string, section: { Override?: boolean } | undefined, value: string) => {
    if (section) headers.push({ name, value, override: section.Override === true });
  };
  const {
    ContentSecurityPolicy: csp,
    ContentTypeOptions: sniffing,
    FrameOptions: frames,
    ReferrerPolicy: referrer,
    StrictTransportSecurity: transport,
    XSSProtection: xss,
  } = config;
  add("content-security-policy", csp, csp?.ContentSecurityPolicy);
  add("x-content-type-options", sniffing, "nosniff");
  add("x-frame-options", frames, frames?.FrameOption);
  add("referrer-policy", referrer, referrer?.ReferrerPolicy);
  const subdomains = transport?.IncludeSubdomains ? "; includeSubDomains" : "";
  const preload = transport?.Preload ? "; preload" : "";
  add("strict-transport-security", transport, `max-age=${transport?.AccessControlMaxAgeSec}${subdomains}${preload}`);
  add("x-xss-protection", xss, xss?.Protection ? `1${xss.ModeBlock ? "; mode=block" : ""}` : "0");
  return headers;
}

function customHeaders(
  config: { Items: Array<{ Header: string; Value: string; Override: boolean }> } | undefined,
): PolicyHeader[] {
  return (config?.Items ?? []).map(({ Header, Value, Override }) => ({
    name: Header.toLowerCase(),
    value: Value,
    override: Override,
  }));
}

interface CorsPolicy {
  readonly AccessControlAllowCredentials: boolean;
  readonly AccessControlAllowHeaders: { readonly Items: readonly string[] };
  readonly AccessControlAllowMethods: { readonly Items: readonly string[] };
  readonly AccessControlAllowOrigins: { readonly Items: readonly string[] };
  readonly AccessControlExposeHeaders?: { readonly Items: readonly string[] };
  readonly AccessControlMaxAgeSec?: number;
  readonly OriginOverride: boolean;
}

function corsHeaders(cors: CorsPolicy | undefined, origin: string): PolicyHeader[] {
  const origins = cors?.AccessControlAllowOrigins.Items ?? [];
  const everyone = origins.includes("*");
  if (!cors || !(everyone || origins.includes(origin))) return [];
  const override = cors.OriginOverride;
  const header = (name: string, value: string) => ({ name, value, override });
  const exposed = cors.AccessControlExposeHeaders?.Items ?? [];
  return [
    header("access-control-allow-origin", everyone ? "*" : origin),
    header("access-control-allow-methods", cors.AccessControlAllowMethods.Items.join(", ")),
    header("access-control-allow-headers", cors.AccessControlAllowHeaders.Items.join(", ")),
    ...(cors.AccessControlAllowCredentials ? [header("access-control-allow-credentials", "true")] : []),
    ...(exposed.length > 0 ? [header("access-control-expose-headers", exposed.join(", "))] : []),
    ...(cors.AccessControlMaxAgeSec ? [header("access-control-max-age", String(cors.AccessControlMaxAgeSec))] : []),
  ];
}
