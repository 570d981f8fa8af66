/** What `SendEmail` describes field by field. */
export interface SimpleMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly text: string | undefined;
  readonly html: string | undefined;
}

/** Headers that SES replaces on every mail ("Amazon SES header fields"). */
const replaced = new Set(["message-id", "date", "return-path"]);

/** Splits a raw mail at its first empty line; folded header lines stay with their header. */
export function splitRaw(raw: Buffer): { headers: string[]; body: string } {
  // Latin-1 keeps every byte, whatever the body's encoding is.
  const text = raw.toString("latin1");
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  const body = end ? text.slice(end.index + end[0].length) : "";
  return { headers: head.split(/\r?\n(?![ \t])/).filter(Boolean), body };
}

/** The value of a header, unfolded, or undefined. */
export function headerValue(headers: readonly string[], name: string): string | undefined {
  const found = headers.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return found
    ?.slice(name.length + 1)
    .replace(/\r?\n[ \t]+/g, " ")
    .trim();
}

/** The mail as SES sends it on: own `Message-ID` and `Date`, and without blind copies and `X-SES-` headers. */
export function stamp(raw: Buffer, messageId: string, region: string, at: number): string {
  const { headers, body } = splitRaw(raw);
  const kept = headers.filter((line) => {
    const name = line.slice(0, line.indexOf(":")).toLowerCase();
    return !replaced.has(name) && name !== "bcc" && !name.startsWith("x-ses-");
  });
  const date = new Date(at).toUTCString().replace("GMT", "+0000");
  return [...kept, `Message-ID: <${messageId}@${region}.amazonses.com>`, `Date: ${date}`, "", body].join("\r\n");
}

/** Builds the MIME message of a `SendEmail`. */
export function compose(mail: SimpleMail): Buffer {
  const boundary = `=_local_${Buffer.from(mail.subject).toString("hex").slice(0, 16)}_`;
  const headers = [
    `From: ${encodeWords(mail.from)}`,
    ...(mail.to.length > 0 ? [`To: ${mail.to.map(encodeWords).join(", ")}`] : []),
    ...(mail.cc.length > 0 ? [`Cc: ${mail.cc.map(encodeWords).join(", ")}`] : []),
    ...(mail.replyTo.length > 0 ? [`Reply-To: ${mail.replyTo.map(encodeWords).join(", ")}`] : []),
    `Subject: ${encodeWords(mail.subject)}`,
    "MIME-Version: 1.0",
  ];
  const part = (subtype: string, content: string) =>
    `Content-Type: text/${subtype}; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${wrap(content)}`;
  const parts = [
    ...(mail.text === undefined ? [] : [part("plain", mail.text)]),
    ...(mail.html === undefined ? [] : [part("html", mail.html)]),
  ];
  const [only] = parts;
  if (parts.length === 1 && only) return Buffer.from(`${headers.join("\r\n")}\r\n${only}\r\n`);
  const body = parts.map((one) => `--${boundary}\r\n${one}\r\n`).join("");
  const type = `Content-Type: multipart/alternative; boundary="${boundary}"`;
  return Buffer.from(`${headers.join("\r\n")}\r\n${type}\r\n\r\n${body}--${boundary}--\r\n`);
}

function wrap(content: string): string {
  return (
    Buffer.from(content)
      .toString("base64")
      .match(/.{1,76}/g) ?? []
  ).join("\r\n");
}

/** Encodes what isn't ASCII, in an address only its display name (RFC 2047). */
function encodeWords(value: string): string {
  const clean = value.replace(/[\r\n]+/g, " ");
  const [, name = clean, address = ""] = /^(.*?)(\s*<[^<>]+>)?$/.exec(clean) ?? [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
  if (/^[\x00-\x7f]*$/.test(name)) return clean;
  return `=?UTF-8?B?${Buffer.from(name.replace(/^"|"$/g, "")).toString("base64")}?=${address}`;
}

/** The bare addresses of an address list, lower case in the domain only as sent. */
export function addressesOf(list: string): string[] {
  const withoutNames = list.replace(/"(?:[^"\\]|\\.)*"/g, "");
  return withoutNames
    .split(",")
    .map((one) => (/<([^<>]+)>/.exec(one)?.[1] ?? one).trim())
    .filter((one) => one !== "");
}
