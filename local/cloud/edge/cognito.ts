import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createLocalJWKSet } from "jose";
import type { CloudContext, Part, Resource } from "../service.ts";
import { loginPage, loginProblem } from "./cognito-login.tsx";
import { CognitoService } from "./cognito-service.ts";
import { CognitoTokens, type Grant } from "./cognito-tokens.ts";
import { type PoolUser, PoolUsers, type SeedUser } from "./cognito-users.ts";
import { BodyTooLarge, readBody } from "./exchange.ts";
import type { FindIssuer } from "./http-authorizers.ts";
import { foreignRequest } from "./loopback.ts";

const codeLifeMs = 5 * 60_000;
const formBytes = 64 * 1024;

/** Thrown for an e-mail address that no user has. */
export class UnknownUser extends Error {}

export interface Cognito extends Part {
  /** An access token for a user of the first pool, without the login page. Rejects with `UnknownUser`. */
  issueAccessToken(email: string): Promise<{ accessToken: string; expiresIn: number }>;
  /** The pool behind an issuer URL. */
  readonly findIssuer: FindIssuer;
  /** E-mail addresses of all users. */
  emails(): readonly string[];
}

interface PendingCode extends Grant {
  readonly redirectUri: string;
  readonly challenge: string;
}

/**
 * Runs the template's user pools at `addresses.console` under `/cognito/<poolId>`: the login page, the OAuth 2.0
 * endpoints and the discovery document, and the `cognito-idp` API. Authorization code with PKCE (S256) only.
 */
export async function startCognito(context: CloudContext, seeds: readonly SeedUser[] = []): Promise<Cognito> {
  const { template, clock } = context;
  const users = new PoolUsers(context, seeds);
  const tokens = await CognitoTokens.open(context);
  const codes = new Map<string, PendingCode>();
  const refOf = ({ logicalId }: Resource) => String(template.resolve({ Ref: logicalId }));
  const pools = new Map(template.ofType("AWS::Cognito::UserPool").map((pool) => [refOf(pool), pool]));
  const clients = new Map(template.ofType("AWS::Cognito::UserPoolClient").map((client) => [refOf(client), client]));
  const clientOf = (poolId: string, clientId: string | null) => {
    const client = clients.get(clientId ?? "");
    return client?.properties.UserPoolId === poolId ? client : undefined;
  };
  if (pools.size > 0) context.endpoint.register(new CognitoService(context, users));

  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", context.addresses.console);
    const [, poolId = "", path = ""] = /^\/cognito\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
    if (!url.pathname.startsWith("/cognito/")) return;
    route(request, response, poolId, path, url).catch((error: unknown) => {
      const status = error instanceof BodyTooLarge ? 413 : 500;
      if (status === 500) context.log.write("cognito", String(error));
      if (!response.headersSent) json(response, status, { error: "server_error" });
    });
  };
  context.servers.console.on("request", onRequest);

  async function route(
    request: IncomingMessage,
    response: ServerResponse,
    poolId: string,
    path: string,
    url: URL,
  ): Promise<void> {
    const issuer = tokens.issuerOf(poolId);
    if (!pools.has(poolId)) return json(response, 404, { error: "There is no such user pool." });
    // The token endpoints answer pages of every origin, as Cognito's do; they take no cookies.
    if (request.method === "OPTIONS") return json(response, 200, {});
    switch (path) {
      case "/.well-known/openid-configuration":
        return json(response, 200, discovery(issuer));
      case "/.well-known/jwks.json":
        return json(response, 200, { keys: [tokens.publicJwk] });
      case "/login":
      case "/oauth2/authorize":
        return authorize(request, response, poolId, url);
      case "/oauth2/token":
        return token(request, response, poolId);
      case "/oauth2/userInfo":
        return userInfo(request, response, poolId);
      case "/oauth2/revoke":
        tokens.revoke((await form(request)).get("token") ?? "");
        return json(response, 200, {});
      case "/logout":
        return logout(response, poolId, url);
      default:
        return json(response, 404, { error: "not_found" });
    }
  }

  async function authorize(
    request: IncomingMessage,
    response: ServerResponse,
    poolId: string,
    url: URL,
  ): Promise<void> {
    const asked = url.searchParams;
    const client = clientOf(poolId, asked.get("client_id"));
    const redirectUri = asked.get("redirect_uri") ?? "";
    if (!client) return html(response, 400, loginProblem("The client_id is not a client of this user pool."));
    if (!(client.properties.CallbackURLs ?? []).includes(redirectUri)) {
      return html(response, 400, loginProblem(`The client does not list ${redirectUri} as a callback URL.`));
    }
    const scope = asked.get("scope") ?? (client.properties.AllowedOAuthScopes ?? []).join(" ");
    const problem = requestProblem(client, asked, scope);
    if (problem) return redirect(response, redirectUri, { ...problem, state: asked.get("state") });
    const foreign = foreignRequest(request);
    if (foreign) return html(response, 403, loginProblem(foreign));
    const action = `${url.pathname}${url.search}`;
    if (request.method !== "POST") return html(response, 200, loginPage(action, users.list(poolId)));

    const fields = await form(request);
    const user = whoSignsIn(poolId, fields);
    if (!user) {
      const unknown = `There is no user with the address ${fields.get("email") ?? ""}. Users are invited.`;
      return html(response, 400, loginPage(action, users.list(poolId), unknown));
    }
    users.confirm(poolId, user);
    const code = randomUUID();
    codes.set(code, {
      poolId,
      clientId: asked.get("client_id") ?? "",
      username: user.username,
      scope,
      nonce: asked.get("nonce") ?? undefined,
      authTime: Math.floor(clock.now() / 1000),
      originJti: randomUUID(),
      expiresAt: clock.now() + codeLifeMs,
      redirectUri,
      challenge: asked.get("code_challenge") ?? "",
    });
    return redirect(response, redirectUri, { code, state: asked.get("state") });
  }

  function whoSignsIn(poolId: string, fields: URLSearchParams): PoolUser | undefined {
    const chosen = fields.get("user");
    if (chosen) return users.find(poolId, chosen);
    const email = (fields.get("email") ?? "").trim();
    const found = users.find(poolId, email);
    const pool = pools.get(poolId);
    const invitedOnly = pool?.properties.AdminCreateUserConfig?.AllowAdminCreateUserOnly === true;
    if (found || !pool || invitedOnly || !email.includes("@")) return found;
    return users.create(pool, poolId, email, { email }, "CONFIRMED");
  }

  async function token(request: IncomingMessage, response: ServerResponse, poolId: string): Promise<void> {
    if (request.method !== "POST") return json(response, 405, { error: "invalid_request" });
    const fields = await form(request);
    const client = clientOf(poolId, fields.get("client_id"));
    if (!client) return json(response, 400, { error: "invalid_client" });
    const kind = fields.get("grant_type");
    if (kind !== "authorization_code" && kind !== "refresh_token") {
      return json(response, 400, { error: "unsupported_grant_type" });
    }
    const grant = kind === "refresh_token" ? tokens.refreshed(fields.get("refresh_token") ?? "") : redeem(fields);
    const user = grant && users.find(poolId, grant.username);
    if (!grant || !user || grant.clientId !== fields.get("client_id")) {
      return json(response, 400, { error: "invalid_grant" });
    }
    return json(response, 200, await tokens.issue(grant, user, client, kind === "authorization_code"));
  }

  /** A code works once, for five minutes, and only with the verifier and the address that it was asked for with. */
  function redeem(fields: URLSearchParams): Grant | undefined {
    const code = fields.get("code") ?? "";
    const pending = codes.get(code);
    codes.delete(code);
    if (!pending || pending.expiresAt <= clock.now()) return undefined;
    if (pending.redirectUri !== fields.get("redirect_uri")) return undefined;
    const challenge = createHash("sha256")
      .update(fields.get("code_verifier") ?? "")
      .digest("base64url");
    return sameText(challenge, pending.challenge) ? pending : undefined;
  }

  async function userInfo(request: IncomingMessage, response: ServerResponse, poolId: string): Promise<void> {
    try {
      const claims = await tokens.verifyAccess(poolId, (request.headers.authorization ?? "").replace(/^Bearer /i, ""));
      const user = users.find(poolId, String(claims.username));
      if (!user) throw new Error("The user was deleted.");
      return json(response, 200, {
        sub: user.sub,
        username: user.username,
        ...user.attributes,
        email_verified: "true",
      });
    } catch {
      response.setHeader("www-authenticate", 'Bearer error="invalid_token"');
      return json(response, 401, { error: "invalid_token", error_description: "Access token is invalid or expired." });
    }
  }

  /** Cognito wants `client_id` and `logout_uri`, not OpenID Connect's `post_logout_redirect_uri`. */
  function logout(response: ServerResponse, poolId: string, { searchParams }: URL): void {
    const client = clientOf(poolId, searchParams.get("client_id"));
    const target = searchParams.get("logout_uri") ?? "";
    const listed = client !== undefined && (client.properties.LogoutURLs ?? []).includes(target);
    if (listed) redirect(response, target, {});
    else html(response, 400, loginProblem("Signing out takes the client_id and a sign-out URL of it as logout_uri."));
  }

  return {
    async issueAccessToken(email) {
      for (const [clientId, client] of clients) {
        const poolId = String(client.properties.UserPoolId);
        const user = users.find(poolId, email);
        if (!user) continue;
        const scope = (client.properties.AllowedOAuthScopes ?? ["openid"]).join(" ");
        const authTime = Math.floor(clock.now() / 1000);
        const grant = {
          poolId,
          clientId,
          username: user.username,
          scope,
          authTime,
          originJti: randomUUID(),
          expiresAt: 0,
        };
        const issued = await tokens.issue(grant, user, client, false);
        return { accessToken: issued.access_token, expiresIn: issued.expires_in };
      }
      throw new UnknownUser(`There is no user ${email}.`);
    },
    findIssuer(issuer) {
      const poolId = issuer.split("/").at(-1) ?? "";
      if (!pools.has(poolId)) return undefined;
      return { issuer: tokens.issuerOf(poolId), keys: createLocalJWKSet({ keys: [tokens.publicJwk] }) };
    },
    emails: () =>
      [...pools.keys()].flatMap((id) => users.list(id).map((user) => user.attributes.email ?? user.username)),
    async close() {
      context.servers.console.off("request", onRequest);
      users.close();
      tokens.close();
    },
  };
}

function requestProblem(client: Resource, asked: URLSearchParams, scope: string) {
  const error = (name: string, error_description: string) => ({ error: name, error_description });
  if (asked.get("response_type") !== "code") return error("unsupported_response_type", "Only code is supported.");
  if (asked.get("code_challenge_method") !== "S256" || !/^[\w-]{43}$/.test(asked.get("code_challenge") ?? "")) {
    return error("invalid_request", "PKCE with S256 is required.");
  }
  const allowed: readonly string[] = client.properties.AllowedOAuthScopes ?? [];
  if (!scope.split(" ").every((one) => allowed.includes(one))) return error("invalid_scope", "Scope not allowed.");
  return undefined;
}

function discovery(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    token_endpoint: `${issuer}/oauth2/token`,
    userinfo_endpoint: `${issuer}/oauth2/userInfo`,
    revocation_endpoint: `${issuer}/oauth2/revoke`,
    end_session_endpoint: `${issuer}/logout`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["none"],
    scopes_supported: ["openid", "email", "phone", "profile"],
  };
}

async function form(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams((await readBody(request, formBytes)).toString("utf8"));
}

function sameText(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "cache-control": "no-store",
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "authorization, content-type, x-amz-user-agent",
  });
  response.end(JSON.stringify(body));
}

function html(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy":
      "default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'",
  });
  response.end(body);
}

function redirect(response: ServerResponse, target: string, parameters: Record<string, string | null>): void {
  const url = new URL(target);
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  response.writeHead(302, { location: url.href, "cache-control": "no-store" });
  response.end();
}
