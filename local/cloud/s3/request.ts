/** One HTTP request to S3, wherever it came from. */
export interface S3Request {
  readonly method: string;
  /** The host that the client meant: it tells the bucket, and a presigned URL is signed for it. */
  readonly host: string;
  /** As sent, percent-encoded, without the query. */
  readonly path: string;
  /** Decoded, in the order sent. */
  readonly query: ReadonlyArray<readonly [name: string, value: string]>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What a request is about. The key is empty for a request to the bucket itself. */
export interface S3Target {
  readonly bucket: string;
  readonly key: string;
}

/** "Virtual hosting of general purpose buckets": the bucket is in the host name, or else the first part of the path. */
export function targetOf({ host, path }: Pick<S3Request, "host" | "path">): S3Target {
  const decoded = decode(path.slice(1));
  const bucket = /^(.+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com$/i.exec(host)?.[1];
  if (bucket) return { bucket, key: decoded };
  const slash = decoded.indexOf("/");
  return slash < 0 ? { bucket: decoded, key: "" } : { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1) };
}

export function parseQuery(query: string): ReadonlyArray<readonly [string, string]> {
  return query
    .split("&")
    .filter(Boolean)
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0 ? [decode(pair), ""] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
    });
}

/** The first value of a query parameter; its name in any case. */
export function parameter({ query }: Pick<S3Request, "query">, name: string): string | undefined {
  return query.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
}

/** Percent-decoded, or as it is where that makes no sense. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
