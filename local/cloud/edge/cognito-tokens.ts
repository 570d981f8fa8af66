import { createHash, randomBytes, randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { keptFile } from "../kept-file.ts";
import type { CloudContext, Resource } from "../service.ts";
import type { PoolUser } from "./cognito-users.ts";

/** What a sign-in is allowed: it stands behind a code and behind a refresh token. */
export interface Grant {
  readonly poolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly scope: string;
  readonly nonce?: string | undefined;
  /** Seconds since the epoch. */
  readonly authTime: number;
  readonly originJti: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface TokenSet {
  readonly access_token: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  readonly token_type: "Bearer";
  readonly expires_in: number;
}

interface KeptTokens {
  readonly key?: JWK;
  readonly refresh?: ReadonlyArray<readonly [string, Grant]>;
}

const unitSeconds: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** Seconds that a client's tokens live; the units default to hours, and to days for refresh tokens. */
export function lifetimes({ properties }: Resource) {
  const { TokenValidityUnits: units = {} } = properties;
  const seconds = (value: number | undefined, fallback: number, unit: string) =>
    value === undefined ? fallback : Number(value) * (unitSeconds[unit] ?? 3600);
  return {
    access: seconds(properties.AccessTokenValidity, 3600, units.AccessToken ?? "hours"),
    id: seconds(properties.IdTokenValidity, 3600, units.IdToken ?? "hours"),
    refresh: seconds(properties.RefreshTokenValidity, 30 * 86_400, units.RefreshToken ?? "days"),
  };
}

/** Signs and checks the tokens of the local user pools. The key and the refresh tokens are kept in the directory. */
export class CognitoTokens {
  readonly #context: CloudContext;
  readonly #kept;
  readonly #refresh: Map<string, Grant>;
  readonly #privateJwk: JWK;

  static async open(context: CloudContext): Promise<CognitoTokens> {
    const before = (keptFile(context.directory, "cognito-tokens.json", () => ({})).read() ?? {}) as KeptTokens;
    if (before.key) return new CognitoTokens(context, before.key, before.refresh ?? []);
    const { privateKey } = await generateKeyPair("RS256", { extractable: true });
    const key = {
      ...(await exportJWK(privateKey)),
      kid: randomBytes(16).toString("base64url"),
      alg: "RS256",
      use: "sig",
    };
    return new CognitoTokens(context, key, []);
  }

  private constructor(context: CloudContext, key: JWK, refresh: ReadonlyArray<readonly [string, Grant]>) {
    this.#context = context;
    this.#privateJwk = key;
    this.#refresh = new Map(refresh);
    this.#kept = keptFile(context.directory, "cognito-tokens.json", () => ({ key, refresh: [...this.#refresh] }));
    this.#kept.changed();
  }

  /** The public half, as `jwks.json` serves it. */
  get publicJwk(): JWK {
    const { kty = "RSA", n = "", e = "", kid = "", alg = "RS256", use = "sig" } = this.#privateJwk;
    return { kty, n, e, kid, alg, use };
  }

  issuerOf(poolId: string): string {
    return `${this.#context.addresses.console}/cognito/${poolId}`;
  }

  /** Access tokens are shaped like Cognito's: `client_id` instead of `aud`. An id token needs the scope `openid`. */
  async issue(grant: Grant, user: PoolUser, client: Resource, withRefresh: boolean): Promise<TokenSet> {
    const { access, id } = lifetimes(client);
    const shared = { sub: user.sub, auth_time: grant.authTime, origin_jti: grant.originJti, event_id: randomUUID() };
    const accessToken = await this.#sign(grant.poolId, access, {
      ...shared,
      token_use: "access",
      version: 2,
      client_id: grant.clientId,
      scope: grant.scope,
      username: user.username,
    });
    const idToken =
      grant.scope.split(" ").includes("openid") &&
      (await this.#sign(grant.poolId, id, {
        ...shared,
        token_use: "id",
        aud: grant.clientId,
        "cognito:username": user.username,
        ...user.attributes,
        email_verified: true,
        ...(grant.nonce && { nonce: grant.nonce }),
      }));
    return {
      access_token: accessToken,
      ...(idToken && { id_token: idToken }),
      ...(withRefresh && { refresh_token: this.#remember(grant, client) }),
      token_type: "Bearer",
      expires_in: access,
    };
  }

  async #sign(poolId: string, seconds: number, claims: JWTPayload): Promise<string> {
    const now = Math.floor(this.#context.clock.now() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: this.#privateJwk.kid ?? "" })
      .setIssuer(this.issuerOf(poolId))
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .setJti(randomUUID())
      .sign(await importJWK(this.#privateJwk, "RS256"));
  }

  /** The claims of an access token of this pool; rejects anything else. */
  async verifyAccess(poolId: string, token: string): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, await importJWK(this.publicJwk, "RS256"), {
      issuer: this.issuerOf(poolId),
      currentDate: new Date(this.#context.clock.now()),
    });
    if (payload.token_use !== "access") throw new Error("This is no access token.");
    return payload;
  }

  #remember(grant: Grant, client: Resource): string {
    const token = randomBytes(48).toString("base64url");
    const expiresAt = this.#context.clock.now() + lifetimes(client).refresh * 1000;
    this.#refresh.set(fingerprint(token), { ...grant, nonce: undefined, expiresAt });
    this.#kept.changed();
    return token;
  }

  /** The grant behind a refresh token that is still good. */
  refreshed(token: string): Grant | undefined {
    const grant = this.#refresh.get(fingerprint(token));
    return grant && grant.expiresAt > this.#context.clock.now() ? grant : undefined;
  }

  revoke(token: string): void {
    if (this.#refresh.delete(fingerprint(token))) this.#kept.changed();
  }

  close(): void {
    this.#kept.close();
  }
}

function fingerprint(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
