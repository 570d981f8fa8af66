import { escapeXml } from "../query-protocol.ts";
import type { ObjectStore } from "./object-store.ts";
import { s3Namespace } from "./replies.ts";
import { parameter, type S3Request } from "./request.ts";

/** "ListObjectsV2": at most this many keys and common prefixes a page. */
const largestPage = 1_000;

/** The XML of one page of a bucket's listing. */
export function listPage(store: ObjectStore, bucket: string, request: S3Request): string {
  const prefix = parameter(request, "prefix") ?? "";
  const delimiter = parameter(request, "delimiter") ?? "";
  const pageSize = Math.min(Number(parameter(request, "max-keys") ?? largestPage), largestPage);
  const token = parameter(request, "continuation-token");
  const after = token ? Buffer.from(token, "base64url").toString("utf8") : (parameter(request, "start-after") ?? "");

  const entries = new Map<string, string>();
  for (const { key, etag, size, lastModified } of store.list(bucket, prefix)) {
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    const name = end < 0 ? key : key.slice(0, end + delimiter.length);
    if (Buffer.compare(Buffer.from(name), Buffer.from(after)) <= 0) continue;
    entries.set(
      name,
      end >= 0
        ? `<CommonPrefixes><Prefix>${escapeXml(name)}</Prefix></CommonPrefixes>`
        : `<Contents><Key>${escapeXml(key)}</Key><LastModified>${new Date(lastModified).toISOString()}</LastModified>` +
            `<ETag>${escapeXml(etag)}</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
    );
  }
  const page = [...entries].slice(0, pageSize);
  const truncated = entries.size > page.length;
  const next = Buffer.from(page.at(-1)?.[0] ?? after).toString("base64url");
  return (
    `<ListBucketResult xmlns="${s3Namespace}"><Name>${bucket}</Name><Prefix>${escapeXml(prefix)}</Prefix>` +
    `<KeyCount>${page.length}</KeyCount><MaxKeys>${pageSize}</MaxKeys><IsTruncated>${truncated}</IsTruncated>` +
    `${truncated ? `<NextContinuationToken>${next}</NextContinuationToken>` : ""}` +
    `${page.map(([, entry]) => entry).join("")}</ListBucketResult>`
  );
}
