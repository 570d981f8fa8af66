import type { CloudContext } from "../service.ts";

/** Which headers, cookies and query parameters of the viewer reach the origin. */
export interface Forwarding {
  header(name: string): boolean;
  cookie(name: string): boolean;
  query(name: string): boolean;
  readonly compressions: ReadonlySet<"br" | "gzip">;
}

interface Selection {
  readonly headers: Choice;
  readonly cookies: Choice;
  readonly queries: Choice;
}

type Choice = (name: string) => boolean;

const none: Choice = () => false;
const all: Choice = () => true;
const only =
  (names: readonly string[]): Choice =>
  (name) =>
    names.some((one) => one.toLowerCase() === name.toLowerCase());
const isCloudFrontHeader: Choice = (name) => name.toLowerCase().startsWith("cloudfront-");
const viewerHeaders: Choice = (name) => !isCloudFrontHeader(name);

const cors = ["origin", "access-control-request-headers", "access-control-request-method"];

/** "Use managed origin request policies". */
const managedOriginRequests: Readonly<Record<string, Selection>> = {
  // AllViewer
  "216adef6-5c7f-47e4-b989-5492eafa07d3": { headers: viewerHeaders, cookies: all, queries: all },
  // AllViewerExceptHostHeader
  "b689b0a8-53d0-40ab-baf2-68738e2966ac": {
    headers: (name) => viewerHeaders(name) && name.toLowerCase() !== "host",
    cookies: all,
    queries: all,
  },
  // AllViewerAndCloudFrontHeaders-2022-06
  "33f36d7e-f396-46d9-90e0-52428a34d9dc": { headers: all, cookies: all, queries: all },
  // CORS-S3Origin
  "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": { headers: only(cors), cookies: none, queries: none },
  // CORS-CustomOrigin
  "59781a5b-3903-41f3-afcb-af62929ccde1": { headers: only(["origin"]), cookies: none, queries: none },
  // UserAgentRefererHeaders
  "acba4595-bd28-49b8-b9fe-13317c0390fa": { headers: only(["user-agent", "referer"]), cookies: none, queries: none },
};

/** "Use managed origin request policies": what the AllViewer ones keep from an S3 origin. */
const keptFromBuckets = only(["response-content-type", "response-content-disposition", "response-content-encoding"]);
const allViewerPolicies = [
  "216adef6-5c7f-47e4-b989-5492eafa07d3",
  "b689b0a8-53d0-40ab-baf2-68738e2966ac",
  "33f36d7e-f396-46d9-90e0-52428a34d9dc",
];

interface CacheSelection extends Selection {
  readonly compressions: ReadonlySet<"br" | "gzip">;
}

const nothing: Selection = { headers: none, cookies: none, queries: none };
const both: ReadonlySet<"br" | "gzip"> = new Set(["br", "gzip"]);
const neither: ReadonlySet<"br" | "gzip"> = new Set();
const originControlled = ["host", "origin", "x-http-method-override", "x-http-method", "x-method-override"];

/** "Use managed cache policies". */
const managedCaching: Readonly<Record<string, CacheSelection>> = {
  // CachingOptimized
  "658327ea-f89d-4fab-a63d-7e88639e58f6": { ...nothing, compressions: both },
  // CachingOptimizedForUncompressedObjects
  "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": { ...nothing, compressions: neither },
  // CachingDisabled: nothing is compressed either
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": { ...nothing, compressions: neither },
  // UseOriginCacheControlHeaders
  "83da9c7e-98b4-4e11-a168-04f0df8e2c65": {
    headers: only(originControlled),
    cookies: all,
    queries: none,
    compressions: both,
  },
  // UseOriginCacheControlHeaders-QueryStrings
  "4cc15a8a-d715-48a4-82b8-cc0b614638fe": {
    headers: only(originControlled),
    cookies: all,
    queries: all,
    compressions: both,
  },
};

/** What a behaviour's cache policy and origin request policy forward together to an origin of this kind. */
export function forwarding(
  context: CloudContext,
  cachePolicyId: string | undefined,
  originRequestPolicyId: string | undefined,
  kind: "bucket" | "http" | "websocket",
): Forwarding {
  const cache = cachePolicy(context, cachePolicyId);
  const origin = originRequestPolicy(context, originRequestPolicyId);
  const withheld =
    kind === "bucket" && allViewerPolicies.includes(originRequestPolicyId ?? "") ? keptFromBuckets : none;
  return {
    header: (name) => cache.headers(name) || origin.headers(name),
    cookie: (name) => cache.cookies(name) || origin.cookies(name),
    query: (name) => cache.queries(name) || (origin.queries(name) && !withheld(name)),
    compressions: cache.compressions,
  };
}

function cachePolicy(context: CloudContext, id: string | undefined): CacheSelection {
  if (id === undefined) return { ...nothing, compressions: neither };
  const managed = managedCaching[id];
  if (managed) return managed;
  const { CachePolicyConfig: config } = policyOf(context, "AWS::CloudFront::CachePolicy", id);
  const key = config.ParametersInCacheKeyAndForwardedToOrigin;
  const compressions = new Set<"br" | "gzip">();
  // CloudFront compresses nothing that it can't cache.
  if (Number(config.MaxTTL ?? 31_536_000) > 0) {
    if (key.EnableAcceptEncodingBrotli) compressions.add("br");
    if (key.EnableAcceptEncodingGzip) compressions.add("gzip");
  }
  return { ...selectionOf(key), compressions };
}

function originRequestPolicy(context: CloudContext, id: string | undefined): Selection {
  if (id === undefined) return nothing;
  const managed = managedOriginRequests[id];
  if (managed) return managed;
  return selectionOf(policyOf(context, "AWS::CloudFront::OriginRequestPolicy", id).OriginRequestPolicyConfig);
}

function selectionOf(config: {
  HeadersConfig?: { HeaderBehavior: string; Headers?: string[] };
  CookiesConfig?: { CookieBehavior: string; Cookies?: string[] };
  QueryStringsConfig?: { QueryStringBehavior: string; QueryStrings?: string[] };
}): Selection {
  const { HeadersConfig: headers, CookiesConfig: cookies, QueryStringsConfig: queries } = config;
  return {
    headers: choice(headers?.HeaderBehavior, headers?.Headers ?? [], viewerHeaders),
    cookies: choice(cookies?.CookieBehavior, cookies?.Cookies ?? [], all),
    queries: choice(queries?.QueryStringBehavior, queries?.QueryStrings ?? [], all),
  };
}

function choice(behaviour: string | undefined, names: readonly string[], everything: Choice): Choice {
  switch (behaviour) {
    case "whitelist":
      return only(names);
    case "allExcept":
      return (name) => everything(name) && !only(names)(name);
    case "all":
    case "allViewer":
      return everything;
    case "allViewerAndWhitelistCloudFront":
      return (name) => everything(name) || only(names)(name);
    default:
      return none;
  }
}

/** Finds a policy by the id that the template refers to; an unknown id is a managed policy that isn't known here. */
export function policyOf(context: CloudContext, type: string, id: string) {
  const found = context.template.ofType(type).find((one) => context.template.resolve({ Ref: one.logicalId }) === id);
  if (!found) throw new Error(`${type} ${id} is not in the template and is no managed policy known here.`);
  return found.properties;
}
