import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Edge, startEdge } from "../../local/cloud/edge/start-edge.ts";
import { type EdgeContext, edgeContext } from "./edge-context.ts";
import { functions, httpApi, route, socketApi } from "./edge-resources.ts";

const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const allViewerExceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
const allMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];

let context: EdgeContext;
let edge: Edge;
let assets: string;

beforeEach(() => {
  assets = mkdtempSync(join(tmpdir(), "site-"));
  mkdirSync(join(assets, "app/assets"), { recursive: true });
  mkdirSync(join(assets, "config"));
  writeFileSync(join(assets, "app/index.html"), "<h1>Home</h1>");
  writeFileSync(join(assets, "app/assets/app.js"), `// ${"long ".repeat(400)}`);
  writeFileSync(join(assets, "config/config.json"), '{"pool":"<<marker:0xbaba:0>>","text":"<<marker:0xbaba:1>>"}');
});

afterEach(async () => {
  await edge.close();
  await context.close();
  rmSync(assets, { recursive: true });
});

interface Shape {
  readonly behaviors?: readonly object[];
  readonly errors?: readonly object[];
  readonly resources?: object;
  readonly functionCode?: string;
}

async function start({ behaviors = [], errors = [], resources = {}, functionCode }: Shape = {}): Promise<void> {
  const associated = [{ EventType: "viewer-request", FunctionARN: { "Fn::GetAtt": ["Steer", "FunctionARN"] } }];
  const code = functionCode ?? "function handler(event) { return event.request; }";
  const api = (id: string) => ({
    "Fn::Join": ["", [{ Ref: id }, ".execute-api.eu-west-1.", { Ref: "AWS::URLSuffix" }]],
  });
  const apiBehavior = {
    AllowedMethods: allMethods,
    CachePolicyId: cachingDisabled,
    OriginRequestPolicyId: { Ref: "Forward" },
    TargetOriginId: "api",
    FunctionAssociations: associated,
  };
  context = await edgeContext({
    assets: { app: join(assets, "app"), config: join(assets, "config") },
    resources: {
      ...functions("Report"),
      ...httpApi(),
      ...route("Http", "R", "ANY /{proxy+}", "Report"),
      ...socketApi(),
      Site: { Type: "AWS::S3::Bucket", Properties: {} },
      Deploy: {
        Type: "Custom::CDKBucketDeployment",
        Properties: {
          SourceObjectKeys: ["app.zip"],
          DestinationBucketName: { Ref: "Site" },
          SystemMetadata: { "cache-control": "max-age=60" },
        },
      },
      DeployConfig: {
        Type: "Custom::CDKBucketDeployment",
        Properties: {
          SourceObjectKeys: ["config.zip"],
          SourceMarkers: [{ "<<marker:0xbaba:0>>": { Ref: "Site" }, "<<marker:0xbaba:1>>": 'a "quoted" word' }],
          SourceMarkersConfig: [{ jsonEscape: true }],
          DestinationBucketName: { Ref: "Site" },
          DestinationBucketKeyPrefix: "chat",
          Prune: false,
        },
      },
      Steer: {
        Type: "AWS::CloudFront::Function",
        Properties: { FunctionCode: code, FunctionConfig: { Runtime: "cloudfront-js-2.0" } },
      },
      Forward: {
        Type: "AWS::CloudFront::OriginRequestPolicy",
        Properties: {
          OriginRequestPolicyConfig: {
            HeadersConfig: {
              HeaderBehavior: "whitelist",
              Headers: ["CloudFront-Viewer-Country", "x-forwarded-host", "content-type"],
            },
            CookiesConfig: { CookieBehavior: "none" },
            QueryStringsConfig: { QueryStringBehavior: "all" },
          },
        },
      },
      Headers: {
        Type: "AWS::CloudFront::ResponseHeadersPolicy",
        Properties: {
          ResponseHeadersPolicyConfig: {
            SecurityHeadersConfig: { FrameOptions: { FrameOption: "DENY", Override: true } },
            CustomHeadersConfig: { Items: [{ Header: "Cache-Control", Value: "no-store", Override: false }] },
          },
        },
      },
      Door: {
        Type: "AWS::CloudFront::Distribution",
        Properties: {
          DistributionConfig: {
            DefaultRootObject: "index.html",
            Origins: [
              {
                Id: "site",
                DomainName: { "Fn::GetAtt": ["Site", "RegionalDomainName"] },
                OriginAccessControlId: "reader",
              },
              {
                Id: "api",
                DomainName: api("Http"),
                OriginCustomHeaders: [
                  {
                    HeaderName: "X-Origin-Secret",
                    HeaderValue: "{{resolve:secretsmanager:Origin:SecretString:key::}}",
                  },
                ],
              },
              { Id: "socket", DomainName: api("Socket") },
            ],
            DefaultCacheBehavior: {
              TargetOriginId: "site",
              CachePolicyId: cachingOptimized,
              ResponseHeadersPolicyId: { Ref: "Headers" },
              Compress: true,
            },
            CacheBehaviors: [
              ...behaviors,
              { ...apiBehavior, PathPattern: "/api/*" },
              {
                ...apiBehavior,
                PathPattern: "/live",
                TargetOriginId: "socket",
                OriginRequestPolicyId: allViewerExceptHost,
              },
            ],
            CustomErrorResponses: errors,
          },
        },
      },
      ...resources,
    } as never,
    handlers: {
      Report: (event) => ({
        headers: event.headers,
        query: event.rawQueryString,
        path: event.rawPath,
        sourceIp: event.requestContext.http.sourceIp,
      }),
      Guard: () => ({
        principalId: "p",
        policyDocument: { Statement: [{ Action: "*", Effect: "Allow", Resource: "*" }] },
      }),
      Connect: () => ({ statusCode: 200 }),
      Message: (event) => ({ statusCode: 200, body: `${event.requestContext.identity.sourceIp}` }),
    },
  });
  edge = await startEdge(context);
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(context.addresses.frontDoor + path, { headers });

/** `fetch` may not set Host. */
function getWithHost(path: string, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(context.addresses.frontDoor);
    const options = { host: "localhost", port, path, headers: { host } };
    httpRequest(options, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(text));
    })
      .on("error", reject)
      .end();
  });
}

test("the site is served with its root object, metadata and response headers", async () => {
  await start();
  const home = await get("/");
  expect(await home.text()).toBe("<h1>Home</h1>");
  expect(Object.fromEntries(home.headers)).toMatchObject({
    "content-type": "text/html",
    "cache-control": "max-age=60",
    "x-frame-options": "DENY",
  });
  const config = await get("/chat/config.json");
  expect(await config.json()).toEqual({ pool: "site", text: 'a "quoted" word' });
  expect(config.headers.get("cache-control")).toBe("no-store");
  expect((await get("/missing")).status).toBe(403);
  expect((await fetch(`${context.addresses.frontDoor}/`, { method: "POST" })).status).toBe(403);
});

test("a second look costs 304, a range 206, and long text is compressed", async () => {
  await start();
  const plain = await get("/assets/app.js", { "accept-encoding": "identity" });
  const text = await plain.text();
  const etag = plain.headers.get("etag") ?? "";
  expect((await get("/assets/app.js", { "if-none-match": etag })).status).toBe(304);
  expect((await get("/assets/app.js", { "if-none-match": `W/${etag}` })).status).toBe(304);
  const part = await get("/assets/app.js", { range: "bytes=3-6", "accept-encoding": "identity" });
  expect([part.status, await part.text(), part.headers.get("content-range")]).toEqual([
    206,
    "long",
    `bytes 3-6/${text.length}`,
  ]);
  expect((await get("/assets/app.js", { range: "bytes=99999-" })).status).toBe(416);

  const small = await new Promise<Buffer>((resolve) => {
    httpRequest(
      `${context.addresses.frontDoor}/assets/app.js`,
      { headers: { "accept-encoding": "gzip, br" } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve(response.headers["content-encoding"] === "br" ? Buffer.concat(chunks) : Buffer.alloc(0)),
        );
      },
    ).end();
  });
  expect(brotliDecompressSync(small).toString()).toBe(text);
  expect(small.length).toBeLessThan(text.length / 10);
});

test("an API gets the origin's secret, the viewer's country and only what the policies forward", async () => {
  await start({
    functionCode: `
      async function handler(event) {
        const request = event.request;
        request.headers["x-forwarded-host"] = { value: request.headers.host.value };
        request.querystring.added = { value: "1" };
        return request;
      }`,
  });
  const reply = await (
    await get("/api/x?a=b%20c", {
      "x-other": "dropped",
      cookie: "s=1",
      "x-local-country": "fr",
      "x-origin-secret": "guess",
    })
  ).json();
  const { port } = new URL(context.addresses.frontDoor);
  expect(reply).toMatchObject({
    path: "/api/x",
    query: "a=b%20c&added=1",
    sourceIp: "192.0.2.1",
    headers: {
      host: "Http.execute-api.eu-west-1.amazonaws.com",
      "x-origin-secret": "secret-key",
      "cloudfront-viewer-country": "FR",
      "x-forwarded-host": `localhost:${port}`,
      "x-forwarded-for": "127.0.0.1, 192.0.2.1",
    },
  });
  for (const name of ["x-other", "cookie", "x-local-country", "cloudfront-viewer-address"]) {
    expect(reply.headers).not.toHaveProperty(name);
  }
  expect(JSON.parse(await getWithHost("/api/x", `chat.shop.localhost:${port}`)).headers["x-forwarded-host"]).toBe(
    `chat.shop.localhost:${port}`,
  );
  expect((await (await get("/api/x")).json()).headers["cloudfront-viewer-country"]).toBe("DE");
});

test("a function can answer itself, and one that throws answers 503", async () => {
  await start({
    functionCode: `
      function handler(event) {
        if (event.request.uri === "/api/broken") throw new Error("boom");
        if (typeof process !== "undefined") throw new Error("Node.js leaks in");
        return { statusCode: 302, headers: { location: { value: "/elsewhere" } } };
      }`,
  });
  const moved = await fetch(`${context.addresses.frontDoor}/api/old`, { redirect: "manual" });
  expect([moved.status, moved.headers.get("location")]).toEqual([302, "/elsewhere"]);
  expect((await get("/api/broken")).status).toBe(503);
});

test("an error page replaces an origin's error of every behaviour", async () => {
  await start({ errors: [{ ErrorCode: 403, ResponseCode: 200, ResponsePagePath: "/index.html" }] });
  const page = await get("/chatbot/42/dashboard");
  expect([page.status, await page.text()]).toEqual([200, "<h1>Home</h1>"]);
});

test("forwarding Host to an API is refused as API Gateway does", async () => {
  const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
  await start({
    behaviors: [
      {
        PathPattern: "/api/wrong",
        AllowedMethods: allMethods,
        CachePolicyId: cachingDisabled,
        OriginRequestPolicyId: allViewer,
        TargetOriginId: "api",
      },
    ],
  });
  expect((await get("/api/wrong")).status).toBe(403);
  expect((await get("/api/right")).status).toBe(200);
});

test("a lost reply resets the client's connection after the handler ran", async () => {
  await start();
  context.faults.add({ kind: "http.reply.lost" });
  await expect(get("/api/x")).rejects.toThrow("fetch failed");
  expect((await get("/api/x")).status).toBe(200);
  expect(context.counters.snapshot()).toMatchObject({ http: { requests: 2 } });
});

test("a WebSocket passes through to its API", async () => {
  await start();
  const socket = new WebSocket(`${context.addresses.frontDoor.replace("http", "ws")}/live?ticket=1`);
  const answer = await new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => socket.send('{"action":"send"}'));
    socket.on("message", (data) => resolve(String(data)));
  });
  expect(answer).toBe("192.0.2.1");
  socket.terminate();
});

test("an origin that is not in the template fails the start", async () => {
  await start();
  const elsewhere = { Id: "site", DomainName: "www.example.com" };
  const resources = {
    Door: {
      Type: "AWS::CloudFront::Distribution",
      Properties: { DistributionConfig: { Origins: [elsewhere], DefaultCacheBehavior: { TargetOriginId: "site" } } },
    },
  };
  const broken = await edgeContext({ resources });
  await expect(startEdge(broken)).rejects.toThrow("www.example.com");
  await broken.close();
});
