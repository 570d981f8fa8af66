import type { EdgeReply } from "../edge/exchange.ts";
import { escapeXml } from "../query-protocol.ts";
import type { StoredObject } from "./object-store.ts";

export const s3Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

/** An object as a GET answers it. */
export function objectReply(object: StoredObject): EdgeReply {
  const headers = {
    ...object.headers,
    etag: object.etag,
    "last-modified": new Date(object.lastModified).toUTCString(),
    "accept-ranges": "bytes",
    server: "AmazonS3",
  };
  return { status: 200, headers, body: object.body() };
}

export function s3Error(status: number, code: string, message: string): EdgeReply {
  return xmlReply(status, `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`);
}

/** `content` is the XML after the declaration. */
export function xmlReply(status: number, content: string): EdgeReply {
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${content}`);
  return { status, headers: { "content-type": "application/xml", server: "AmazonS3" }, body };
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name) return entities[name] ?? whole;
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal));
  });
}
