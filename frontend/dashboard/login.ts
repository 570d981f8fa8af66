import { UserManager } from "oidc-client-ts";

/** `/config.json`: where people log in. Written by the deployment. */
export interface LoginConfig {
  /** Origin of the hosted login pages. */
  readonly loginUrl: string;
  readonly issuer: string;
  readonly clientId: string;
}

export interface Person {
  /** As the API names agents. */
  readonly agentId: string | undefined;
  readonly name: string | undefined;
}

/** A log-in this fresh that the API still refuses will not be helped by another one. Milliseconds. */
const freshLoginMs = 15_000;
const lastLoginKey = "dashboard:last-login";

/** Reads the deployment's login configuration. */
export async function readLoginConfig(): Promise<LoginConfig> {
  const response = await fetch("/config.json");
  const config: unknown = await response.json();
  const text = (key: keyof LoginConfig): string => {
    const value: unknown = typeof config === "object" && config !== null ? Reflect.get(config, key) : undefined;
    if (typeof value !== "string" || value === "") throw new Error(`/config.json has no ${key}`);
    return value;
  };
  return { loginUrl: text("loginUrl"), issuer: text("issuer"), clientId: text("clientId") };
}

/**
 * The agent's login: authorization code with PKCE at the hosted pages, renewed with the refresh token. Tokens stay in
 * this tab (session storage); another tab logs in through the hosted pages' own cookie without asking.
 */
export class Login {
  readonly #config: LoginConfig;
  readonly #manager: UserManager;
  #renewal: Promise<string | undefined> | undefined;

  constructor(config: LoginConfig) {
    const { loginUrl, issuer, clientId } = config;
    this.#config = config;
    this.#manager = new UserManager({
      authority: issuer,
      client_id: clientId,
      redirect_uri: `${location.origin}/login/callback`,
      response_type: "code",
      scope: "openid email profile",
      automaticSilentRenew: true,
      // Given here, because the issuer's discovery document need not name the endpoints of a custom login domain.
      metadata: {
        issuer,
        authorization_endpoint: `${loginUrl}/oauth2/authorize`,
        token_endpoint: `${loginUrl}/oauth2/token`,
        jwks_uri: `${issuer}/.well-known/jwks.json`,
      },
    });
  }

  /** The access token that the API takes, renewed when it has run out; `undefined` when nobody is logged in. */
  async token(): Promise<string | undefined> {
    const user = await this.#manager.getUser();
    if (user === null) return undefined;
    return user.expired === true ? this.renew() : user.access_token;
  }

  /** A new access token by the refresh token, or `undefined` when that is no longer good. One renewal at a time. */
  renew(): Promise<string | undefined> {
    this.#renewal ??= this.#refresh()
      .catch(() => undefined)
      .finally(() => {
        this.#renewal = undefined;
      });
    return this.#renewal;
  }

  async #refresh(): Promise<string | undefined> {
    // Without a refresh token the library would open the login pages in a frame, which they refuse.
    if ((await this.#manager.getUser())?.refresh_token === undefined) return undefined;
    return (await this.#manager.signinSilent())?.access_token;
  }

  /** Who is logged in, as the login names them. */
  async person(): Promise<Person> {
    const profile = (await this.#manager.getUser())?.profile;
    return { agentId: profile?.sub, name: profile?.name ?? profile?.email };
  }

  /**
   * Leaves for the login pages; the page that is open now is shown again afterwards.
   * @throws when somebody has only just logged in: the API refuses this login, and asking again would go round in circles.
   */
  async start(): Promise<void> {
    const last = Number(sessionStorage.getItem(lastLoginKey) ?? 0);
    if (Date.now() - last < freshLoginMs) throw new Error("The login was accepted, but the API refuses it.");
    await this.#manager.removeUser();
    await this.#manager.signinRedirect({ state: location.pathname + location.search });
  }

  /** Takes the answer of the login pages and returns the path that was asked for before. */
  async finish(): Promise<string> {
    const user = await this.#manager.signinRedirectCallback();
    sessionStorage.setItem(lastLoginKey, String(Date.now()));
    return safeReturnPath(user.state);
  }

  /** Logs out here and at the hosted pages. */
  async end(): Promise<void> {
    await this.#manager.removeUser();
    // The next log-in is meant, however soon it comes.
    sessionStorage.removeItem(lastLoginKey);
    const query = new URLSearchParams({ client_id: this.#config.clientId, logout_uri: `${location.origin}/` });
    location.assign(`${this.#config.loginUrl}/logout?${query}`);
  }
}

/** A path of this site, whatever came back: `//host` and other schemes would leave it. */
export function safeReturnPath(state: unknown): string {
  return typeof state === "string" && /^\/(?![/\\])/.test(state) && !state.startsWith("/login/") ? state : "/";
}
