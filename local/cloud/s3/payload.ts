import { createHash } from "node:crypto";
import { AwsError } from "../json-service.ts";

/**
 * The content of an upload: unwrapped where the SDK sends a stream in chunks ("Signature calculations: transferring
 * payload in multiple chunks"), and compared with the checksums that came along.
 *
 * @throws AwsError `BadDigest`
 */
export function readPayload(body: Buffer, headers: Readonly<Record<string, string>>): Buffer {
  const chunked = headers["x-amz-content-sha256"]?.startsWith("STREAMING-") === true;
  const content = chunked ? joinChunks(body) : body;
  for (const [name, digest] of Object.entries(digests)) {
    const sent = headers[name];
    if (sent !== undefined && sent !== digest(content)) {
      throw new AwsError("BadDigest", `The ${name} you specified did not match the calculated checksum.`);
    }
  }
  return content;
}

const hash = (algorithm: string) => (content: Buffer) => createHash(algorithm).update(content).digest("base64");

/** The checksums that are compared; CRC32C and CRC64NVME are believed. */
const digests: Readonly<Record<string, (content: Buffer) => string>> = {
  "content-md5": hash("md5"),
  "x-amz-checksum-crc32": crc32,
  "x-amz-checksum-sha1": hash("sha1"),
  "x-amz-checksum-sha256": hash("sha256"),
};

/** Each chunk is `<hex size>[;extension]\r\n<bytes>\r\n`; after the empty one come trailers. */
function joinChunks(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.toString("latin1", at, end), 16);
    if (!(size > 0)) break;
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(chunks);
}

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

function crc32(content: Buffer): string {
  let sum = 0xffffffff;
  for (const byte of content) sum = (crcTable[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE((sum ^ 0xffffffff) >>> 0);
  return bytes.toString("base64");
}
