import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import net, { type Socket } from "node:net";

/** What a function may reach beside loopback. */
export interface EgressRules {
  readonly redirects: ReadonlyArray<{ readonly hostPattern: string; readonly baseUrl: string }>;
  /** Lets everything else through to the real network. */
  readonly allowEgress: boolean;
}

/**
 * Keeps this thread off the network: `fetch` and `http(s).request` to a known host go to its stand-in, with the real
 * host in `x-forwarded-host`; any other connection that is not to loopback is refused where the socket connects.
 */
export function fenceEgress(rules: EgressRules): void {
  redirectFetch(rules);
  redirectRequests(rules);
  if (!rules.allowEgress) refuseConnections();
}

function standIn({ redirects }: EgressRules, url: URL): URL | undefined {
  const found = redirects.find(({ hostPattern }) => hostMatches(hostPattern, url.hostname));
  if (found === undefined) return undefined;
  const base = new URL(found.baseUrl);
  base.pathname = base.pathname.replace(/\/$/, "") + url.pathname;
  base.search = url.search;
  return base;
}

/** `*.zendesk.com` matches every host below it; without the star only the host itself. */
function hostMatches(pattern: string, host: string): boolean {
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern;
}

function redirectFetch(rules: EgressRules): void {
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const local = standIn(rules, url);
    if (local === undefined) {
      // Said here as well, because fetch hides the reason of a failed connection.
      if (!rules.allowEgress && !isLoopback(url.hostname)) throw refusal(url.hostname);
      return realFetch(input, init);
    }
    const request = new Request(input, init);
    request.headers.set("x-forwarded-host", url.host);
    return realFetch(new Request(local, request));
  };
}

type Callback = (response: IncomingMessage) => void;

function redirectRequests(rules: EgressRules): void {
  for (const [module, protocol] of [
    [http, "http:"],
    [https, "https:"],
  ] as const) {
    const realRequest = module.request;
    const request = (...given: unknown[]): ClientRequest => {
      const { url, options, callback } = destination(given, protocol);
      const local = standIn(rules, url);
      if (local === undefined) return Reflect.apply(realRequest, module, given) as ClientRequest;
      // The agent of https cannot speak to a plain server.
      const { agent: _agent, host: _host, hostname: _hostname, port: _port, protocol: _protocol, ...rest } = options;
      const redirected = http.request(local, { ...rest, path: local.pathname + local.search }, callback);
      redirected.setHeader("x-forwarded-host", url.host);
      redirected.setHeader("host", local.host);
      return redirected;
    };
    module.request = request as typeof module.request;
    module.get = ((...given: unknown[]) => {
      const started = request(...given);
      started.end();
      return started;
    }) as typeof module.get;
  }
  syncBuiltinESMExports();
}

function destination(given: readonly unknown[], protocol: string) {
  const first = given[0];
  const isUrl = typeof first === "string" || first instanceof URL;
  const options = ((isUrl ? (typeof given[1] === "function" ? {} : given[1]) : first) ?? {}) as RequestOptions;
  const callback = given.find((one) => typeof one === "function") as Callback | undefined;
  if (isUrl) return { url: new URL(first), options, callback };
  const host = (options.hostname ?? options.host ?? "localhost").replace(/:\d+$/, "");
  const port = options.port ? `:${options.port}` : "";
  return { url: new URL(`${options.protocol ?? protocol}//${host}${port}${options.path ?? "/"}`), options, callback };
}

function refuseConnections(): void {
  const realConnect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function connect(this: Socket, ...given: unknown[]): Socket {
    const host = hostOf(given);
    if (isLoopback(host)) return Reflect.apply(realConnect, this, given) as Socket;
    this.destroy(refusal(host));
    return this;
  } as typeof realConnect;
}

function refusal(host: string): Error {
  return new Error(
    `Egress to ${host} is refused: the local cloud has no stand-in for it. Redirect it or allow egress.`,
  );
}

/** `net` passes its normalised arguments as one array. */
function hostOf(given: readonly unknown[]): string {
  const first: unknown = Array.isArray(given[0]) ? given[0][0] : given[0];
  if (typeof first === "object" && first !== null)
    return "host" in first && first.host ? String(first.host) : "localhost";
  return typeof given[1] === "string" ? given[1] : "localhost";
}

function isLoopback(host: string): boolean {
  return (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    host === "::1" ||
    host === "[::1]" ||
    /^127\.\d+\.\d+\.\d+$/.test(host)
  );
}
