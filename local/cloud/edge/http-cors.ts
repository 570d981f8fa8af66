import type { EdgeReply, EdgeRequest } from "./exchange.ts";

/** `CorsConfiguration` of an HTTP API. */
export interface CorsConfiguration {
  readonly AllowOrigins?: readonly string[];
  readonly AllowMethods?: readonly string[];
  readonly AllowHeaders?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  readonly AllowCredentials?: boolean;
  readonly MaxAge?: number;
}

/** With CORS configured, API Gateway answers a preflight itself and never calls the integration. */
export function preflightReply(cors: CorsConfiguration | undefined, request: EdgeRequest): EdgeReply | undefined {
  const { origin, "access-control-request-method": wanted } = request.headers;
  if (!cors || request.method !== "OPTIONS" || !origin || !wanted) return undefined;
  return {
    status: 204,
    headers: {
      ...allowOrigin(cors, origin),
      ...(allowed(cors, origin) && {
        "access-control-allow-methods": (cors.AllowMethods ?? []).join(","),
        "access-control-allow-headers": (cors.AllowHeaders ?? []).join(","),
        ...(cors.MaxAge !== undefined && { "access-control-max-age": String(cors.MaxAge) }),
      }),
    },
    body: Buffer.alloc(0),
  };
}

/** Replaces the CORS headers of the integration, which API Gateway ignores once CORS is configured. */
export function withCors(cors: CorsConfiguration | undefined, request: EdgeRequest, reply: EdgeReply): EdgeReply {
  const { origin } = request.headers;
  if (!cors || !origin) return reply;
  const own = Object.entries(reply.headers).filter(([name]) => !name.startsWith("access-control-"));
  const exposed = cors.ExposeHeaders?.length ? { "access-control-expose-headers": cors.ExposeHeaders.join(",") } : {};
  return {
    ...reply,
    headers: { ...Object.fromEntries(own), ...allowOrigin(cors, origin), ...(allowed(cors, origin) && exposed) },
  };
}

function allowOrigin(cors: CorsConfiguration, origin: string): Record<string, string> {
  if (!allowed(cors, origin)) return {};
  return {
    "access-control-allow-origin": cors.AllowOrigins?.includes("*") ? "*" : origin,
    ...(cors.AllowCredentials && { "access-control-allow-credentials": "true" }),
    ...(!cors.AllowOrigins?.includes("*") && { vary: "origin" }),
  };
}

function allowed(cors: CorsConfiguration, origin: string): boolean {
  return (cors.AllowOrigins ?? []).some(
    (one) => one === "*" || one === origin || (one.endsWith("://*") && origin.startsWith(one.slice(0, -1))),
  );
}
