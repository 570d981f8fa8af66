import type { IncomingMessage, ServerResponse } from "node:http";

/** One HTTP request on its way from the front door to an API or a bucket. */
export interface EdgeRequest {
  readonly method: string;
  /** As sent, percent-encoded, without the query. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** Lower-case names; a repeated header is joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** What an API or a bucket answers. */
export interface EdgeReply {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** One `Set-Cookie` each. */
  readonly cookies?: readonly string[];
  readonly body: Buffer;
  /** The client's connection is reset instead of answering: a fault. */
  readonly reset?: true;
}

/** Thrown when a request body is larger than the reader allows. */
export class BodyTooLarge extends Error {}

/** Reads a request body of at most `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  if (size > limit) throw new BodyTooLarge(`The body has ${size} bytes; the limit is ${limit}.`);
  return Buffer.concat(chunks);
}

/** Headers with lower-case names and one value each. */
export function flatHeaders(request: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

export function jsonReply(status: number, body: unknown, headers: Record<string, string> = {}): EdgeReply {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** Writes a reply to the client, or resets its connection when the reply says so. */
export function sendReply(response: ServerResponse, reply: EdgeReply, withBody = true): void {
  if (reply.reset) {
    response.socket?.resetAndDestroy();
    return;
  }
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
  if (reply.cookies?.length) response.setHeader("set-cookie", [...reply.cookies]);
  const bodiless = !withBody || reply.status === 204 || reply.status === 304;
  if (reply.status !== 204 && reply.status !== 304) response.setHeader("content-length", reply.body.length);
  response.writeHead(reply.status);
  response.end(bodiless ? undefined : reply.body);
}
