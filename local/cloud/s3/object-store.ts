import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { keptFile } from "../kept-file.ts";
import type { Clock } from "../service.ts";
import type { Expiry } from "./lifecycle.ts";

/** An object as S3 serves it. */
export interface StoredObject {
  readonly key: string;
  /** Quoted MD5, as S3 makes it for a simple upload. */
  readonly etag: string;
  /** Local time in whole seconds, as HTTP dates have no more; milliseconds since the epoch. */
  readonly lastModified: number;
  /** Bytes. */
  readonly size: number;
  /** Lower-case system metadata such as `cache-control`, and user metadata as `x-amz-meta-…`. */
  readonly headers: Readonly<Record<string, string>>;
  body(): Buffer;
}

/** The buckets of the template with everything in them. */
export interface ObjectStore {
  /** Names of the buckets, in template order. */
  readonly buckets: readonly string[];
  find(bucket: string, key: string): StoredObject | undefined;
  /** In the order of their keys' UTF-8 bytes, as S3 lists them. */
  list(bucket: string, prefix?: string): readonly StoredObject[];
  /** Keeps an object in the directory, so that it outlives the process. */
  put(bucket: string, key: string, body: Buffer, headers: Readonly<Record<string, string>>): StoredObject;
  /** Keeps an object in memory only: every start deploys it again. */
  deploy(bucket: string, key: string, body: Buffer, headers: Readonly<Record<string, string>>): void;
  remove(bucket: string, key: string): void;
  close(): void;
}

const keptShape = z.array(
  z.object({
    bucket: z.string(),
    key: z.string(),
    file: z.string(),
    etag: z.string(),
    lastModified: z.number(),
    size: z.number(),
    headers: z.record(z.string(), z.string()),
  }),
);
type Kept = z.infer<typeof keptShape>[number];

interface Dependencies {
  readonly buckets: readonly string[];
  readonly clock: Clock;
  readonly directory: string | undefined;
  /** When an object is gone by the bucket's lifecycle rules. */
  readonly expiryOf: (bucket: string) => Expiry;
}

/** Contents are files of their own below `s3/`, and `objects.json` says what they are. */
export function openObjectStore({ buckets, clock, directory, expiryOf }: Dependencies): ObjectStore {
  const contents = directory && join(directory, "s3");
  if (contents) mkdirSync(contents, { recursive: true });
  const objects = new Map(buckets.map((name) => [name, new Map<string, StoredObject>()] as const));
  const files = new Map<StoredObject, Kept>();
  const index = keptFile(directory, "objects.json", () => [...files.values()]);
  restore();

  function restore(): void {
    if (!contents) return;
    const kept = keptShape.parse(index.read() ?? []);
    for (const one of kept) {
      const { bucket, file, ...facts } = one;
      const found = { ...facts, body: () => readFileSync(join(contents, file)) };
      objects.get(bucket)?.set(one.key, found);
      files.set(found, one);
    }
    // A crash between writing a content and the index leaves a file that nobody will ever ask for.
    const known = new Set(kept.map(({ file }) => file));
    for (const file of readdirSync(contents)) if (!known.has(file)) rmSync(join(contents, file));
  }

  function inBucket(bucket: string): Map<string, StoredObject> {
    const found = objects.get(bucket);
    if (found) return found;
    throw new Error(`There is no bucket ${bucket}. There are: ${buckets.join(", ") || "none"}.`);
  }

  function describe(key: string, body: Buffer, headers: Readonly<Record<string, string>>): StoredObject {
    return {
      key,
      etag: `"${createHash("md5").update(body).digest("hex")}"`,
      lastModified: Math.floor(clock.now() / 1000) * 1000,
      size: body.length,
      headers,
      body: () => body,
    };
  }

  function forget(object: StoredObject | undefined): void {
    const kept = object && files.get(object);
    if (!object || !kept || !contents) return;
    files.delete(object);
    rmSync(join(contents, kept.file), { force: true });
    index.changed();
  }

  function remove(bucket: string, key: string): void {
    forget(inBucket(bucket).get(key));
    inBucket(bucket).delete(key);
  }

  /** S3 removes expired objects some time later; here they go when somebody looks. */
  function present(bucket: string, object: StoredObject | undefined): object is StoredObject {
    if (object === undefined) return false;
    if (expiryOf(bucket)(object) > clock.now()) return true;
    remove(bucket, object.key);
    return false;
  }

  return {
    buckets,
    find(bucket, key) {
      const object = inBucket(bucket).get(key);
      return present(bucket, object) ? object : undefined;
    },
    list(bucket, prefix = "") {
      const found = [...inBucket(bucket).values()].filter(
        (object) => object.key.startsWith(prefix) && present(bucket, object),
      );
      return found.sort((one, other) => Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)));
    },
    put(bucket, key, body, headers) {
      const described = describe(key, body, headers);
      forget(inBucket(bucket).get(key));
      if (!contents) {
        inBucket(bucket).set(key, described);
        return described;
      }
      const file = randomUUID();
      writeFileSync(join(contents, file), body, { mode: 0o600 });
      const stored = { ...described, body: () => readFileSync(join(contents, file)) };
      const { body: _body, ...facts } = described;
      files.set(stored, { ...facts, bucket, file, headers: { ...headers } });
      inBucket(bucket).set(key, stored);
      index.changed();
      return stored;
    },
    deploy(bucket, key, body, headers) {
      remove(bucket, key);
      inBucket(bucket).set(key, describe(key, body, headers));
    },
    remove,
    close: () => index.close(),
  };
}
