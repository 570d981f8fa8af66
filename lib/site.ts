import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Duration } from "aws-cdk-lib";
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  HeadersReferrerPolicy,
  HttpVersion,
  type IOrigin,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { ChatFunction } from "./chat-function.ts";
import { contentSecurityPolicy, type Surface } from "./content-security.ts";
import type { Files } from "./files.ts";
import type { HttpApi } from "./http-api.ts";
import type { Keys } from "./keys.ts";
import { removalPolicyOf } from "./removal.ts";
import type { SocketApi } from "./socket-api.ts";

export interface SiteProps {
  readonly files: Files;
  readonly http: HttpApi;
  readonly sockets: SocketApi;
  readonly keys: Keys;
  /** Where the dashboard fetches from when somebody signs in. */
  readonly loginOrigins: readonly string[];
}

/** The one origin of everything: pages from a private bucket, `/api/*` and `/ws` from the APIs, `/files/*` from people. */
export class Site extends Construct {
  readonly distribution: Distribution;
  readonly bucket: IBucket;
  /** `https://` and CloudFront's host name. */
  readonly origin: string;

  constructor(scope: Construct, id: string, { files: sentFiles, http, sockets, keys, loginOrigins }: SiteProps) {
    super(scope, id);
    // It holds nothing that a deployment does not write again, so it may go with the stack, once it is empty.
    const bucket = new Bucket(this, "Bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: removalPolicyOf({ data: "keep" }),
    });
    // The cast: the CDK's classes do not meet their own interfaces under exactOptionalPropertyTypes.
    this.bucket = bucket as IBucket;
    const pages = S3BucketOrigin.withOriginAccessControl(this.bucket);
    const rewrites = this.#edgeFunction(
      "Rewrites",
      readFileSync(join(import.meta.dirname, "rewrites.cloudfront.js"), "utf8"),
    );
    const surface = (name: Surface, connectTo?: readonly string[]): BehaviorOptions => ({
      ...staticFiles(pages),
      responseHeadersPolicy: this.#pageHeaders(name, connectTo),
      functionAssociations: [{ function: rewrites, eventType: FunctionEventType.VIEWER_REQUEST }],
    });
    const files = { ...staticFiles(pages), responseHeadersPolicy: this.#fileHeaders() };

    this.distribution = new Distribution(this, "Distribution", {
      comment: "Live chat",
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: surface("dashboard", loginOrigins),
      additionalBehaviors: {
        "/portal/*": surface("portal"),
        "/widget/*": surface("widget"),
        "/widget.js": files,
        "/assets/*": files,
        "/files/*": sentFiles.behaviour,
        "/api/*": this.#api(http.host, keys),
        "/ws": this.#socket(sockets, keys),
      },
    });
    this.origin = `https://${this.distribution.distributionDomainName}`;
  }

  /** Writes addresses that people open: links in mails and tickets. */
  grantLinking(fn: ChatFunction): void {
    fn.addEnvironment("PUBLIC_ORIGIN", this.origin);
  }

  #api(host: string, keys: Keys): BehaviorOptions {
    return { ...this.#gateway(host, keys), responseHeadersPolicy: this.#fileHeaders("Api") };
  }

  #socket({ host, stage }: SocketApi, keys: Keys): BehaviorOptions {
    // A WebSocket API answers at its stage and at no path below it, so /ws must not reach it.
    const toStage = `function handler(event) { event.request.uri = "/${stage.stageName}"; return event.request; }`;
    return {
      ...this.#gateway(host, keys),
      functionAssociations: [
        { function: this.#edgeFunction("SocketStage", toStage), eventType: FunctionEventType.VIEWER_REQUEST },
      ],
    };
  }

  #gateway(host: string, keys: Keys): BehaviorOptions {
    return {
      // A dynamic reference: the template names the secret and does not contain it.
      origin: new HttpOrigin(host, { customHeaders: { "x-origin-verify": keys.origin.secretValue.unsafeUnwrap() } }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy: this.#perCaller,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    };
  }

  /**
   * Replies are kept for nobody unless their handler says so, and then for one second and the same connection. The
   * cache policy rather than the origin request policy names CloudFront's headers: all but `Host` must pass, and the
   * behaviour for that can't name additions ("Add CloudFront request headers", "Control origin requests with a policy").
   */
  get #perCaller(): CachePolicy {
    const made = this.node.tryFindChild("PerCaller");
    if (made instanceof CachePolicy) return made;
    return new CachePolicy(this, "PerCaller", {
      comment: "Live chat: replies belong to one caller",
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.seconds(1),
      headerBehavior: CacheHeaderBehavior.allowList(
        "Authorization",
        "CloudFront-Viewer-Address",
        "CloudFront-Viewer-Country",
      ),
      queryStringBehavior: CacheQueryStringBehavior.all(),
      cookieBehavior: CacheCookieBehavior.none(),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  #pageHeaders(surface: Surface, connectTo: readonly string[] = []): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, `${surface}Headers`, {
      comment: `Live chat: pages of the ${surface}`,
      securityHeadersBehavior: {
        ...everywhere,
        contentSecurityPolicy: {
          contentSecurityPolicy: contentSecurityPolicy(surface, connectTo),
          override: true,
        },
      },
    });
  }

  #fileHeaders(id = "File"): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, `${id}Headers`, {
      comment: `Live chat: ${id === "File" ? "scripts, styles and pictures" : "replies of the API"}`,
      securityHeadersBehavior: everywhere,
    });
  }

  #edgeFunction(id: string, code: string): EdgeFunction {
    return new EdgeFunction(this, id, { code: FunctionCode.fromInline(code), comment: `Live chat: ${id}` });
  }
}

/** Portal links carry their token in the fragment; no page tells another site which address it was on at all. */
const everywhere = {
  contentTypeOptions: { override: true },
  referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
  strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
} as const;

function staticFiles(origin: IOrigin): BehaviorOptions {
  return {
    origin,
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    cachePolicy: CachePolicy.CACHING_OPTIMIZED,
    compress: true,
  };
}

/** Throws when the pages have not been built. */
export function requireBuiltSite(directory: string): string {
  if (existsSync(join(directory, "widget.js"))) return directory;
  throw new Error(`${join(directory, "widget.js")} is missing: run npm run build first.`);
}
