import type { CloudContext } from "../service.ts";
import { compileEdgeFunction, type EdgeFunction } from "./cloudfront-functions.ts";
import { type Forwarding, forwarding } from "./origin-request.ts";
import { type ResponseHeaders, responseHeaders } from "./response-headers.ts";
import { matchesWildcard } from "./wildcard.ts";

/** Where a behaviour sends its requests. */
export interface Origin {
  readonly kind: "bucket" | "http" | "websocket";
  /** Bucket name or API id. */
  readonly name: string;
  /** The host name that the origin is asked under. */
  readonly domain: string;
  /** Whether CloudFront signs the requests to a bucket with an identity of its own, which may read. */
  readonly signs: boolean;
  /** Put before every path, e.g. `/prod`. */
  readonly path: string;
  /** Added to every request, replacing what the viewer sent under these lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Behavior {
  /** `*` for the default behaviour. */
  readonly pattern: string;
  readonly origin: Origin;
  readonly methods: readonly string[];
  readonly compress: boolean;
  readonly forwarding: Forwarding;
  readonly responseHeaders: ResponseHeaders;
  readonly viewerRequest: EdgeFunction | undefined;
  readonly viewerResponse: EdgeFunction | undefined;
}

/** What an error of the origin turns into. */
export interface CustomError {
  readonly status: number;
  /** Page to serve instead; without it only the caching time would change. */
  readonly page: string | undefined;
  readonly answerAs: number;
}

/** An `AWS::CloudFront::Distribution`, read and checked. */
export interface Distribution {
  readonly id: string;
  readonly domainName: string;
  /** The first whose pattern matches, as CloudFront orders them; the default comes last. */
  behaviorFor(path: string): Behavior;
  readonly behaviors: readonly Behavior[];
  readonly rootObject: string;
  customError(status: number): CustomError | undefined;
}

/** Ids of what can stand behind an origin's domain name. */
export interface Backends {
  readonly buckets: readonly string[];
  readonly httpApis: readonly string[];
  readonly webSocketApis: readonly string[];
}

/** The template's only distribution, or undefined. Throws for what the front door can't do. */
export function readDistribution(context: CloudContext, backends: Backends): Distribution | undefined {
  const { template } = context;
  const [resource, another] = template.ofType("AWS::CloudFront::Distribution");
  if (another) throw new Error(`One distribution runs here; the template has ${another.logicalId} as well.`);
  if (!resource) return undefined;
  const config = resource.properties.DistributionConfig;
  const id = String(template.resolve({ Ref: resource.logicalId }));

  const functions = new Map<string, EdgeFunction>();
  for (const found of template.ofType("AWS::CloudFront::Function")) {
    const arn = String(template.resolve({ "Fn::GetAtt": [found.logicalId, "FunctionARN"] }));
    functions.set(arn, compileEdgeFunction(context, found));
  }
  const origins = new Map<string, Origin>(
    // biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties are untyped JSON
    config.Origins.map((one: any) => [one.Id, readOrigin(one, backends)]),
  );

  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties are untyped JSON
  function behavior(pattern: string, settings: any): Behavior {
    if (settings.LambdaFunctionAssociations?.length)
      throw new Error(`Lambda@Edge (behaviour ${pattern}) does not run here.`);
    const origin = origins.get(settings.TargetOriginId);
    if (!origin) throw new Error(`The behaviour ${pattern} names the unknown origin ${settings.TargetOriginId}.`);
    const associated = (eventType: string) => {
      const found = settings.FunctionAssociations?.find((one: { EventType: string }) => one.EventType === eventType);
      if (!found) return undefined;
      const compiled = functions.get(found.FunctionARN);
      if (!compiled) throw new Error(`The behaviour ${pattern} names the unknown function ${found.FunctionARN}.`);
      return compiled;
    };
    return {
      pattern,
      origin,
      methods: settings.AllowedMethods ?? ["GET", "HEAD"],
      compress: settings.Compress === true,
      forwarding: forwarding(context, settings.CachePolicyId, settings.OriginRequestPolicyId, origin.kind),
      responseHeaders: responseHeaders(context, settings.ResponseHeadersPolicyId),
      viewerRequest: associated("viewer-request"),
      viewerResponse: associated("viewer-response"),
    };
  }

  const fallback = behavior("*", config.DefaultCacheBehavior);
  const ordered = (config.CacheBehaviors ?? []).map((one: { PathPattern: string }) => behavior(one.PathPattern, one));
  const behaviors: readonly Behavior[] = [...ordered, fallback];
  const errors: Array<{ ErrorCode: number; ResponsePagePath?: string; ResponseCode?: number }> =
    config.CustomErrorResponses ?? [];
  return {
    id,
    domainName: String(template.resolve({ "Fn::GetAtt": [resource.logicalId, "DomainName"] })),
    behaviors,
    behaviorFor: (path) => behaviors.find(({ pattern }) => matchesWildcard(withSlash(pattern), path)) ?? fallback,
    rootObject: config.DefaultRootObject ?? "",
    customError(status) {
      const found = errors.find((one) => Number(one.ErrorCode) === status);
      return found && { status, page: found.ResponsePagePath, answerAs: Number(found.ResponseCode ?? status) };
    },
  };
}

/** A pattern means the same with and without its leading slash ("Path pattern"). */
function withSlash(pattern: string): string {
  return /^[/*]/.test(pattern) ? pattern : `/${pattern}`;
}

interface OriginProperties {
  readonly Id: string;
  readonly DomainName: string;
  readonly OriginPath?: string;
  readonly OriginCustomHeaders?: ReadonlyArray<{ HeaderName: string; HeaderValue: string }>;
  readonly OriginAccessControlId?: string;
  readonly S3OriginConfig?: { readonly OriginAccessIdentity?: string };
}

function readOrigin(properties: OriginProperties, backends: Backends): Origin {
  const { DomainName: domain, OriginPath: path = "", OriginCustomHeaders: custom = [] } = properties;
  const shared = {
    domain,
    signs: Boolean(properties.OriginAccessControlId || properties.S3OriginConfig?.OriginAccessIdentity),
    path: path.replace(/\/$/, ""),
    headers: Object.fromEntries(custom.map((one) => [one.HeaderName.toLowerCase(), String(one.HeaderValue)])),
  };
  const behind = (ids: readonly string[], service: string) =>
    ids.find((id) => domain.toLowerCase().startsWith(`${id}.${service}`.toLowerCase()));
  const bucket = behind(backends.buckets, "s3");
  if (bucket) return { kind: "bucket", name: bucket, ...shared };
  const http = behind(backends.httpApis, "execute-api.");
  if (http) return { kind: "http", name: http, ...shared };
  const webSocket = behind(backends.webSocketApis, "execute-api.");
  if (webSocket) return { kind: "websocket", name: webSocket, ...shared };
  throw new Error(`Origin ${properties.Id} is at ${domain}, which is no bucket or API of the template.`);
}
