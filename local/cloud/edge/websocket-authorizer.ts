import type { CloudContext } from "../service.ts";
import {
  authorizerPolicy,
  type ExecuteApi,
  type ExecuteRoute,
  gatewayId,
  invokeAsGateway,
  timedOut,
} from "./execute-api.ts";
import type { ConnectionFacts, Handshake } from "./websocket-events.ts";
import { socketContext } from "./websocket-events.ts";

const contextLimitBytes = 8 * 1024;

export type Verdict =
  | { readonly authorizer: Readonly<Record<string, unknown>> | undefined }
  | { readonly refusedWith: 401 | 403 | 500 };

/**
 * Decides whether a handshake may reach `$connect`: 401 without an identity source or when the function throws
 * "Unauthorized", 403 when its policy doesn't allow, 500 when it fails or returns more than 8 kB of context.
 */
export async function authorizeConnect(
  context: CloudContext,
  api: ExecuteApi,
  route: ExecuteRoute,
  connection: ConnectionFacts,
  handshake: Handshake,
): Promise<Verdict> {
  if (route.authorization === "NONE") return { authorizer: undefined };
  const authorizer = route.authorizer?.properties;
  if (route.authorization !== "CUSTOM" || authorizer?.AuthorizerType !== "REQUEST") return { refusedWith: 403 };
  const sources: readonly string[] = authorizer.IdentitySource ?? [];
  if (!sources.every((source) => hasIdentity(source, api, handshake))) return { refusedWith: 401 };

  const sourceArn = `arn:aws:execute-api:${context.region}:${context.account}:${api.apiId}/authorizers/${context.template.resolve({ Ref: route.authorizer?.logicalId })}`;
  const methodArn = `arn:aws:execute-api:${context.region}:${context.account}:${api.apiId}/${api.stage}/$connect`;
  const { requestId, ...requestContext } = socketContext(api, connection, context.clock.now(), {
    routeKey: "$connect",
    eventType: "CONNECT",
    requestId: gatewayId(),
  });
  const started = context.clock.now();
  const answer = await invokeAsGateway(context, {
    target: authorizer.AuthorizerUri,
    sourceArn,
    timeoutMs: 10_000,
    event: {
      type: "REQUEST",
      methodArn,
      ...handshake,
      queryStringParameters: handshake.queryStringParameters ?? {},
      multiValueQueryStringParameters: handshake.multiValueQueryStringParameters ?? {},
      stageVariables: api.stageVariables ?? {},
      requestContext: { ...requestContext, requestId },
    },
  });
  if (answer === timedOut) return { refusedWith: 500 };
  if ("error" in answer) return { refusedWith: answer.error.errorMessage === "Unauthorized" ? 401 : 500 };
  const policy = authorizerPolicy(answer.payload);
  if (!policy) return { refusedWith: 500 };
  if (!policy.allows(methodArn)) return { refusedWith: 403 };
  const values = Object.entries(policy.context);
  // Objects and arrays aren't valid context values ("Output from an API Gateway Lambda authorizer").
  if (values.some(([, value]) => typeof value === "object" && value !== null)) return { refusedWith: 500 };
  if (Buffer.byteLength(JSON.stringify(answer.payload)) > contextLimitBytes) return { refusedWith: 500 };
  return {
    authorizer: {
      ...Object.fromEntries(values.map(([name, value]) => [name, String(value)])),
      principalId: policy.principalId,
      integrationLatency: context.clock.now() - started,
    },
  };
}

function hasIdentity(source: string, api: ExecuteApi, handshake: Handshake): boolean {
  const [, kind, name = ""] =
    /^(?:route\.request\.)?(header|querystring|stageVariables|context)\.(.+)$/.exec(source) ?? [];
  if (kind === "header") return Boolean(handshake.headers[name.toLowerCase()] ?? headerOf(handshake, name));
  if (kind === "querystring") return Boolean(handshake.queryStringParameters?.[name]);
  if (kind === "stageVariables" || source.startsWith("stageVariables.")) {
    return Boolean(api.stageVariables?.[source.split(".").at(-1) ?? ""]);
  }
  return true;
}

function headerOf(handshake: Handshake, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(handshake.headers).find(([one]) => one.toLowerCase() === wanted)?.[1];
}
