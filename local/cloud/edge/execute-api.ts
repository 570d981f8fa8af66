import { randomBytes } from "node:crypto";
import type { Clock, CloudContext, InvocationResult, Resource } from "../service.ts";
import { TokenBucket } from "./token-bucket.ts";
import { matchesWildcard } from "./wildcard.ts";

/** An API of the template with its stage and its routes. */
export interface ExecuteApi {
  readonly apiId: string;
  readonly resource: Resource;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>> | undefined;
  /** `<apiId>.execute-api.<region>.amazonaws.com` */
  readonly domainName: string;
  readonly routes: readonly ExecuteRoute[];
  /** False when the stage's rate or burst for this route is used up. */
  admits(routeKey: string): boolean;
}

export interface ExecuteRoute {
  readonly key: string;
  /** The integration URI, which names the function. */
  readonly integration: string;
  /** Milliseconds; 29 s unless the integration says less ("Amazon API Gateway quotas"). */
  readonly timeoutMs: number;
  readonly authorization: "NONE" | "JWT" | "CUSTOM" | "AWS_IAM";
  readonly authorizer: Resource | undefined;
  readonly scopes: readonly string[];
  /** Whether what the integration returns goes back to the sender (WebSocket only). */
  readonly answersSender: boolean;
}

const longestIntegrationMs = { WEBSOCKET: 29_000, HTTP: 30_000 } as const;

/** Reads the APIs of one protocol from the template. */
export function executeApis(context: CloudContext, protocol: "WEBSOCKET" | "HTTP"): readonly ExecuteApi[] {
  const { template } = context;
  const ref = (logicalId: string) => String(template.resolve({ Ref: logicalId }));
  const byRef = (type: string) => new Map(template.ofType(type).map((found) => [ref(found.logicalId), found]));
  const integrations = byRef("AWS::ApiGatewayV2::Integration");
  const authorizers = byRef("AWS::ApiGatewayV2::Authorizer");
  const answering = new Set(template.ofType("AWS::ApiGatewayV2::RouteResponse").map((one) => one.properties.RouteId));

  return template
    .ofType("AWS::ApiGatewayV2::Api")
    .filter((api) => api.properties.ProtocolType === protocol)
    .map((resource) => {
      const apiId = ref(resource.logicalId);
      const stage = template.ofType("AWS::ApiGatewayV2::Stage").find((one) => one.properties.ApiId === apiId);
      const routes = template
        .ofType("AWS::ApiGatewayV2::Route")
        .filter((route) => route.properties.ApiId === apiId)
        .map(({ logicalId, properties }): ExecuteRoute => {
          const integration = integrations.get(String(properties.Target).replace(/^integrations\//, ""));
          if (!integration) throw new Error(`Route ${logicalId} has no integration in the template.`);
          return {
            key: properties.RouteKey,
            integration: integration.properties.IntegrationUri,
            timeoutMs: Number(integration.properties.TimeoutInMillis ?? longestIntegrationMs[protocol]),
            authorization: properties.AuthorizationType ?? "NONE",
            authorizer: authorizers.get(properties.AuthorizerId),
            scopes: properties.AuthorizationScopes ?? [],
            answersSender: Boolean(properties.RouteResponseSelectionExpression) && answering.has(ref(logicalId)),
          };
        });
      return {
        apiId,
        resource,
        stage: stage?.properties.StageName ?? "$default",
        stageVariables: stage?.properties.StageVariables,
        domainName: `${apiId}.execute-api.${context.region}.amazonaws.com`,
        routes,
        admits: stageThrottle(context.clock, stage),
      };
    });
}

function stageThrottle(clock: Clock, stage: Resource | undefined): (routeKey: string) => boolean {
  const defaults = stage?.properties.DefaultRouteSettings ?? {};
  const perRoute: Record<string, Record<string, number>> = stage?.properties.RouteSettings ?? {};
  const buckets = new Map<string, TokenBucket>();
  return (routeKey) => {
    const own = perRoute[routeKey];
    const rate = own?.ThrottlingRateLimit ?? defaults.ThrottlingRateLimit;
    const burst = own?.ThrottlingBurstLimit ?? defaults.ThrottlingBurstLimit;
    if (rate === undefined || burst === undefined) return true;
    // Default settings apply to each route on its own, not to their sum ("Throttle requests to your HTTP APIs").
    const bucket = buckets.get(routeKey) ?? new TokenBucket(clock, Number(rate), Number(burst));
    buckets.set(routeKey, bucket);
    return bucket.take();
  };
}

export const timedOut = Symbol("timed out");

/** Invokes an integration or an authorizer as API Gateway, and gives up after `timeoutMs` while the function goes on. */
export function invokeAsGateway(
  context: CloudContext,
  { target, event, sourceArn, timeoutMs }: { target: string; event: unknown; sourceArn: string; timeoutMs: number },
): Promise<InvocationResult | typeof timedOut> {
  return new Promise((resolve) => {
    const cancel = context.clock.after(timeoutMs, () => resolve(timedOut));
    const settle = (result: InvocationResult) => {
      cancel();
      resolve(result);
    };
    void context.functions
      .invoke(target, event, { principal: "apigateway.amazonaws.com", sourceArn })
      .then(settle, (error: unknown) => settle({ error: { errorType: "Error", errorMessage: String(error) } }));
  });
}

/** 16 characters, as API Gateway's connection, message and request ids. */
export function gatewayId(): string {
  return randomBytes(12).toString("base64");
}

/** `22/Nov/2026:09:30:00 +0000`, the Common Log Format of `requestContext.requestTime`. */
export function commonLogTime(ms: number): string {
  const [, day, month, year, time] = new Date(ms).toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}

/** The policy of a Lambda authorizer, narrowed from what the function returned. */
export interface AuthorizerPolicy {
  readonly principalId: string;
  readonly context: Readonly<Record<string, unknown>>;
  allows(arn: string): boolean;
}

/** Undefined when the answer isn't a policy, which API Gateway treats as a failure of the authorizer. */
export function authorizerPolicy(payload: unknown): AuthorizerPolicy | undefined {
  if (typeof payload !== "object" || payload === null) return undefined;
  const { principalId, policyDocument, context } = payload as Record<string, unknown>;
  if (typeof policyDocument !== "object" || policyDocument === null) return undefined;
  const { Statement } = policyDocument as { Statement?: unknown };
  const statements = (Array.isArray(Statement) ? Statement : [Statement]) as Array<Record<string, unknown>>;
  const covers = (statement: Record<string, unknown>, arn: string) =>
    listOf(statement.Resource).some((pattern) => matchesWildcard(pattern, arn)) &&
    listOf(statement.Action).some((action) => matchesWildcard(action, "execute-api:Invoke"));
  return {
    principalId: String(principalId ?? ""),
    context: typeof context === "object" && context !== null ? (context as Record<string, unknown>) : {},
    allows: (arn) => {
      const relevant = statements.filter((one) => one && covers(one, arn));
      return relevant.some((one) => one.Effect === "Allow") && !relevant.some((one) => one.Effect === "Deny");
    },
  };
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");
}
