import { createHash, createHmac } from "node:crypto";
import { AwsError } from "../json-service.ts";
import type { IssuedKey } from "../service.ts";
import { decode, parameter, type S3Request } from "./request.ts";

const algorithm = "AWS4-HMAC-SHA256";
const longestValiditySeconds = 7 * 24 * 60 * 60;
/** CloudFront adds this one after the URL was signed, and S3 lets it pass. */
const addedOnTheWay = new Set(["x-amz-cf-id"]);

export function isPresigned(request: S3Request): boolean {
  return parameter(request, "X-Amz-Signature") !== undefined || parameter(request, "X-Amz-Credential") !== undefined;
}

/**
 * Who signed a URL, after checking all of it as S3 does ("Authenticating Requests: Using Query Parameters"): method, host,
 * path, parameters and signed headers are what was signed, and it has not expired at `now`. The payload is never part of it.
 *
 * @throws AwsError
 */
export function verifyPresigned(
  request: S3Request,
  now: number,
  findKey: (accessKeyId: string) => IssuedKey | undefined,
): IssuedKey {
  if (request.headers.authorization !== undefined) {
    throw new AwsError("InvalidArgument", "Only one auth mechanism allowed.");
  }
  const required = (name: string): string => {
    const value = parameter(request, name);
    if (value) return value;
    throw new AwsError("AuthorizationQueryParametersError", `Query-string authentication requires ${name}.`);
  };
  const credential = required("X-Amz-Credential");
  const date = required("X-Amz-Date");
  const validSeconds = Number(required("X-Amz-Expires"));
  const signedHeaders = required("X-Amz-SignedHeaders").split(";");
  const signature = required("X-Amz-Signature");
  const [accessKeyId = "", ...scope] = credential.split("/");
  if (required("X-Amz-Algorithm") !== algorithm || scope.length !== 4) {
    throw new AwsError("AuthorizationQueryParametersError", `Only ${algorithm} with a whole scope is understood.`);
  }
  if (!(validSeconds >= 1 && validSeconds <= longestValiditySeconds)) {
    throw new AwsError("AuthorizationQueryParametersError", "X-Amz-Expires must be less than a week (in seconds).");
  }
  const issued = findKey(accessKeyId);
  if (!issued) {
    throw new AwsError("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403);
  }
  if (!(parseDate(date) + validSeconds * 1000 > now)) throw new AwsError("AccessDenied", "Request has expired", 403);
  const unsigned = Object.keys(request.headers).filter(
    (name) => name.startsWith("x-amz-") && !signedHeaders.includes(name) && !addedOnTheWay.has(name),
  );
  if (unsigned.length > 0) {
    const names = unsigned.join(", ");
    throw new AwsError(
      "AccessDenied",
      `There were headers present in the request which were not signed: ${names}`,
      403,
    );
  }
  const toSign = [algorithm, date, scope.join("/"), sha256(canonicalRequest(request, signedHeaders))].join("\n");
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${issued.secretAccessKey}`);
  if (!signedHeaders.includes("host") || hmac(key, toSign).toString("hex") !== signature) {
    throw new AwsError(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
      403,
    );
  }
  return issued;
}

function canonicalRequest(request: S3Request, signedHeaders: readonly string[]): string {
  const path = request.path.split("/").map((part) => encode(decode(part)));
  const query = request.query
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([name, value], [other, otherValue]) => order(name, other) || order(value, otherValue))
    .map((pair) => pair.join("="));
  const headers = signedHeaders.map((name) => {
    const value = name === "host" ? request.host : (request.headers[name] ?? "");
    return `${name}:${value.trim().replace(/\s+/g, " ")}\n`;
  });
  return [
    request.method,
    path.join("/"),
    query.join("&"),
    headers.join(""),
    signedHeaders.join(";"),
    "UNSIGNED-PAYLOAD",
  ].join("\n");
}

/** `20261122T093000Z`; not a number when it is no date. */
function parseDate(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

/** RFC 3986: everything but unreserved characters. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** By bytes, not by any language's alphabet. */
function order(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
