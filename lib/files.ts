import { Duration } from "aws-cdk-lib";
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  HeadersReferrerPolicy,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { Grant } from "aws-cdk-lib/aws-iam";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { ChatFunction } from "./chat-function.ts";
import { removalPolicyOf } from "./removal.ts";
import type { Stage } from "./stage.ts";

export interface FilesProps {
  /** Whether the files outlive the stack. */
  readonly stage: Pick<Stage, "data">;
}

/**
 * The files that people send each other: a private bucket, which browsers reach below `/files/` of our own origin with
 * addresses that a function has signed (ADR 20). `lambdas/adapters/files.ts` spells the keys.
 */
export class Files extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { stage }: FilesProps) {
    super(scope, id);
    this.bucket = new Bucket(this, "Bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: removalPolicyOf(stage),
      lifecycleRules: [
        { id: "NeverSent", prefix: "files/unsent/", expiration: Duration.days(2) },
        { id: "NeverFinished", abortIncompleteMultipartUploadAfter: Duration.days(2) },
      ],
    });
  }

  /**
   * The way through the front door. CloudFront signs nothing itself: the query string says who allowed this one request,
   * and S3 checks it. So all of it must pass and `Host` must not, because the signature covers the bucket's. The managed
   * origin request policies drop `response-content-type` and `response-content-disposition` on the way to S3
   * ("Use managed origin request policies"), hence one of our own.
   */
  get behaviour(): BehaviorOptions {
    return {
      // The cast: the CDK's classes do not meet their own interfaces under exactOptionalPropertyTypes.
      origin: S3BucketOrigin.withBucketDefaults(this.bucket as IBucket),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: new OriginRequestPolicy(this, "Signed", {
        comment: "Live chat: signed addresses of files",
        queryStringBehavior: OriginRequestQueryStringBehavior.all(),
        // An upload's type is signed.
        headerBehavior: OriginRequestHeaderBehavior.allowList("Content-Type"),
        cookieBehavior: OriginRequestCookieBehavior.none(),
      }),
      responseHeadersPolicy: new ResponseHeadersPolicy(this, "Headers", {
        comment: "Live chat: files that people sent",
        securityHeadersBehavior: {
          // Somebody's file is on our origin: if a browser ever showed it as a page, it could do nothing there.
          contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; sandbox", override: true },
          contentTypeOptions: { override: true },
          referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
          strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
        },
      }),
    };
  }

  /** Signs addresses to upload to and to download from: whoever signs must be allowed to do it. */
  grantHandingOver(fn: ChatFunction): void {
    this.#grant(fn, ["s3:PutObject"], ["files/unsent/*"]);
    this.#grant(fn, ["s3:GetObject"], ["files/unsent/*", "files/sent/*"]);
  }

  /** Takes uploaded files to where they stay, with the message that they are sent with. */
  grantKeeping(fn: ChatFunction): void {
    this.#grant(fn, ["s3:GetObject"], ["files/unsent/*"]);
    this.#grant(fn, ["s3:PutObject"], ["files/sent/*"]);
    this.#grantListing(fn);
  }

  /** Deletes all files of a conversation. */
  grantErasing(fn: ChatFunction): void {
    this.#grant(fn, ["s3:DeleteObject"], ["files/*"]);
    this.#grantListing(fn);
  }

  /** Without it, S3 answers that a missing file is forbidden rather than missing ("HeadObject"). */
  #grantListing(fn: ChatFunction): void {
    Grant.addToPrincipal({ grantee: fn, actions: ["s3:ListBucket"], resourceArns: [this.bucket.bucketArn] });
  }

  #grant(fn: ChatFunction, actions: string[], keys: readonly string[]): void {
    fn.addEnvironment("FILES_BUCKET", this.bucket.bucketName);
    Grant.addToPrincipal({ grantee: fn, actions, resourceArns: keys.map((each) => this.bucket.arnForObjects(each)) });
  }
}
