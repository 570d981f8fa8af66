import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { CloudContext, Resource } from "../service.ts";
import { contentTypeOf } from "./content-types.ts";
import type { EdgeReply, EdgeRequest } from "./exchange.ts";
import { replaceMarkers } from "./site-markers.ts";
import { matchesWildcard } from "./wildcard.ts";

/** An object as S3 serves it. */
export interface SiteObject {
  readonly body: Buffer;
  /** Quoted MD5, as S3 makes it for a simple upload. */
  readonly etag: string;
  readonly lastModified: number;
  /** Lower-case system metadata such as `cache-control`, and user metadata as `x-amz-meta-…`. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface SiteBuckets {
  /** The names of the buckets in the template. */
  readonly names: readonly string[];
  /** The keys of one bucket, sorted. */
  keys(bucket: string): readonly string[];
  /** Answers a GET or HEAD of the S3 REST endpoint, as CloudFront's origin access control sees it. */
  handle(bucket: string, request: EdgeRequest): EdgeReply;
}

/** Fills the template's buckets from its `Custom::CDKBucketDeployment` resources, in template order. */
export function deploySites(context: CloudContext): SiteBuckets {
  const { template, clock } = context;
  const buckets = new Map<string, Map<string, SiteObject>>();
  for (const { logicalId } of template.ofType("AWS::S3::Bucket")) {
    buckets.set(String(template.resolve({ Ref: logicalId })), new Map());
  }
  for (const deployment of template.ofType("Custom::CDKBucketDeployment")) {
    const name = bucketName(deployment);
    const bucket = buckets.get(name) ?? new Map<string, SiteObject>();
    buckets.set(name, bucket);
    deploy(deployment, bucket, (hash) => template.assetPath(hash), clock.now());
  }
  return {
    names: [...buckets.keys()],
    keys: (bucket) => [...(buckets.get(bucket)?.keys() ?? [])].sort(),
    handle: (bucket, request) => serve(buckets.get(bucket), request),
  };
}

function bucketName({ properties }: Resource): string {
  return String(properties.DestinationBucketName ?? properties.DestinationBucketArn).replace(/^arn:[^:]*:s3:::/, "");
}

function deploy(
  { logicalId, properties }: Resource,
  bucket: Map<string, SiteObject>,
  assetPath: (hash: string) => string,
  now: number,
): void {
  const prefix = properties.DestinationBucketKeyPrefix
    ? `${String(properties.DestinationBucketKeyPrefix).replace(/\/+$/, "")}/`
    : "";
  const wanted = fileFilter(properties.Exclude ?? [], properties.Include ?? []);
  const headers = metadata(properties.SystemMetadata ?? {}, properties.UserMetadata ?? {});
  const deployed = new Map<string, SiteObject>();
  for (const [index, sourceKey] of (properties.SourceObjectKeys as string[]).entries()) {
    const source = assetPath(sourceKey.replace(/\.zip$/, ""));
    if (!statSync(source).isDirectory()) {
      throw new Error(`${logicalId} deploys ${sourceKey}, which isn't a directory asset; only directories run here.`);
    }
    for (const file of filesBelow(source)) {
      const path = relative(source, file).split(sep).join("/");
      if (!wanted(path)) continue;
      const markers = properties.SourceMarkers?.[index] ?? {};
      const body = replaceMarkers(readFileSync(file), markers, properties.SourceMarkersConfig?.[index] ?? {});
      deployed.set(prefix + path, {
        body,
        etag: `"${createHash("md5").update(body).digest("hex")}"`,
        // Whole seconds: HTTP dates have no more.
        lastModified: Math.floor(now / 1000) * 1000,
        headers: { "content-type": contentTypeOf(path), ...headers },
      });
    }
  }
  // Prune is on unless the construct says no, and takes away only what the include and exclude filters select.
  if (String(properties.Prune ?? "true") === "true") {
    for (const key of bucket.keys()) {
      if (key.startsWith(prefix) && !deployed.has(key) && wanted(key.slice(prefix.length))) bucket.delete(key);
    }
  }
  for (const [key, object] of deployed) bucket.set(key, object);
}

/** `aws s3 sync --exclude … --include …`: an include takes back what an exclude removed. */
function fileFilter(exclude: readonly string[], include: readonly string[]): (path: string) => boolean {
  return (path) =>
    !exclude.some((pattern) => matchesWildcard(pattern, path)) ||
    include.some((pattern) => matchesWildcard(pattern, path));
}

function metadata(system: Record<string, string>, user: Record<string, string>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(system)) headers[name.toLowerCase()] = String(value);
  for (const [name, value] of Object.entries(user)) headers[`x-amz-meta-${name.toLowerCase()}`] = String(value);
  return headers;
}

function* filesBelow(directory: string): Generator<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

/** CloudFront has no `s3:ListBucket`, so a missing key is 403 AccessDenied and not 404. */
function serve(bucket: ReadonlyMap<string, SiteObject> | undefined, request: EdgeRequest): EdgeReply {
  const key = decodeKey(request.path);
  const object = key === undefined ? undefined : bucket?.get(key);
  if (!object) return s3Error(403, "AccessDenied", "Access Denied");
  if (request.method !== "GET" && request.method !== "HEAD") {
    return s3Error(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
  }
  const headers = {
    ...object.headers,
    etag: object.etag,
    "last-modified": new Date(object.lastModified).toUTCString(),
    "accept-ranges": "bytes",
    server: "AmazonS3",
  };
  return { status: 200, headers, body: object.body };
}

function decodeKey(path: string): string | undefined {
  try {
    return decodeURIComponent(path.slice(1));
  } catch {
    return undefined;
  }
}

function s3Error(status: number, code: string, message: string): EdgeReply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { "content-type": "application/xml", server: "AmazonS3" }, body: Buffer.from(body) };
}
