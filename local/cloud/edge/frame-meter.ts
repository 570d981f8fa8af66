/**
 * Watches the raw bytes of a WebSocket for a frame whose payload is larger than `limit`. `ws` limits a whole message
 * only, while API Gateway limits a message to 128 kB and each of its frames to 32 kB.
 */
export class FrameMeter {
  readonly #limit: number;
  #header = Buffer.alloc(0);
  #payloadLeft = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** True as soon as a frame announces more than the limit. */
  exceededBy(chunk: Buffer): boolean {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#payloadLeft > 0) {
        const skipped = Math.min(this.#payloadLeft, rest.length);
        this.#payloadLeft -= skipped;
        rest = rest.subarray(skipped);
        continue;
      }
      this.#header = Buffer.concat([this.#header, rest.subarray(0, 1)]);
      rest = rest.subarray(1);
      const payload = payloadLength(this.#header);
      if (payload === undefined) continue;
      if (payload > this.#limit) return true;
      this.#payloadLeft = payload;
      this.#header = Buffer.alloc(0);
    }
    return false;
  }
}

/** RFC 6455, section 5.2. Undefined until the header is complete, mask included. */
function payloadLength(header: Buffer): number | undefined {
  const second = header[1];
  if (second === undefined) return undefined;
  const short = second & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  const mask = second & 0x80 ? 4 : 0;
  if (header.length < 2 + extended + mask) return undefined;
  if (short === 126) return header.readUInt16BE(2);
  if (short === 127) return Number(header.readBigUInt64BE(2));
  return short;
}
