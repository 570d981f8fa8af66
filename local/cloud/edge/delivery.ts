import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { EdgeReply } from "./exchange.ts";

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** CloudFront compresses objects between 1,000 and 10,000,000 bytes ("Serve compressed files"). */
const compressible = { smallest: 1_000, largest: 10_000_000 };
const compressibleTypes =
  /^(text\/|font\/(otf|ttf)|image\/(svg\+xml|bmp|vnd\.microsoft\.icon)|application\/(json|javascript|x-javascript|xml|xhtml\+xml|manifest\+json|wasm|dash\+xml|vnd\.ms-fontobject|[\w.-]+\+(json|xml))\b)/;

/** The same bucket object is compressed once, however often it is asked for. */
const compressed = new WeakMap<Buffer, Map<string, Promise<Buffer>>>();

/** Answers `If-None-Match` and `If-Modified-Since` with 304, and a single `Range` with 206 or 416. */
export function conditional(reply: EdgeReply, viewer: Readonly<Record<string, string>>): EdgeReply {
  if (reply.status !== 200) return reply;
  const { etag, "last-modified": lastModified } = reply.headers;
  const strong = (tag: string) => tag.trim().replace(/^W\//, "");
  const noneMatch = viewer["if-none-match"];
  const since = viewer["if-modified-since"];
  const fresh = noneMatch
    ? etag !== undefined && noneMatch.split(",").some((tag) => tag.trim() === "*" || strong(tag) === strong(etag))
    : since !== undefined && lastModified !== undefined && Date.parse(lastModified) <= Date.parse(since);
  if (fresh) {
    const { "content-type": _type, "content-length": _length, ...headers } = reply.headers;
    return { ...reply, status: 304, headers, body: Buffer.alloc(0) };
  }
  return ranged(reply, viewer);
}

function ranged(reply: EdgeReply, viewer: Readonly<Record<string, string>>): EdgeReply {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(viewer.range ?? "") ?? [];
  const ifRange = viewer["if-range"];
  if ((!first && !last) || reply.headers["accept-ranges"] !== "bytes") return reply;
  if (ifRange !== undefined && ifRange !== reply.headers.etag && ifRange !== reply.headers["last-modified"])
    return reply;
  const size = reply.body.length;
  const start = first ? Number(first) : Math.max(0, size - Number(last));
  const end = first && last ? Math.min(Number(last), size - 1) : size - 1;
  if (start > end) {
    return { ...reply, status: 416, headers: { "content-range": `bytes */${size}` }, body: Buffer.alloc(0) };
  }
  const headers = { ...reply.headers, "content-range": `bytes ${start}-${end}/${size}` };
  return { ...reply, status: 206, headers, body: reply.body.subarray(start, end + 1) };
}

/** Compresses as CloudFront does: the better of what viewer and cache policy accept, with a weak `ETag`. */
export async function compress(
  reply: EdgeReply,
  acceptEncoding: string | undefined,
  allowed: ReadonlySet<"br" | "gzip">,
): Promise<EdgeReply> {
  const { headers, body, status } = reply;
  const encoding = (["br", "gzip"] as const).find((one) => allowed.has(one) && accepts(acceptEncoding, one));
  const fits = body.length >= compressible.smallest && body.length <= compressible.largest;
  if (!encoding || !fits || status !== 200 || headers["content-encoding"]) return reply;
  if (!compressibleTypes.test(headers["content-type"] ?? "")) return reply;
  const { etag, ...others } = headers;
  const { "accept-ranges": _ranges, ...rest } = others;
  return {
    ...reply,
    headers: {
      ...rest,
      ...(etag && { etag: etag.startsWith("W/") ? etag : `W/${etag}` }),
      "content-encoding": encoding,
      vary: headers.vary ? `${headers.vary}, Accept-Encoding` : "Accept-Encoding",
    },
    body: await encode(body, encoding),
  };
}

function accepts(header: string | undefined, encoding: string): boolean {
  return (header ?? "").split(",").some((one) => {
    const [name, ...parameters] = one.trim().split(/\s*;\s*/);
    return name === encoding && !parameters.includes("q=0");
  });
}

function encode(body: Buffer, encoding: "br" | "gzip"): Promise<Buffer> {
  const forBody = compressed.get(body) ?? new Map<string, Promise<Buffer>>();
  compressed.set(body, forBody);
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  const encoded = forBody.get(encoding) ?? (encoding === "br" ? brotli(body, options) : gzipped(body));
  forBody.set(encoding, encoded);
  return encoded;
}
