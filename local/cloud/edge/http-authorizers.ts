import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { CloudContext } from "../service.ts";
import { type EdgeReply, type EdgeRequest, jsonReply } from "./exchange.ts";
import { authorizerPolicy, type ExecuteApi, gatewayId, invokeAsGateway, timedOut } from "./execute-api.ts";
import { internalError, requestEvent } from "./http-payload.ts";
import type { MatchedRoute } from "./http-routes.ts";

/** A user pool that runs here: the issuer that its tokens carry, and its keys. */
export interface LocalIssuer {
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
}

/** Finds the local user pool behind an issuer of the template. */
export type FindIssuer = (issuer: string) => LocalIssuer | undefined;

/** `requestContext.authorizer`, or the refusal that the client gets. */
export type HttpVerdict = { readonly authorizer: unknown } | { readonly refusal: EdgeReply };

const remoteKeys = new Map<string, JWTVerifyGetKey>();

export async function authorizeHttp(
  context: CloudContext,
  api: ExecuteApi,
  match: MatchedRoute,
  request: EdgeRequest,
  findIssuer: FindIssuer,
): Promise<HttpVerdict> {
  switch (match.route.authorization) {
    case "NONE":
      return { authorizer: undefined };
    case "JWT":
      return authorizeJwt(context, match, request, findIssuer);
    case "CUSTOM":
      return authorizeByFunction(context, api, match, request);
    case "AWS_IAM":
      return { refusal: forbidden() };
  }
}

/** Checks signature, issuer, audience (or `client_id`), times and scopes ("Control access with JWT authorizers"). */
async function authorizeJwt(
  context: CloudContext,
  { route }: MatchedRoute,
  request: EdgeRequest,
  findIssuer: FindIssuer,
): Promise<HttpVerdict> {
  const { IdentitySource = [], JwtConfiguration = {} } = route.authorizer?.properties ?? {};
  const token = identityOf(IdentitySource[0] ?? "$request.header.Authorization", request)?.replace(/^Bearer\s+/i, "");
  if (!token) return { refusal: unauthorized("Bearer") };
  const { issuer, keys } = findIssuer(JwtConfiguration.Issuer) ?? remoteIssuer(JwtConfiguration.Issuer);
  let claims: JWTPayload;
  try {
    const options = { issuer, currentDate: new Date(context.clock.now()), algorithms: ["RS256", "RS384", "RS512"] };
    claims = (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    return { refusal: unauthorized(`Bearer scope="" error="invalid_token" error_description="${reasonOf(error)}"`) };
  }
  // `client_id` is checked only when the token has no `aud`: Cognito's access tokens have none.
  const audiences = [claims.aud ?? claims.client_id].flat();
  if (!audiences.some((one) => (JwtConfiguration.Audience ?? []).includes(one))) {
    const description = "the token does not have a valid audience";
    return { refusal: unauthorized(`Bearer scope="" error="invalid_token" error_description="${description}"`) };
  }
  const granted = String(claims.scope ?? claims.scp ?? "").split(" ");
  if (route.scopes.length > 0 && !route.scopes.some((scope) => granted.includes(scope))) {
    const challenge = `Bearer scope="${route.scopes.join(" ")}" error="insufficient_scope"`;
    return { refusal: { ...forbidden(), headers: { ...forbidden().headers, "www-authenticate": challenge } } };
  }
  const text = (value: unknown) => (Array.isArray(value) ? `[${value.join(" ")}]` : String(value));
  return {
    authorizer: {
      jwt: {
        claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, text(value)])),
        scopes: route.scopes.length > 0 ? route.scopes : null,
      },
    },
  };
}

async function authorizeByFunction(
  context: CloudContext,
  api: ExecuteApi,
  match: MatchedRoute,
  request: EdgeRequest,
): Promise<HttpVerdict> {
  const properties = match.route.authorizer?.properties ?? {};
  const sources: readonly string[] = properties.IdentitySource ?? [];
  const identities = sources.map((source) => identityOf(source, request));
  if (identities.some((one) => !one)) return { refusal: unauthorized(undefined) };
  const { region, account } = context;
  const [method = "ANY", path = "/$default"] = match.route.key.split(" ");
  const routeArn = `arn:aws:execute-api:${region}:${account}:${api.apiId}/${api.stage}/${method}${path}`;
  const facts = { requestId: gatewayId(), at: context.clock.now(), account, authorizer: undefined };
  const { body: _body, isBase64Encoded: _encoded, ...event } = requestEvent(api, match, request, facts);
  const answer = await invokeAsGateway(context, {
    target: properties.AuthorizerUri,
    event: { ...event, type: "REQUEST", routeArn, identitySource: identities },
    sourceArn: `arn:aws:execute-api:${region}:${account}:${api.apiId}/authorizers/${context.template.resolve({ Ref: match.route.authorizer?.logicalId })}`,
    timeoutMs: 10_000,
  });
  if (answer === timedOut) return { refusal: internalError() };
  if ("error" in answer) {
    const refused = answer.error.errorMessage === "Unauthorized";
    return { refusal: refused ? unauthorized(undefined) : internalError() };
  }
  if (properties.EnableSimpleResponses) {
    const { isAuthorized, context: values } = (answer.payload ?? {}) as Record<string, unknown>;
    if (typeof isAuthorized !== "boolean") return { refusal: internalError() };
    return isAuthorized ? { authorizer: { lambda: values ?? {} } } : { refusal: forbidden() };
  }
  const policy = authorizerPolicy(answer.payload);
  if (!policy) return { refusal: internalError() };
  return policy.allows(routeArn) ? { authorizer: { lambda: policy.context } } : { refusal: forbidden() };
}

function identityOf(source: string, request: EdgeRequest): string | undefined {
  const [, kind, name = ""] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (kind === "header") return request.headers[name.toLowerCase()];
  if (kind === "querystring") return new URLSearchParams(request.query).get(name) ?? undefined;
  return undefined;
}

function remoteIssuer(issuer: string): LocalIssuer {
  const keys = remoteKeys.get(issuer) ?? createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
  remoteKeys.set(issuer, keys);
  return { issuer, keys };
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "the token has expired";
  if (error instanceof errors.JWTClaimValidationFailed) return `invalid ${error.claim}`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return "signature verification failed";
  return "invalid token";
}

function unauthorized(challenge: string | undefined): EdgeReply {
  return jsonReply(401, { message: "Unauthorized" }, challenge ? { "www-authenticate": challenge } : {});
}

function forbidden(): EdgeReply {
  return jsonReply(403, { message: "Forbidden" });
}
