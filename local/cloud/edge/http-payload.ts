import { type EdgeReply, type EdgeRequest, jsonReply } from "./exchange.ts";
import { commonLogTime, type ExecuteApi } from "./execute-api.ts";
import type { MatchedRoute } from "./http-routes.ts";

/** The event of payload format 2.0 ("Working with AWS Lambda proxy integrations for HTTP APIs"). */
export function requestEvent(
  api: ExecuteApi,
  { route, pathParameters }: MatchedRoute,
  request: EdgeRequest,
  facts: { requestId: string; at: number; account: string; authorizer: unknown },
): Record<string, unknown> {
  const { cookie, ...headers } = request.headers;
  const isText = isTextBody(request.headers["content-type"]);
  return {
    version: "2.0",
    routeKey: route.key,
    rawPath: decodedPath(request.path),
    rawQueryString: request.query,
    ...(cookie && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(request.query && { queryStringParameters: joinedParameters(request.query) }),
    ...(pathParameters && { pathParameters }),
    ...(api.stageVariables && { stageVariables: api.stageVariables }),
    requestContext: {
      accountId: facts.account,
      apiId: api.apiId,
      ...(facts.authorizer !== undefined && { authorizer: facts.authorizer }),
      domainName: api.domainName,
      domainPrefix: api.apiId,
      http: {
        method: request.method,
        path: decodedPath(request.path),
        protocol: "HTTP/1.1",
        sourceIp: request.sourceIp,
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId: facts.requestId,
      routeKey: route.key,
      stage: api.stage,
      time: commonLogTime(facts.at),
      timeEpoch: facts.at,
    },
    ...(request.body.length > 0 && { body: request.body.toString(isText ? "utf8" : "base64") }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

/**
 * The reply to a client from what the function returned. Without `statusCode` the whole value is a JSON body with 200;
 * an answer that isn't in the format is 500 ("Internal Server Error").
 */
export function replyFromPayload(payload: unknown): EdgeReply {
  if (typeof payload !== "object" || payload === null || !("statusCode" in payload)) {
    const body = typeof payload === "string" ? payload : JSON.stringify(payload ?? null);
    return { status: 200, headers: { "content-type": "application/json" }, body: Buffer.from(body) };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = payload as Record<string, unknown>;
  const status = Number(statusCode);
  const bodyIsText = body === undefined || body === null || typeof body === "string";
  if (!Number.isInteger(status) || status < 200 || status > 599 || !bodyIsText) return internalError();
  const lower: Record<string, string> = {};
  for (const [name, value] of Object.entries((headers ?? {}) as Record<string, unknown>)) {
    lower[name.toLowerCase()] = Array.isArray(value) ? value.join(",") : String(value);
  }
  const text = typeof body === "string" ? body : "";
  // A body without a content type is sent as plain text.
  if (text && !lower["content-type"]) lower["content-type"] = "text/plain;charset=UTF-8";
  return {
    status,
    headers: lower,
    ...(Array.isArray(cookies) && { cookies: cookies.map(String) }),
    body: Buffer.from(text, isBase64Encoded === true ? "base64" : "utf8"),
  };
}

export function internalError(): EdgeReply {
  return jsonReply(500, { message: "Internal Server Error" });
}

/** HTTP APIs pass these as text and everything else, form posts included, as base64. */
function isTextBody(contentType: string | undefined): boolean {
  return (
    !contentType || /^(text\/|application\/(?:[\w.-]+\+)?(?:json|xml)\b|application\/javascript\b)/i.test(contentType)
  );
}

/** Repeated names are joined with commas. */
function joinedParameters(query: string): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    joined[name] = joined[name] === undefined ? value : `${joined[name]},${value}`;
  }
  return joined;
}

function decodedPath(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
