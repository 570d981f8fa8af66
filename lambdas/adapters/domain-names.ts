import { Resolver } from "node:dns/promises";
import { createHttpsClient } from "./responders/https-client.ts";

/** What the DNS and the web say about a host name. */
export interface DomainNames {
  /** The names that it is an alias of; rejects with the resolver's error code. */
  aliasesOf(host: string): Promise<readonly string[]>;
  /** The body of a small page; rejects when there is none. */
  readPage(url: string): Promise<string>;
}

const timeoutMs = 3_000;
const pageBytes = 4_096;

/**
 * One try of 3 seconds each. Pages are read from public addresses only, over HTTPS, without following a redirect, and up
 * to 4 kB: the name is what an owner typed.
 */
export function createDomainNames(send = createHttpsClient({ maxReplyBytes: pageBytes })): DomainNames {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  return {
    aliasesOf: (host) => resolver.resolveCname(host),
    async readPage(url) {
      const request = { method: "GET", headers: {}, signal: AbortSignal.timeout(timeoutMs) } as const;
      const { status, body } = await send(url, request);
      if (status !== 200) throw new Error(`It answered with the status ${status}.`);
      return body;
    },
  };
}
