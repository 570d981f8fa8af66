import type { CloudContext } from "../service.ts";
import { type EdgeReply, type EdgeRequest, jsonReply } from "./exchange.ts";
import { type ExecuteApi, executeApis, gatewayId, invokeAsGateway, timedOut } from "./execute-api.ts";
import { authorizeHttp, type FindIssuer } from "./http-authorizers.ts";
import { type CorsConfiguration, preflightReply, withCors } from "./http-cors.ts";
import { internalError, replyFromPayload, requestEvent } from "./http-payload.ts";
import { matchRoute } from "./http-routes.ts";

/** Limits of "Amazon API Gateway quotas" for HTTP APIs. */
export const httpLimits = { payloadBytes: 10 * 1024 * 1024, meteredBytes: 512 * 1024 } as const;

export interface HttpApis {
  /** The ids of the HTTP APIs in the template. */
  readonly apiIds: readonly string[];
  /** Answers one request as API Gateway would; never rejects. */
  handle(apiId: string, request: EdgeRequest): Promise<EdgeReply>;
}

/** Runs the template's HTTP APIs with payload format 2.0. */
export function startHttpApis(context: CloudContext, findIssuer: FindIssuer): HttpApis {
  const apis = executeApis(context, "HTTP");
  for (const { logicalId, properties } of context.template.ofType("AWS::ApiGatewayV2::Integration")) {
    const isHttp = apis.some((api) => api.apiId === properties.ApiId);
    if (isHttp && properties.PayloadFormatVersion !== "2.0") {
      throw new Error(
        `Integration ${logicalId} wants payload format ${properties.PayloadFormatVersion}; only 2.0 runs here.`,
      );
    }
  }

  async function answer(api: ExecuteApi, request: EdgeRequest): Promise<EdgeReply> {
    const path = pathBelowStage(api.stage, request.path);
    const match = path === undefined ? undefined : matchRoute(api.routes, request.method, path);
    if (!match) return jsonReply(404, { message: "Not Found" });
    if (request.body.length > httpLimits.payloadBytes) return jsonReply(413, { message: "Request Entity Too Large" });
    const { key } = match.route;
    if (!api.admits(key)) return jsonReply(429, { message: "Too Many Requests" });
    const verdict = await authorizeHttp(context, api, match, request, findIssuer);
    if ("refusal" in verdict) return verdict.refusal;
    const { account, region, clock } = context;
    const facts = { requestId: gatewayId(), at: clock.now(), account, authorizer: verdict.authorizer };
    const result = await invokeAsGateway(context, {
      target: match.route.integration,
      event: requestEvent(api, match, request, facts),
      sourceArn: `arn:aws:execute-api:${region}:${account}:${api.apiId}/${api.stage}/${permissionPath(key)}`,
      timeoutMs: match.route.timeoutMs,
    });
    const withId = (reply: EdgeReply): EdgeReply => ({
      ...reply,
      headers: { ...reply.headers, "apigw-requestid": facts.requestId },
    });
    if (context.faults.strike("http.reply.lost", { route: key })) return { ...internalError(), reset: true };
    if (result === timedOut) return withId(jsonReply(503, { message: "Service Unavailable" }));
    return withId("error" in result ? internalError() : replyFromPayload(result.payload));
  }

  return {
    apiIds: apis.map((api) => api.apiId),
    async handle(apiId, request) {
      const api = apis.find((one) => one.apiId === apiId);
      if (!api) return jsonReply(403, { message: "Forbidden" });
      context.counters.add("http.requests", Math.max(1, Math.ceil(request.body.length / httpLimits.meteredBytes)));
      const cors: CorsConfiguration | undefined = api.resource.properties.CorsConfiguration;
      try {
        return preflightReply(cors, request) ?? withCors(cors, request, await answer(api, request));
      } catch (error) {
        context.log.write("http", error instanceof Error ? (error.stack ?? error.message) : String(error));
        return internalError();
      }
    },
  };
}

/** The `$default` stage has no path of its own; any other is the first segment. */
function pathBelowStage(stage: string, path: string): string | undefined {
  if (stage === "$default") return path;
  if (path !== `/${stage}` && !path.startsWith(`/${stage}/`)) return undefined;
  return path.slice(stage.length + 1) || "/";
}

/** The end of the source ARN: method and route path, variables unresolved. */
function permissionPath(routeKey: string): string {
  if (routeKey === "$default") return "$default";
  const [method, path = "/"] = routeKey.split(" ");
  return `${method === "ANY" ? "*" : method}${path}`;
}
