import { randomBytes } from "node:crypto";
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { parseQuery } from "../s3/request.ts";
import type { S3 } from "../s3/start-s3.ts";
import type { CloudContext, Part } from "../service.ts";
import {
  type EdgeEvent,
  type FunctionRequest,
  type FunctionResponse,
  fromFunctionValues,
  splitPairs,
  toFunctionValues,
} from "./cloudfront-functions.ts";
import { compress, conditional } from "./delivery.ts";
import { type Behavior, type Distribution, type Origin, readDistribution } from "./distribution.ts";
import {
  BodyTooLarge,
  type EdgeReply,
  type EdgeRequest,
  flatHeaders,
  jsonReply,
  readBody,
  sendReply,
} from "./exchange.ts";
import { type HttpApis, httpLimits } from "./http-api.ts";
import { readAsCloudFront } from "./site-bucket.ts";
import type { WebSocketApis } from "./websocket-api.ts";

/** Origins see an address of CloudFront, never the viewer's: that one travels in `X-Forwarded-For`. */
export const edgeAddress = "192.0.2.1";

/** Sets the viewer's country; never reaches an origin. */
export const countryHeader = "x-local-country";
const defaultCountry = "DE";

/** The largest upload to a bucket. CloudFront would take 20 GB, but here a request is held in memory. */
const uploadBytes = 20 * 1024 * 1024;

export interface FrontDoorParts {
  readonly s3: S3;
  readonly http: HttpApis;
  readonly webSocket: WebSocketApis;
}

/**
 * Stands for CloudFront at `addresses.frontDoor`, for every host name that resolves to it. HTTPS is taken for granted:
 * viewer protocol policies change nothing here, and nothing is cached.
 */
export function openFrontDoor(context: CloudContext, parts: FrontDoorParts): Part {
  const distribution = readDistribution(context, {
    buckets: parts.s3.store.buckets,
    httpApis: parts.http.apiIds,
    webSocketApis: parts.webSocket.apiIds,
  });
  const server = context.servers.frontDoor;
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    answer(request).then(
      (reply) => sendReply(response, reply, request.method !== "HEAD"),
      (error: unknown) => {
        context.log.write("front door", error instanceof Error ? (error.stack ?? error.message) : String(error));
        sendReply(response, generated(502));
      },
    );
  };
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => undefined);
    upgrade(request, socket, head).catch((error: unknown) => {
      context.log.write("front door", String(error));
      writeRefusal(socket, generated(502));
    });
  };
  server.on("request", onRequest);
  server.on("upgrade", onUpgrade);

  async function answer(incoming: IncomingMessage): Promise<EdgeReply> {
    if (!distribution) return { ...generated(404), body: Buffer.from("The template has no CloudFront distribution.") };
    context.counters.add("cloudfront.requests");
    const viewer = viewerRequest(incoming);
    const behavior = distribution.behaviorFor(viewer.uri);
    if (!behavior.methods.includes(viewer.method)) {
      return finish(behavior, viewer, generated(403));
    }
    const steered = await runViewerRequest(distribution, behavior, viewer);
    if ("statusCode" in steered) return finish(behavior, viewer, fromFunctionResponse(steered));
    let body: Buffer;
    try {
      body = await readBody(incoming, behavior.origin.kind === "bucket" ? uploadBytes : httpLimits.payloadBytes);
    } catch (error) {
      if (!(error instanceof BodyTooLarge)) throw error;
      return finish(behavior, viewer, jsonReply(413, { message: "Request Entity Too Large" }));
    }
    const fromOrigin = await askOrigin(behavior, viewer, steered, body);
    const reply = await withCustomError(distribution, viewer, fromOrigin);
    if (reply.reset) return reply;
    const shaped = await runViewerResponse(distribution, behavior, viewer, steered, conditional(reply, viewer.flat));
    const sent = finish(behavior, viewer, shaped);
    if (!behavior.compress) return sent;
    return compress(sent, viewer.flat["accept-encoding"], behavior.forwarding.compressions);
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (!distribution) return writeRefusal(socket, generated(404));
    context.counters.add("cloudfront.requests");
    const viewer = viewerRequest(request);
    const behavior = distribution.behaviorFor(viewer.uri);
    const steered = await runViewerRequest(distribution, behavior, viewer);
    if ("statusCode" in steered) return writeRefusal(socket, fromFunctionResponse(steered));
    if (behavior.origin.kind !== "websocket") return writeRefusal(socket, generated(403));
    const origin = originRequest(behavior, viewer, steered, Buffer.alloc(0));
    const refusal = hostRefusal(behavior, origin);
    if (refusal) return writeRefusal(socket, refusal);
    if (!origin.headers["sec-websocket-key"]) {
      context.log.write("front door", "The origin request policy does not forward Sec-WebSocket-Key.");
      return writeRefusal(socket, generated(400));
    }
    await parts.webSocket.upgrade(behavior.origin.name, {
      request,
      socket,
      head,
      path: origin.path,
      query: origin.query,
      headers: origin.headers,
      sourceIp: origin.sourceIp,
    });
  }

  async function runViewerRequest(
    { id, domainName }: Distribution,
    behavior: Behavior,
    viewer: ViewerRequest,
  ): Promise<FunctionRequest | FunctionResponse> {
    const request = functionRequest(behavior, viewer);
    if (!behavior.viewerRequest) return request;
    const event = edgeEvent(id, domainName, "viewer-request", viewer, request);
    try {
      return await behavior.viewerRequest(event);
    } catch (error) {
      return functionFailed(error);
    }
  }

  async function runViewerResponse(
    { id, domainName }: Distribution,
    behavior: Behavior,
    viewer: ViewerRequest,
    request: FunctionRequest,
    reply: EdgeReply,
  ): Promise<EdgeReply> {
    // Not invoked when the origin answers 400 or higher ("Restrictions on edge functions").
    if (!behavior.viewerResponse || reply.status >= 400) return reply;
    const response: FunctionResponse = {
      statusCode: reply.status,
      statusDescription: STATUS_CODES[reply.status] ?? "",
      headers: toFunctionValues(Object.entries(reply.headers)),
      cookies: {},
    };
    try {
      const event = { ...edgeEvent(id, domainName, "viewer-response", viewer, request), response };
      const changed = await behavior.viewerResponse(event);
      if (!("statusCode" in changed)) throw new Error("A viewer-response function returned no response.");
      const replaced = fromFunctionResponse(changed);
      return { ...reply, ...replaced, body: changed.body === undefined ? reply.body : replaced.body };
    } catch (error) {
      return fromFunctionResponse(functionFailed(error));
    }
  }

  function functionFailed(error: unknown): FunctionResponse {
    context.log.write("front door", `CloudFront function failed: ${error instanceof Error ? error.message : error}`);
    return { statusCode: 503, body: "FunctionExecutionError", headers: { "content-type": { value: "text/plain" } } };
  }

  async function askOrigin(
    behavior: Behavior,
    viewer: ViewerRequest,
    steered: FunctionRequest,
    body: Buffer,
  ): Promise<EdgeReply> {
    const { origin } = behavior;
    const request = originRequest(behavior, viewer, steered, body);
    if (origin.kind === "bucket") return askBucket(origin, request);
    if (origin.kind === "websocket") return jsonReply(403, { message: "Forbidden" });
    return hostRefusal(behavior, request) ?? parts.http.handle(origin.name, request);
  }

  function askBucket(origin: Origin, request: EdgeRequest): EdgeReply {
    if (origin.signs) return readAsCloudFront(parts.s3.store, origin.name, request);
    const { method, path, query, headers, body } = request;
    const host = headers.host ?? origin.domain;
    return parts.s3.service.answerUnsigned({ method, path, query: parseQuery(query), headers, body, host });
  }

  /** API Gateway doesn't know the viewer's host name and answers 403 when it gets it. */
  function hostRefusal({ pattern, forwarding }: Behavior, request: EdgeRequest): EdgeReply | undefined {
    if (!forwarding.header("host")) return undefined;
    context.log.write(
      "front door",
      `The behaviour ${pattern} forwards Host, which API Gateway refuses (${request.path}).`,
    );
    return jsonReply(403, { message: "Forbidden" });
  }

  function originRequest(
    { origin, forwarding }: Behavior,
    viewer: ViewerRequest,
    steered: FunctionRequest,
    body: Buffer,
  ): EdgeRequest {
    const headers: Record<string, string> = {
      "user-agent": "Amazon CloudFront",
      via: "1.1 local.cloudfront.net (CloudFront)",
      "x-amz-cf-id": randomBytes(30).toString("base64url"),
    };
    for (const [name, value] of fromFunctionValues(steered.headers)) {
      if (name !== "cookie" && forwarding.header(name)) headers[name] = value;
    }
    const cookies = fromFunctionValues(steered.cookies).filter(([name]) => forwarding.cookie(name));
    if (cookies.length > 0) headers.cookie = cookies.map(([name, value]) => `${name}=${value}`).join("; ");
    if (origin.kind !== "bucket") headers.host = `${origin.name}.execute-api.${context.region}.amazonaws.com`;
    const type = viewer.flat["content-type"];
    if (body.length > 0 && type) headers["content-type"] = type;
    if (body.length > 0) headers["content-length"] = String(body.length);
    const before = viewer.flat["x-forwarded-for"];
    Object.assign(headers, {
      "x-forwarded-for": `${before ? `${before}, ` : ""}${viewer.ip}, ${edgeAddress}`,
      "x-forwarded-port": "443",
      "x-forwarded-proto": "https",
      ...origin.headers,
    });
    const query = fromFunctionValues(steered.querystring)
      .filter(([name]) => forwarding.query(name))
      .map(([name, value]) => (value === "" && !viewer.query.includes(`${name}=`) ? name : `${name}=${value}`))
      .join("&");
    const root = steered.uri === "/" && distribution?.rootObject ? `/${distribution.rootObject}` : steered.uri;
    return { method: viewer.method, path: origin.path + root, query, headers, body, sourceIp: edgeAddress };
  }

  async function withCustomError(
    { customError, behaviorFor }: Distribution,
    viewer: ViewerRequest,
    reply: EdgeReply,
  ): Promise<EdgeReply> {
    const instead = reply.reset ? undefined : customError(reply.status);
    if (!instead?.page) return reply;
    const request = { method: "GET", uri: instead.page, headers: {}, cookies: {}, querystring: {} };
    const page = await askOrigin(behaviorFor(instead.page), { ...viewer, method: "GET" }, request, Buffer.alloc(0));
    return page.status === 200 ? { ...page, status: instead.answerAs } : reply;
  }

  return {
    async close() {
      server.off("request", onRequest);
      server.off("upgrade", onUpgrade);
    },
  };
}

interface ViewerRequest {
  readonly method: string;
  readonly uri: string;
  readonly query: string;
  readonly flat: Readonly<Record<string, string>>;
  readonly ip: string;
  readonly port: number;
  readonly country: string;
}

function viewerRequest(incoming: IncomingMessage): ViewerRequest {
  const { [countryHeader]: country = defaultCountry, ...flat } = flatHeaders(incoming);
  const [uri = "/", ...query] = (incoming.url ?? "/").split("?");
  return {
    method: incoming.method ?? "GET",
    uri,
    query: query.join("?"),
    flat,
    ip: (incoming.socket.remoteAddress ?? "127.0.0.1").replace(/^::ffff:/, "").replace(/^::1$/, "127.0.0.1"),
    port: incoming.socket.remotePort ?? 0,
    country: country.toUpperCase(),
  };
}

/** A function sees the CloudFront headers that the behaviour's policies name. */
function functionRequest({ forwarding }: Behavior, viewer: ViewerRequest): FunctionRequest {
  const { cookie = "", ...headers } = viewer.flat;
  const added: Record<string, string> = {
    "cloudfront-viewer-address": `${viewer.ip}:${viewer.port}`,
    "cloudfront-viewer-country": viewer.country,
    "cloudfront-forwarded-proto": "https",
    "cloudfront-is-mobile-viewer": String(/Mobi/i.test(headers["user-agent"] ?? "")),
  };
  const own = Object.entries(headers).filter(([name]) => !name.startsWith("cloudfront-"));
  const cloudFront = Object.entries(added).filter(([name]) => forwarding.header(name));
  return {
    method: viewer.method,
    uri: viewer.uri,
    querystring: toFunctionValues(splitPairs(viewer.query, "&")),
    headers: toFunctionValues([...own, ...cloudFront]),
    cookies: toFunctionValues(splitPairs(cookie, ";")),
  };
}

function edgeEvent(
  distributionId: string,
  distributionDomainName: string,
  eventType: "viewer-request" | "viewer-response",
  viewer: ViewerRequest,
  request: FunctionRequest,
): EdgeEvent {
  const requestId = randomBytes(30).toString("base64url");
  const context = { distributionDomainName, distributionId, eventType, requestId };
  return { version: "1.0", context, viewer: { ip: viewer.ip }, request };
}

function fromFunctionResponse({ statusCode, headers, cookies, body }: FunctionResponse): EdgeReply {
  const lower = fromFunctionValues(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const bytes =
    typeof body === "object"
      ? Buffer.from(body.data, body.encoding === "base64" ? "base64" : "utf8")
      : Buffer.from(body ?? "");
  const setCookies = fromFunctionValues(cookies).map(([name, value]) => `${name}=${value}`);
  return {
    status: statusCode,
    headers: Object.fromEntries(lower),
    ...(setCookies.length > 0 && { cookies: setCookies }),
    body: bytes,
  };
}

function finish(behavior: Behavior, viewer: ViewerRequest, reply: EdgeReply): EdgeReply {
  return { ...reply, headers: behavior.responseHeaders(reply.headers, viewer.flat.origin) };
}

function generated(status: number): EdgeReply {
  const body = `${status} ${STATUS_CODES[status] ?? ""}\nGenerated by the local front door.\n`;
  return { status, headers: { "content-type": "text/plain", server: "CloudFront" }, body: Buffer.from(body) };
}

function writeRefusal(socket: Duplex, reply: EdgeReply): void {
  const headers = Object.entries({ ...reply.headers, "content-length": reply.body.length, connection: "close" });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(
    Buffer.concat([
      Buffer.from(`HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? ""}\r\n${lines}\r\n`),
      reply.body,
    ]),
  );
}
