import { commonLogTime, type ExecuteApi, gatewayId } from "./execute-api.ts";

/** What stays the same for the life of a connection. */
export interface ConnectionFacts {
  readonly connectionId: string;
  readonly connectedAt: number;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  /** The authorizer's principal and context; every value is a string. */
  readonly authorizer: Readonly<Record<string, unknown>> | undefined;
}

/** The headers and query of the handshake in both shapes that a Lambda proxy event has. */
export interface Handshake {
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[]>>;
}

export function readHandshake(headers: Readonly<Record<string, string>>, query: string): Handshake {
  const multi = (entries: Iterable<[string, string]>) => {
    const lists: Record<string, string[]> = {};
    for (const [name, value] of entries) lists[name] = [...(lists[name] ?? []), value];
    return lists;
  };
  const parameters = new URLSearchParams(query);
  return {
    headers,
    multiValueHeaders: multi(Object.entries(headers)),
    ...(query && {
      // With a repeated name the last value wins ("Set up a WebSocket API proxy integration").
      queryStringParameters: Object.fromEntries(parameters),
      multiValueQueryStringParameters: multi(parameters),
    }),
  };
}

/** `requestContext` as API Gateway fills it for a WebSocket route. */
export function socketContext(
  api: ExecuteApi,
  connection: ConnectionFacts,
  at: number,
  own: { routeKey: string; eventType: "CONNECT" | "MESSAGE" | "DISCONNECT"; requestId: string } & Record<
    string,
    unknown
  >,
) {
  return {
    ...own,
    messageId: own.eventType === "MESSAGE" ? gatewayId() : null,
    extendedRequestId: gatewayId(),
    requestTime: commonLogTime(at),
    requestTimeEpoch: at,
    messageDirection: "IN",
    stage: api.stage,
    connectedAt: connection.connectedAt,
    identity: { sourceIp: connection.sourceIp, ...(connection.userAgent && { userAgent: connection.userAgent }) },
    domainName: api.domainName,
    connectionId: connection.connectionId,
    apiId: api.apiId,
    ...(connection.authorizer && { authorizer: connection.authorizer }),
  };
}

/** The route of a message: the value that the selection expression finds in it, else `$default`. */
export function selectRoute(api: ExecuteApi, body: string) {
  const expression = String(api.resource.properties.RouteSelectionExpression ?? "");
  const path = /^\$\{?request\.body\.([\w.-]+)\}?$/.exec(expression)?.[1];
  const key = path && valueAt(body, path.split("."));
  return (
    api.routes.find((route) => route.key === key && !route.key.startsWith("$")) ??
    api.routes.find((route) => route.key === "$default")
  );
}

function valueAt(body: string, path: readonly string[]): string | undefined {
  try {
    let value: unknown = JSON.parse(body);
    for (const name of path) value = (value as Record<string, unknown> | null | undefined)?.[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  } catch {
    return undefined;
  }
}
