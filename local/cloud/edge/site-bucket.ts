import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { ObjectStore } from "../s3/object-store.ts";
import { objectReply, s3Error } from "../s3/replies.ts";
import { decode } from "../s3/request.ts";
import type { CloudContext, Resource } from "../service.ts";
import { contentTypeOf } from "./content-types.ts";
import type { EdgeReply, EdgeRequest } from "./exchange.ts";
import { replaceMarkers } from "./site-markers.ts";
import { matchesWildcard } from "./wildcard.ts";

/** Fills the template's buckets from its `Custom::CDKBucketDeployment` resources, in template order. */
export function deploySites({ template }: CloudContext, store: ObjectStore): void {
  for (const deployment of template.ofType("Custom::CDKBucketDeployment")) {
    deploy(deployment, store, (hash) => template.assetPath(hash));
  }
}

function bucketName({ properties }: Pick<Resource, "properties">): string {
  return String(properties.DestinationBucketName ?? properties.DestinationBucketArn).replace(/^arn:[^:]*:s3:::/, "");
}

function deploy({ logicalId, properties }: Resource, store: ObjectStore, assetPath: (hash: string) => string): void {
  const bucket = bucketName({ properties });
  const prefix = properties.DestinationBucketKeyPrefix
    ? `${String(properties.DestinationBucketKeyPrefix).replace(/\/+$/, "")}/`
    : "";
  const wanted = fileFilter(properties.Exclude ?? [], properties.Include ?? []);
  const headers = metadata(properties.SystemMetadata ?? {}, properties.UserMetadata ?? {});
  const deployed = new Map<string, { body: Buffer; headers: Record<string, string> }>();
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
        headers: { "content-type": contentTypeOf(path), ...headers },
      });
    }
  }
  // Prune is on unless the construct says no, and takes away only what the include and exclude filters select.
  if (String(properties.Prune ?? "true") === "true") {
    for (const { key } of store.list(bucket, prefix)) {
      if (!deployed.has(key) && wanted(key.slice(prefix.length))) store.remove(bucket, key);
    }
  }
  for (const [key, { body, headers: metadata }] of deployed) store.deploy(bucket, key, body, metadata);
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

/**
 * Answers a GET or HEAD as CloudFront's origin access control gets it. CloudFront has no `s3:ListBucket`, so a missing
 * key is 403 AccessDenied and not 404.
 */
export function readAsCloudFront(store: ObjectStore, bucket: string, { method, path }: EdgeRequest): EdgeReply {
  const object = store.find(bucket, decode(path.slice(1)));
  if (!object) return s3Error(403, "AccessDenied", "Access Denied");
  if (method === "GET" || method === "HEAD") return objectReply(object);
  return s3Error(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
}
