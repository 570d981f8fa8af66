import type { CloudContext, Part } from "../service.ts";
import { readLifecycle } from "./lifecycle.ts";
import { type ObjectStore, openObjectStore } from "./object-store.ts";
import { S3Service } from "./s3-service.ts";

/** What a bucket may say in the template. Versions, notifications, replication and CORS are missing: they do not run here. */
const bucketProperties = [
  "BucketEncryption",
  "BucketName",
  "LifecycleConfiguration",
  "OwnershipControls",
  "PublicAccessBlockConfiguration",
  "Tags",
] as const;

export interface S3 extends Part {
  readonly store: ObjectStore;
  readonly service: S3Service;
}

/** Opens the template's buckets and answers the S3 API for them. */
export function startS3(context: CloudContext): S3 {
  const { template, clock, directory } = context;
  context.handles("AWS::S3::Bucket", bucketProperties);
  const lifecycles = new Map(
    template
      .ofType("AWS::S3::Bucket")
      .map(({ logicalId, properties }) => [
        String(template.resolve({ Ref: logicalId })),
        readLifecycle(properties.LifecycleConfiguration),
      ]),
  );
  const store = openObjectStore({
    buckets: [...lifecycles.keys()],
    clock,
    directory,
    expiryOf: (bucket) => lifecycles.get(bucket) ?? (() => Infinity),
  });
  const service = new S3Service(context, store);
  context.endpoint.register(service);
  return { store, service, close: async () => store.close() };
}
