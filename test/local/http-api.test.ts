import { generateKeyPair, SignJWT } from "jose";
import { afterEach, expect, test, vi } from "vitest";
import type { EdgeReply, EdgeRequest } from "../../local/cloud/edge/exchange.ts";
import { type HttpApis, startHttpApis } from "../../local/cloud/edge/http-api.ts";
import { type EdgeContext, edgeContext, eventually, type Handler } from "./edge-context.ts";
import { functions, httpApi, route } from "./edge-resources.ts";

let context: EdgeContext;
let apis: HttpApis;
const keys = await generateKeyPair("RS256");
const issuer = "http://localhost/cognito/Pool";

afterEach(() => context.close());

async function start(resources: object, handlers: Record<string, Handler>): Promise<void> {
  context = await edgeContext({ resources: { ...functions(...Object.keys(handlers)), ...resources }, handlers });
  apis = startHttpApis(context, () => ({ issuer, keys: async () => keys.publicKey }));
}

function ask(method: string, path: string, more: Partial<EdgeRequest> = {}): Promise<EdgeReply> {
  const [bare = "", query = ""] = path.split("?");
  return apis.handle("Http", {
    method,
    path: bare,
    query,
    headers: {},
    body: Buffer.alloc(0),
    sourceIp: "192.0.2.1",
    ...more,
  });
}

const textOf = (reply: EdgeReply) => reply.body.toString("utf8");
const reportRoute: Handler = (event) => ({
  statusCode: 200,
  body: JSON.stringify([event.routeKey, event.pathParameters ?? null]),
});

const jwtAuthorizer = {
  Guard: {
    Type: "AWS::ApiGatewayV2::Authorizer",
    Properties: {
      ApiId: { Ref: "Http" },
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Audience: ["web"], Issuer: issuer },
    },
  },
};

function token(claims: Record<string, unknown>, seconds = 60, by = issuer): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256" })
    .setIssuer(by)
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(keys.privateKey);
}

test("the most specific route answers", async () => {
  const keysOfRoutes = [
    "GET /chats/mine",
    "GET /chats/{id}",
    "ANY /chats/{id}",
    "GET /chats/{proxy+}",
    "ANY /{proxy+}",
    "$default",
  ];
  const routes = keysOfRoutes.map((key, index) => route("Http", `R${index}`, key, "Report"));
  await start(Object.assign(httpApi(), ...routes), { Report: reportRoute });
  const answered = async (method: string, path: string) => JSON.parse(textOf(await ask(method, path)));
  expect(await answered("GET", "/chats/mine")).toEqual(["GET /chats/mine", null]);
  expect(await answered("GET", "/chats/a%20b")).toEqual(["GET /chats/{id}", { id: "a b" }]);
  expect(await answered("PUT", "/chats/42")).toEqual(["ANY /chats/{id}", { id: "42" }]);
  expect(await answered("GET", "/chats/42/messages/7")).toEqual(["GET /chats/{proxy+}", { proxy: "42/messages/7" }]);
  expect(await answered("POST", "/chats/42/messages")).toEqual(["ANY /{proxy+}", { proxy: "chats/42/messages" }]);
  expect(await answered("GET", "/")).toEqual(["ANY /{proxy+}", { proxy: "" }]);
});

test("without a matching route the answer is 404", async () => {
  await start({ ...httpApi(), ...route("Http", "R", "GET /one", "Report") }, { Report: reportRoute });
  const reply = await ask("GET", "/two");
  expect([reply.status, textOf(reply)]).toEqual([404, '{"message":"Not Found"}']);
  expect((await ask("POST", "/one")).status).toBe(404);
});

test("the event has the shape of payload format 2.0", async () => {
  const seen = vi.fn<Handler>(() => ({ statusCode: 204 }));
  await start({ ...httpApi(), ...route("Http", "R", "POST /chats/{id}", "Report") }, { Report: seen });
  await ask("POST", "/chats/42?a=1&a=2&b=x%20y", {
    headers: { "content-type": "application/json", cookie: "one=1; two=2", "user-agent": "test" },
    body: Buffer.from('{"é":1}'),
  });
  expect(seen.mock.calls[0]?.[0]).toMatchObject({
    version: "2.0",
    routeKey: "POST /chats/{id}",
    rawPath: "/chats/42",
    rawQueryString: "a=1&a=2&b=x%20y",
    cookies: ["one=1", "two=2"],
    headers: { "content-type": "application/json", "user-agent": "test" },
    queryStringParameters: { a: "1,2", b: "x y" },
    pathParameters: { id: "42" },
    body: '{"é":1}',
    isBase64Encoded: false,
    requestContext: {
      accountId: "000000000000",
      apiId: "Http",
      stage: "$default",
      domainName: "Http.execute-api.eu-west-1.amazonaws.com",
      http: { method: "POST", path: "/chats/42", protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
      timeEpoch: expect.any(Number),
    },
  });
  expect(seen.mock.calls[0]?.[0].headers).not.toHaveProperty("cookie");
  await ask("POST", "/chats/42", { headers: { "content-type": "image/png" }, body: Buffer.from([0x89]) });
  expect(seen.mock.calls[1]?.[0]).toMatchObject({ body: "iQ==", isBase64Encoded: true });
});

test("what a function returns becomes a reply, inferred where it has no status", async () => {
  const handler = vi.fn<Handler>();
  await start({ ...httpApi(), ...route("Http", "R", "$default", "Report") }, { Report: handler });
  handler.mockReturnValueOnce({ hello: "you" });
  const inferred = await ask("GET", "/");
  expect([inferred.status, inferred.headers["content-type"], textOf(inferred)]).toEqual([
    200,
    "application/json",
    '{"hello":"you"}',
  ]);
  handler.mockReturnValueOnce({
    statusCode: 201,
    headers: { "X-Own": "a" },
    cookies: ["s=1; HttpOnly"],
    body: "aGk=",
    isBase64Encoded: true,
  });
  const full = await ask("GET", "/");
  expect(full).toMatchObject({ status: 201, headers: { "x-own": "a" }, cookies: ["s=1; HttpOnly"] });
  expect(textOf(full)).toBe("hi");
  handler.mockReturnValueOnce({ statusCode: "nonsense" });
  expect((await ask("GET", "/")).status).toBe(500);
  handler.mockImplementationOnce(() => {
    throw new Error("secret detail");
  });
  const failed = await ask("GET", "/");
  expect([failed.status, textOf(failed)]).toEqual([500, '{"message":"Internal Server Error"}']);
});

test("the JWT authorizer checks signature, issuer, audience, time and scope", async () => {
  const handler = vi.fn<Handler>((event) => event.requestContext.authorizer.jwt);
  const guarded = { AuthorizationType: "JWT", AuthorizerId: { Ref: "Guard" } };
  const resources = {
    ...httpApi(),
    ...jwtAuthorizer,
    ...route("Http", "R", "GET /me", "Report", guarded),
    ...route("Http", "S", "GET /admin", "Report", { ...guarded, AuthorizationScopes: ["chat/admin"] }),
  };
  await start(resources, { Report: handler });
  const withToken = async (path: string, value: string) =>
    ask("GET", path, { headers: { authorization: `Bearer ${value}` } });

  const missing = await ask("GET", "/me");
  expect(missing).toMatchObject({ status: 401, headers: { "www-authenticate": "Bearer" } });
  expect(textOf(missing)).toBe('{"message":"Unauthorized"}');
  const stranger = await generateKeyPair("RS256");
  const forged = await new SignJWT({ aud: "web" })
    .setProtectedHeader({ alg: "RS256" })
    .setIssuer(issuer)
    .sign(stranger.privateKey);
  for (const bad of [
    forged,
    "junk",
    await token({ aud: "web" }, -60),
    await token({ aud: "web" }, 60, "http://elsewhere"),
    await token({ aud: "other", client_id: "web" }),
    await token({}),
  ]) {
    const refused = await withToken("/me", bad);
    expect([refused.status, refused.headers["www-authenticate"]]).toEqual([
      401,
      expect.stringContaining("invalid_token"),
    ]);
  }
  expect(handler).not.toHaveBeenCalled();

  const accepted = await withToken(
    "/me",
    await token({ client_id: "web", scope: "openid", "cognito:groups": ["a", "b"] }),
  );
  expect(accepted.status).toBe(200);
  expect(JSON.parse(textOf(accepted))).toMatchObject({
    claims: { client_id: "web", "cognito:groups": "[a b]" },
    scopes: null,
  });
  const unscoped = await withToken("/admin", await token({ aud: "web", scope: "openid" }));
  expect([unscoped.status, unscoped.headers["www-authenticate"]]).toEqual([
    403,
    expect.stringContaining("insufficient_scope"),
  ]);
  expect((await withToken("/admin", await token({ aud: "web", scope: "openid chat/admin" }))).status).toBe(200);
});

test("a Lambda authorizer answers simply or with a policy", async () => {
  const guard = vi.fn<Handler>();
  const resources = {
    ...httpApi(),
    Guard: {
      Type: "AWS::ApiGatewayV2::Authorizer",
      Properties: {
        ApiId: { Ref: "Http" },
        AuthorizerType: "REQUEST",
        AuthorizerUri: { "Fn::GetAtt": ["Decide", "Arn"] },
        EnableSimpleResponses: true,
        IdentitySource: ["$request.header.x-session"],
      },
    },
    ...route("Http", "R", "GET /me", "Report", { AuthorizationType: "CUSTOM", AuthorizerId: { Ref: "Guard" } }),
  };
  await start(resources, { Decide: guard, Report: (event) => event.requestContext.authorizer });
  expect((await ask("GET", "/me")).status).toBe(401);
  const headers = { "x-session": "s1" };
  guard.mockReturnValueOnce({ isAuthorized: false });
  expect((await ask("GET", "/me", { headers })).status).toBe(403);
  guard.mockReturnValueOnce({ nonsense: true });
  expect((await ask("GET", "/me", { headers })).status).toBe(500);
  guard.mockReturnValueOnce({ isAuthorized: true, context: { visitor: "v1" } });
  expect(JSON.parse(textOf(await ask("GET", "/me", { headers })))).toEqual({ lambda: { visitor: "v1" } });
  expect(guard.mock.calls[0]?.[0]).toMatchObject({ type: "REQUEST", identitySource: ["s1"], version: "2.0" });
});

test("CORS is answered by the API, not by the function", async () => {
  const handler = vi.fn<Handler>(() => ({
    statusCode: 200,
    headers: { "access-control-allow-origin": "https://own" },
    body: "",
  }));
  const cors = {
    AllowOrigins: ["https://shop.example"],
    AllowMethods: ["GET"],
    AllowHeaders: ["x-a"],
    MaxAge: 60,
    AllowCredentials: true,
  };
  await start(
    { ...httpApi({ CorsConfiguration: cors }), ...route("Http", "R", "ANY /x", "Report") },
    { Report: handler },
  );
  const asked = { origin: "https://shop.example", "access-control-request-method": "GET" };
  const preflight = await ask("OPTIONS", "/x", { headers: asked });
  expect(preflight).toMatchObject({
    status: 204,
    headers: {
      "access-control-allow-origin": "https://shop.example",
      "access-control-allow-methods": "GET",
      "access-control-max-age": "60",
    },
  });
  expect(handler).not.toHaveBeenCalled();
  const allowed = await ask("GET", "/x", { headers: { origin: "https://shop.example" } });
  expect(allowed.headers).toMatchObject({
    "access-control-allow-origin": "https://shop.example",
    "access-control-allow-credentials": "true",
  });
  const foreign = await ask("GET", "/x", { headers: { origin: "https://evil.example" } });
  expect(foreign.headers).not.toHaveProperty("access-control-allow-origin");
});

test("throttling, body size and the integration's time are limited", async () => {
  let finish: ((value: unknown) => void) | undefined;
  const handlers = {
    Report: () => ({ ok: true }),
    Slow: () =>
      new Promise((resolve) => {
        finish = resolve;
      }),
  };
  const stage = { RouteSettings: { "GET /few": { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 } } };
  const resources = {
    ...httpApi({}, stage),
    ...route("Http", "R", "GET /few", "Report"),
    ...route("Http", "S", "POST /slow", "Slow"),
  };
  await start(resources, handlers);
  const statuses = [];
  for (let count = 0; count < 3; count += 1) statuses.push((await ask("GET", "/few")).status);
  expect(statuses).toEqual([200, 200, 429]);
  await context.clock.advance(1_000);
  expect((await ask("GET", "/few")).status).toBe(200);
  expect((await ask("POST", "/slow", { body: Buffer.alloc(10 * 1024 * 1024 + 1) })).status).toBe(413);
  const slow = ask("POST", "/slow");
  const end = await eventually(() => finish);
  await context.clock.advance(30_000);
  expect((await slow).status).toBe(503);
  end({});
});

test("requests are counted, and a lost reply runs the handler first", async () => {
  const handler = vi.fn<Handler>(() => ({ ok: true }));
  await start({ ...httpApi(), ...route("Http", "R", "GET /x", "Report") }, { Report: handler });
  context.faults.add({ kind: "http.reply.lost", match: { route: "GET /x" } });
  expect((await ask("GET", "/x")).reset).toBe(true);
  expect(handler).toHaveBeenCalledTimes(1);
  expect((await ask("GET", "/x")).reset).toBeUndefined();
  expect(context.counters.snapshot()).toEqual({ http: { requests: 2 } });
});
