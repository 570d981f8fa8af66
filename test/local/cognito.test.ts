import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  ListUsersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Cognito, startCognito } from "../../local/cloud/edge/cognito.ts";
import { type EdgeContext, edgeContext, signer } from "./edge-context.ts";
import { userPool } from "./edge-resources.ts";

const origin = "http://localhost:4000";
const agent = { email: "ada@example.com", name: "Ada <b>" };
let context: EdgeContext;
let cognito: Cognito;
let directory: string;

async function start(): Promise<void> {
  context = await edgeContext({ resources: userPool(origin), directory });
  cognito = await startCognito(context, [agent]);
}

async function stop(): Promise<void> {
  await cognito.close();
  await context.close();
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "cognito-"));
  await start();
});

afterEach(async () => {
  await stop();
  rmSync(directory, { recursive: true });
});

const issuer = () => `${context.addresses.console}/cognito/Pool`;
const verifier = randomBytes(32).toString("base64url");
const challenge = createHash("sha256").update(verifier).digest("base64url");

function authorizeUrl(changes: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: "Web",
    redirect_uri: `${origin}/callback`,
    scope: "openid email",
    state: "s1",
    nonce: "n1",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...changes,
  });
  return `${issuer()}/oauth2/authorize?${query}`;
}

const form = (fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  body: new URLSearchParams(fields),
  redirect: "manual",
  headers,
});

async function signIn(fields: Record<string, string> = { email: agent.email }): Promise<URL> {
  const response = await fetch(authorizeUrl(), form(fields));
  return new URL(response.headers.get("location") ?? "about:blank");
}

const redeem = (code: string, changes: Record<string, string> = {}) =>
  fetch(
    `${issuer()}/oauth2/token`,
    form({
      grant_type: "authorization_code",
      client_id: "Web",
      redirect_uri: `${origin}/callback`,
      code,
      code_verifier: verifier,
      ...changes,
    }),
  );

test("the login page says what it is, offers the users, and escapes what they are called", async () => {
  const response = await fetch(authorizeUrl());
  const page = await response.text();
  expect(page).toContain("local stand-in");
  expect(page).toContain("ada@example.com");
  expect(page).not.toContain("Ada <b>");
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("the whole dance gives tokens that verify and look like Cognito's", async () => {
  const back = await signIn();
  expect([back.origin, back.pathname, back.searchParams.get("state")]).toEqual([origin, "/callback", "s1"]);
  const response = await redeem(back.searchParams.get("code") ?? "");
  const tokens = await response.json();
  expect(tokens).toMatchObject({ token_type: "Bearer", expires_in: 3600, refresh_token: expect.any(String) });

  const { jwks_uri, ...discovery } = await (await fetch(`${issuer()}/.well-known/openid-configuration`)).json();
  expect(discovery).toMatchObject({ issuer: issuer(), token_endpoint: `${issuer()}/oauth2/token` });
  const keys = createRemoteJWKSet(new URL(jwks_uri));
  const access = await jwtVerify(tokens.access_token, keys, { issuer: issuer() });
  expect(access.payload).toMatchObject({ token_use: "access", client_id: "Web", scope: "openid email" });
  expect(access.payload).not.toHaveProperty("aud");
  expect(access.payload.username).toBe(access.payload.sub);
  const id = await jwtVerify(tokens.id_token, keys, { issuer: issuer(), audience: "Web" });
  expect(id.payload).toMatchObject({ token_use: "id", email: agent.email, nonce: "n1", sub: access.payload.sub });

  const authorization = `Bearer ${tokens.access_token}`;
  const info = await (await fetch(`${issuer()}/oauth2/userInfo`, { headers: { authorization } })).json();
  expect(info).toMatchObject({ sub: access.payload.sub, email: agent.email });
  const wrong = await fetch(`${issuer()}/oauth2/userInfo`, { headers: { authorization: `Bearer ${tokens.id_token}` } });
  expect(wrong.status).toBe(401);
});

test("a code works once, for five minutes, and only with its verifier and address", async () => {
  const code = async () => (await signIn()).searchParams.get("code") ?? "";
  expect((await redeem(await code(), { code_verifier: "wrong" })).status).toBe(400);
  expect((await redeem(await code(), { redirect_uri: `${origin}/other` })).status).toBe(400);
  const once = await code();
  expect((await redeem(once)).status).toBe(200);
  expect(await (await redeem(once)).json()).toEqual({ error: "invalid_grant" });
  const late = await code();
  await context.clock.advance(5 * 60_000);
  expect((await redeem(late)).status).toBe(400);
});

test("only listed addresses are redirected to, and other mistakes travel back to them", async () => {
  const foreign = await fetch(authorizeUrl({ redirect_uri: "https://evil.example/" }), { redirect: "manual" });
  expect([foreign.status, foreign.headers.get("location")]).toEqual([400, null]);
  const plain = await fetch(authorizeUrl({ code_challenge_method: "plain" }), { redirect: "manual" });
  expect(plain.headers.get("location")).toMatch(/^http:\/\/localhost:4000\/callback\?error=invalid_request/);
  const signOut = (query: string) => fetch(`${issuer()}/logout?${query}`, { redirect: "manual" });
  const out = await signOut(`client_id=Web&logout_uri=${encodeURIComponent(`${origin}/`)}`);
  expect([out.status, out.headers.get("location")]).toEqual([302, `${origin}/`]);
  expect((await signOut("client_id=Web&logout_uri=https://evil.example/")).status).toBe(400);
});

test("a stranger and a form of another site do not get in", async () => {
  const stranger = await fetch(authorizeUrl(), form({ email: "eve@example.com" }));
  expect([stranger.status, stranger.headers.get("location")]).toEqual([400, null]);
  const crossSite = await fetch(authorizeUrl(), form({ email: agent.email }, { origin: "https://evil.example" }));
  expect(crossSite.status).toBe(403);
});

test("a refresh token renews across a restart, until it is revoked", async () => {
  const tokens = await (await redeem((await signIn()).searchParams.get("code") ?? "")).json();
  await stop();
  await start();
  const fields = { grant_type: "refresh_token", client_id: "Web", refresh_token: tokens.refresh_token };
  const renewed = await fetch(`${issuer()}/oauth2/token`, form(fields));
  expect(await renewed.json()).toMatchObject({ access_token: expect.any(String), id_token: expect.any(String) });
  await fetch(`${issuer()}/oauth2/revoke`, form({ client_id: "Web", token: tokens.refresh_token }));
  expect((await fetch(`${issuer()}/oauth2/token`, form(fields))).status).toBe(400);
});

test("tokens can be issued without the page, for users only", async () => {
  const { accessToken, expiresIn } = await cognito.issueAccessToken("ADA@example.com");
  const { issuer: expected, keys } =
    cognito.findIssuer("https://cognito-idp.eu-west-1.amazonaws.com/Pool") ?? expect.unreachable();
  const { payload } = await jwtVerify(accessToken, keys, { issuer: expected });
  expect([payload.client_id, expiresIn]).toEqual(["Web", 3600]);
  await expect(cognito.issueAccessToken("eve@example.com")).rejects.toThrow("no user eve@example.com");
});

test("the API invites, finds and deletes users, who are still there after a restart", async () => {
  const client = () => new CognitoIdentityProviderClient({ ...signer, endpoint: context.addresses.aws });
  const UserPoolId = "Pool";
  const Username = "grace@example.com";
  const created = await client().send(
    new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes: [{ Name: "email", Value: Username }] }),
  );
  const attributes = Object.fromEntries((created.User?.Attributes ?? []).map((one) => [one.Name, one.Value]));
  expect(attributes).toEqual({ email: Username, sub: created.User?.Username });
  expect(created.User?.UserStatus).toBe("FORCE_CHANGE_PASSWORD");
  await expect(client().send(new AdminCreateUserCommand({ UserPoolId, Username }))).rejects.toMatchObject({
    name: "UsernameExistsException",
  });
  await stop();
  await start();
  const listed = await client().send(new ListUsersCommand({ UserPoolId, Filter: `email = "${Username}"` }));
  expect(listed.Users?.map((user) => user.Username)).toEqual([attributes.sub]);
  expect((await client().send(new ListUsersCommand({ UserPoolId }))).Users).toHaveLength(2);
  expect((await client().send(new AdminGetUserCommand({ UserPoolId, Username }))).UserAttributes).toContainEqual({
    Name: "email",
    Value: Username,
  });
  await client().send(new AdminDeleteUserCommand({ UserPoolId, Username }));
  await expect(client().send(new AdminGetUserCommand({ UserPoolId, Username }))).rejects.toMatchObject({
    name: "UserNotFoundException",
  });
  expect(context.needs[0]).toEqual({
    action: "cognito-idp:ListUsers",
    resource: "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/Pool",
  });
});
