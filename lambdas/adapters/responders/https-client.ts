import type { ClientRequest, IncomingMessage } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { isIP } from "node:net";
import { ForbiddenAddress, guardedLookup, isPublicAddress } from "./public-address.ts";

export interface HttpsReply {
  readonly status: number;
  readonly body: string;
}

/** Posts JSON to an address that an owner has chosen. */
export type Post = (
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<HttpsReply>;

export interface HttpsRequest {
  readonly method: "GET" | "POST";
  /** @default none */
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** A request to an address that an owner has chosen. */
export type SendHttps = (url: string, request: HttpsRequest) => Promise<HttpsReply>;

export interface HttpsSettings {
  /** Bytes of a reply at most. @default 32 768 */
  readonly maxReplyBytes?: number;
  /** Seams for tests. @default HTTPS to public addresses only */
  readonly request?: (url: URL, options: RequestOptions, onReply: (reply: IncomingMessage) => void) => ClientRequest;
  readonly isAllowed?: (address: string) => boolean;
}

/** Posts JSON, under the rules of `createHttpsClient`. */
export function createHttpsPost(settings: HttpsSettings = {}): Post {
  const send = createHttpsClient(settings);
  return (url, body, headers, signal) =>
    send(url, { method: "POST", body, headers: { ...headers, "content-type": "application/json" }, signal });
}

/**
 * An HTTPS client for foreign addresses: it connects to the public internet only, follows no redirect, and reads no
 * more than the limit. A rejected promise means that there is no reply.
 */
export function createHttpsClient({
  maxReplyBytes = 32_768,
  request = httpsRequest,
  isAllowed = isPublicAddress,
}: HttpsSettings = {}): SendHttps {
  return (address, { method, body = "", headers, signal }) =>
    new Promise((resolve, reject) => {
      const url = new URL(address);
      // A literal address is connected to without any look-up.
      const host = url.hostname.replace(/^\[|\]$/gu, "");
      if (isIP(host) !== 0 && !isAllowed(host)) return reject(new ForbiddenAddress());
      if (request === httpsRequest && url.protocol !== "https:") return reject(new ForbiddenAddress());
      const outgoing = request(
        url,
        {
          method,
          headers: { ...headers, ...(body === "" ? {} : { "content-length": Buffer.byteLength(body) }) },
          lookup: guardedLookup(undefined, isAllowed),
          agent: false,
          signal,
        },
        (reply) => {
          const chunks: Buffer[] = [];
          let size = 0;
          reply.on("data", (chunk: Buffer) => {
            size += chunk.length;
            if (size > maxReplyBytes) reply.destroy(new Error("The reply is too large."));
            else chunks.push(chunk);
          });
          reply.on("end", () =>
            resolve({ status: reply.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") }),
          );
          reply.on("error", reject);
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
}
