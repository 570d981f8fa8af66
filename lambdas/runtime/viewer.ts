import { type Headers, headerOf } from "./origin.ts";

/** What the edge saw of whoever calls; each is absent when the edge did not say it. */
export interface Viewer {
  readonly ip?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly userAgent?: string;
}

/** Characters of a user agent that are worth keeping. */
const longestUserAgent = 300;

/**
 * Reads CloudFront's headers, which need an origin request policy that names them
 * ("Adding CloudFront request headers"). Nothing of it is proof of anything.
 */
export function viewerOf(headers: Headers): Viewer {
  const ip = addressOf(headerOf(headers, "cloudfront-viewer-address"));
  const country = headerOf(headers, "cloudfront-viewer-country")?.toUpperCase();
  const userAgent = withoutControls(headerOf(headers, "user-agent") ?? "").slice(0, longestUserAgent);
  return {
    ...(ip === undefined ? {} : { ip }),
    ...(country !== undefined && /^[A-Z]{2}$/.test(country) ? { country } : {}),
    ...(userAgent === "" ? {} : { userAgent }),
  };
}

/** Text that people will see, without control characters, bidirectional overrides and broken surrogates. */
export function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, "").trim();
}

/** `198.51.100.7:46532` and `2001:db8::1:46532` without their ports: the port always follows the last colon. */
function addressOf(viewerAddress: string | undefined): string | undefined {
  const [, bracketed, plain] = /^(?:\[([\da-f:.]+)\]|([\da-f:.]+)):\d{1,5}$/i.exec(viewerAddress ?? "") ?? [];
  const address = bracketed ?? plain;
  return address !== undefined && address.length <= 45 ? address : undefined;
}
