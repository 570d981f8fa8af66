import { conditional } from "../edge/delivery.ts";
import type { EdgeReply } from "../edge/exchange.ts";
import { AwsError } from "../json-service.ts";
import { escapeXml } from "../query-protocol.ts";
import type { AwsCall, AwsReply, AwsService, CloudContext, Need } from "../service.ts";
import { listPage } from "./listing.ts";
import type { ObjectStore } from "./object-store.ts";
import { readPayload } from "./payload.ts";
import { isPresigned, verifyPresigned } from "./presigned-url.ts";
import { objectReply, s3Error, s3Namespace, unescapeXml, xmlReply } from "./replies.ts";
import { decode, parameter, parseQuery, type S3Request, type S3Target, targetOf } from "./request.ts";

/** Metadata that an object keeps from its upload and shows to its readers. */
const keptHeaders = ["cache-control", "content-disposition", "content-language", "content-type", "expires"];
/** "GetObject": parameters of a signed request that replace what the object says. */
const overridable = ["cache-control", "content-disposition", "content-encoding", "content-language", "content-type"];
/** Asking for one of these and not getting it would go unnoticed. */
const unsupported = ["x-amz-tagging", "x-amz-object-lock-mode", "x-amz-website-redirect-location"];

type OperationName = keyof typeof permissions;

/** The permission that each operation takes ("Required permissions for Amazon S3 API operations"). */
const permissions = {
  PutObject: "s3:PutObject",
  CopyObject: "s3:PutObject",
  GetObject: "s3:GetObject",
  HeadObject: "s3:GetObject",
  DeleteObject: "s3:DeleteObject",
  DeleteObjects: "s3:DeleteObject",
  ListObjectsV2: "s3:ListBucket",
  HeadBucket: "s3:ListBucket",
} as const;

/** The S3 REST API: for functions at the AWS endpoint, for browsers with presigned URLs through CloudFront. */
export class S3Service implements AwsService {
  readonly scope = "s3";
  readonly #context: CloudContext;
  readonly #store: ObjectStore;

  constructor(context: CloudContext, store: ObjectStore) {
    this.#context = context;
    this.#store = store;
  }

  needs(call: AwsCall): readonly Need[] {
    const request = requestOf(call);
    // A presigned URL is judged in `answerUnsigned`: its signature first, then its signer's permissions.
    return isPresigned(request) ? [] : needsOf(request);
  }

  async handle(call: AwsCall): Promise<AwsReply> {
    const request = requestOf(call);
    if (isPresigned(request)) return this.answerUnsigned(request);
    return this.#guarded(() => this.#run(request, call.caller));
  }

  /** A request whose sender is nobody: it gets through by a presigned URL or not at all. */
  answerUnsigned(request: S3Request): EdgeReply {
    const { clock, endpoint } = this.#context;
    return this.#guarded(() => {
      if (!isPresigned(request)) throw new AwsError("AccessDenied", "Access Denied", 403);
      const { caller } = verifyPresigned(request, clock.now(), (id) => endpoint.findKey(id));
      for (const need of needsOf(request)) {
        const refusal = this.#context.iam.refusal(caller, need);
        if (refusal !== undefined) throw new AwsError("AccessDenied", refusal, 403);
      }
      return this.#run(request, caller);
    });
  }

  #guarded(run: () => EdgeReply): EdgeReply {
    try {
      return run();
    } catch (error) {
      if (error instanceof AwsError) return s3Error(error.status, error.code, error.message);
      throw error;
    }
  }

  #run(request: S3Request, caller: string): EdgeReply {
    const { bucket, key } = targetOf(request);
    const operation = operationOf(request);
    const headers = effectiveHeaders(request);
    const beyond = unsupported.find((name) => headers[name] !== undefined);
    if (operation === undefined || beyond) {
      const what = beyond ?? `${request.method} ${request.path}?${request.query.map(([name]) => name).join("&")}`;
      throw new AwsError("NotImplemented", `The local S3 does not know ${what}.`, 501);
    }
    if (!this.#store.buckets.includes(bucket)) {
      throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
    }
    this.#count(operation);
    switch (operation) {
      case "PutObject":
        return this.#put({ bucket, key }, headers, request.body);
      case "CopyObject":
        return this.#copy({ bucket, key }, headers, caller);
      case "GetObject":
      case "HeadObject":
        return this.#get({ bucket, key }, request, caller);
      case "DeleteObject":
        this.#store.remove(bucket, key);
        return { status: 204, headers: {}, body: Buffer.alloc(0) };
      case "DeleteObjects":
        return this.#deleteMany(bucket, request.body);
      case "ListObjectsV2":
        return xmlReply(200, listPage(this.#store, bucket, request));
      case "HeadBucket":
        return { status: 200, headers: { "x-amz-bucket-region": this.#context.region }, body: Buffer.alloc(0) };
    }
  }

  /** "Amazon S3 pricing": writes and lists are one price, reads another, deletes are free. */
  #count(operation: OperationName): void {
    if (["PutObject", "CopyObject", "ListObjectsV2"].includes(operation))
      this.#context.counters.add("s3.writeRequests");
    else if (!operation.startsWith("Delete")) this.#context.counters.add("s3.readRequests");
  }

  #put({ bucket, key }: S3Target, headers: Readonly<Record<string, string>>, body: Buffer): EdgeReply {
    if (headers["if-none-match"] === "*" && this.#store.find(bucket, key)) {
      const message = "At least one of the pre-conditions you specified did not hold";
      throw new AwsError("PreconditionFailed", message, 412);
    }
    const { etag } = this.#store.put(bucket, key, readPayload(body, headers), metadataOf(headers));
    return { status: 200, headers: { etag, "x-amz-server-side-encryption": "AES256" }, body: Buffer.alloc(0) };
  }

  /** "CopyObject": with the metadata of the source, unless told to replace it. */
  #copy({ bucket, key }: S3Target, headers: Readonly<Record<string, string>>, caller: string): EdgeReply {
    const source = copySource(headers);
    if (!this.#store.buckets.includes(source.bucket)) {
      throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
    }
    const object = this.#store.find(source.bucket, source.key);
    if (!object) throw this.#missing(source.bucket, caller);
    const metadata = headers["x-amz-metadata-directive"] === "REPLACE" ? metadataOf(headers) : object.headers;
    const { etag, lastModified } = this.#store.put(bucket, key, object.body(), metadata);
    const modified = new Date(lastModified).toISOString();
    return xmlReply(
      200,
      `<CopyObjectResult xmlns="${s3Namespace}"><LastModified>${modified}</LastModified><ETag>${escapeXml(etag)}</ETag></CopyObjectResult>`,
    );
  }

  #get({ bucket, key }: S3Target, request: S3Request, caller: string): EdgeReply {
    const object = this.#store.find(bucket, key);
    if (!object) throw this.#missing(bucket, caller);
    const overrides = overridable.flatMap((name) => {
      const value = parameter(request, `response-${name}`);
      return value === undefined ? [] : [[name, value] as const];
    });
    const reply = objectReply(object);
    return conditional({ ...reply, headers: { ...reply.headers, ...Object.fromEntries(overrides) } }, request.headers);
  }

  /** "GetObject": who may not list the bucket isn't told that a key does not exist. */
  #missing(bucket: string, caller: string): AwsError {
    const mayList = this.#context.iam.refusal(caller, needOf("ListObjectsV2", { bucket, key: "" })) === undefined;
    return mayList
      ? new AwsError("NoSuchKey", "The specified key does not exist.", 404)
      : new AwsError("AccessDenied", "Access Denied", 403);
  }

  #deleteMany(bucket: string, body: Buffer): EdgeReply {
    const keys = keysToDelete(body);
    for (const key of keys) this.#store.remove(bucket, key);
    const quiet = /<Quiet>\s*true\s*<\/Quiet>/.test(body.toString("utf8"));
    const deleted = quiet ? [] : keys.map((key) => `<Deleted><Key>${escapeXml(key)}</Key></Deleted>`);
    return xmlReply(200, `<DeleteResult xmlns="${s3Namespace}">${deleted.join("")}</DeleteResult>`);
  }

  error(status: number, code: string, message: string): AwsReply {
    return s3Error(status, code, message);
  }
}

function requestOf({ method, path, headers, body }: AwsCall): S3Request {
  const [encodedPath = "/", ...query] = path.split("?");
  const present = Object.entries(headers).filter((one): one is [string, string] => one[1] !== undefined);
  return {
    method,
    // What a function sends to S3's own name comes here by the egress fence, which keeps that name.
    host: headers["x-forwarded-host"] ?? headers.host ?? "",
    path: encodedPath,
    query: parseQuery(query.join("?")),
    headers: Object.fromEntries(present),
    body,
  };
}

/** A presigned URL carries headers of the request as parameters. */
function effectiveHeaders({ headers, query }: S3Request): Readonly<Record<string, string>> {
  const inQuery = query.map(([name, value]) => [name.toLowerCase(), value] as const);
  return { ...Object.fromEntries(inQuery.filter(([name]) => name.startsWith("x-amz-"))), ...headers };
}

/** What an object keeps from the headers of its upload. */
function metadataOf(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(([name]) => keptHeaders.includes(name) || name.startsWith("x-amz-meta-"));
  // A chunked upload says so in its encoding, which is none of the content's.
  const encoding = (headers["content-encoding"] ?? "").replace(/\s*aws-chunked\s*,?\s*/, "");
  return {
    "content-type": "binary/octet-stream",
    ...Object.fromEntries(kept),
    ...(encoding && { "content-encoding": encoding }),
  };
}

function operationOf(request: S3Request): OperationName | undefined {
  const { method, query } = request;
  const has = (name: string): boolean => parameter(request, name) !== undefined;
  // Other sub-resources, such as `?acl` or `?uploadId=…`, are other operations.
  const known =
    /^(x-|response-|prefix$|delimiter$|max-keys$|start-after$|continuation-token$|list-type$|fetch-owner$|delete$)/i;
  if (!query.every(([name]) => known.test(name))) return undefined;
  if (targetOf(request).key === "") {
    if (method === "GET" && parameter(request, "list-type") === "2") return "ListObjectsV2";
    if (method === "POST" && has("delete")) return "DeleteObjects";
    return method === "HEAD" ? "HeadBucket" : undefined;
  }
  if (method === "PUT" && effectiveHeaders(request)["x-amz-copy-source"] !== undefined) return "CopyObject";
  return objectOperations[method];
}

/** `bucket/key` or `/bucket/key`, percent-encoded. */
function copySource(headers: Readonly<Record<string, string>>): S3Target {
  const [bucket = "", ...key] = decode(headers["x-amz-copy-source"] ?? "")
    .replace(/^\//, "")
    .split("/");
  return { bucket, key: key.join("/") };
}

const objectOperations: Readonly<Record<string, OperationName>> = {
  PUT: "PutObject",
  GET: "GetObject",
  HEAD: "HeadObject",
  DELETE: "DeleteObject",
};

function needsOf(request: S3Request): readonly Need[] {
  const operation = operationOf(request);
  // An unknown operation needs nothing, because it is refused before it does anything.
  if (operation === undefined) return [];
  const target = targetOf(request);
  if (operation === "CopyObject") {
    return [needOf("GetObject", copySource(effectiveHeaders(request))), needOf(operation, target)];
  }
  if (operation !== "DeleteObjects") return [needOf(operation, target, parameter(request, "prefix"))];
  return keysToDelete(request.body).map((key) => needOf(operation, { ...target, key }));
}

function needOf(operation: OperationName, { bucket, key }: S3Target, prefix?: string): Need {
  return {
    action: permissions[operation],
    resource: `arn:aws:s3:::${bucket}${key === "" ? "" : `/${key}`}`,
    ...(prefix !== undefined && { context: { "s3:prefix": prefix } }),
  };
}

function keysToDelete(body: Buffer): readonly string[] {
  return [...body.toString("utf8").matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) => unescapeXml(key));
}
