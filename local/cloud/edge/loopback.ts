import type { IncomingMessage } from "node:http";

/** Whether a `Host` header or a URL's host names this machine, with any port. */
export function isLoopback(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host ?? "");
}

/**
 * Keeps other web sites out of a server on localhost: a foreign `Host` is DNS rebinding, a foreign `Origin` is a page
 * that posts across sites. Undefined when the request is fine, otherwise the sentence to refuse it with.
 */
export function foreignRequest({ headers }: IncomingMessage): string | undefined {
  if (!isLoopback(headers.host)) return `Host ${headers.host} is not this machine; use localhost or 127.0.0.1.`;
  const { origin } = headers;
  if (origin === undefined || isLoopback(URL.canParse(origin) ? new URL(origin).host : undefined)) return undefined;
  return `Requests from ${origin} are refused.`;
}
