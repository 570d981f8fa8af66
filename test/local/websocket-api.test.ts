import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { afterEach, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { startWebSocketApis, type WebSocketApis } from "../../local/cloud/edge/websocket-api.ts";
import { type EdgeContext, edgeContext, eventually, type Handler, signer } from "./edge-context.ts";
import { socketApi } from "./edge-resources.ts";

const allow = (context: object = {}) => ({
  principalId: "visitor-1",
  policyDocument: { Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: "*" }] },
  context,
});

let context: EdgeContext;
let apis: WebSocketApis;
const sockets: WebSocket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await apis.close();
  await context.close();
});

async function start(handlers: Record<string, Handler> = {}, stage: object = {}): Promise<void> {
  context = await edgeContext({
    resources: socketApi(stage),
    handlers: { Guard: () => allow(), Connect: () => ({ statusCode: 200 }), ...handlers },
  });
  apis = startWebSocketApis(context);
  context.servers.frontDoor.on("upgrade", (request, socket, head) => {
    const [path = "", query = ""] = (request.url ?? "").split("?");
    const headers = { ...request.headers } as Record<string, string>;
    void apis.upgrade("Socket", { request, socket, head, path, query, headers, sourceIp: "192.0.2.1" });
  });
}

interface Client {
  readonly socket: WebSocket;
  readonly received: string[];
  closedWith?: number;
}

function open(path = "/live?ticket=good", headers: Record<string, string> = {}): Promise<Client | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(context.addresses.frontDoor.replace("http", "ws") + path, { headers });
    sockets.push(socket);
    const client: Client = { socket, received: [] };
    socket.on("message", (data) => client.received.push(String(data)));
    socket.on("close", (code) => {
      client.closedWith = code;
    });
    socket.on("error", () => undefined);
    socket.on("open", () => resolve(client));
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
  });
}

async function connected(): Promise<Client> {
  const client = await open();
  if (typeof client === "number") throw new Error(`Refused with ${client}`);
  return client;
}

function management(): ApiGatewayManagementApiClient {
  return new ApiGatewayManagementApiClient({ ...signer, endpoint: `${context.addresses.aws}/live` });
}

test("the handshake is refused as the authorizer and $connect decide", async () => {
  const guard = vi.fn<Handler>(() => allow());
  const connect = vi.fn<Handler>(() => ({ statusCode: 200 }));
  await start({ Guard: guard, Connect: connect });

  expect(await open("/live")).toBe(401);
  expect(guard).not.toHaveBeenCalled();

  guard.mockReturnValueOnce({
    ...allow(),
    policyDocument: { Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] },
  });
  expect(await open()).toBe(403);
  guard.mockImplementationOnce(() => {
    throw new Error("Unauthorized");
  });
  expect(await open()).toBe(401);
  guard.mockImplementationOnce(() => {
    throw new Error("boom");
  });
  expect(await open()).toBe(500);
  guard.mockReturnValueOnce(allow({ large: "x".repeat(8 * 1024) }));
  expect(await open()).toBe(500);
  expect(connect).not.toHaveBeenCalled();

  connect.mockReturnValueOnce({ statusCode: 409 });
  expect(await open()).toBe(409);
  connect.mockImplementationOnce(() => {
    throw new Error("boom");
  });
  expect(await open()).toBe(502);
  expect(apis.listConnections()).toEqual([]);
});

test("a path below the stage is refused with 403", async () => {
  await start();
  expect(await open("/live/ws?ticket=good")).toBe(403);
  expect(typeof (await open("/live/?ticket=good"))).toBe("object");
});

test("$connect and messages get the whole event, with the authorizer's context as strings", async () => {
  const seen: unknown[] = [];
  const keep: Handler = (event) => {
    seen.push(event);
    return { statusCode: 200 };
  };
  await start({ Guard: () => allow({ chatbot: "shop", level: 2 }), Connect: keep, Quiet: keep, Disconnect: keep });
  const { socket } = await connected();
  socket.send(JSON.stringify({ action: "quiet" }));
  await eventually(() => seen.length === 2);
  const [{ connectionId = "" } = {}] = apis.listConnections();
  expect(Buffer.from(connectionId, "base64")).toHaveLength(12);
  const shared = {
    connectionId,
    apiId: "Socket",
    stage: "live",
    domainName: "Socket.execute-api.eu-west-1.amazonaws.com",
    messageDirection: "IN",
    connectedAt: expect.any(Number),
    requestTimeEpoch: expect.any(Number),
    requestTime: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
    extendedRequestId: expect.any(String),
    requestId: expect.any(String),
    identity: { sourceIp: "192.0.2.1" },
    authorizer: { principalId: "visitor-1", chatbot: "shop", level: "2", integrationLatency: expect.any(Number) },
  };
  expect(seen[0]).toMatchObject({
    queryStringParameters: { ticket: "good" },
    multiValueQueryStringParameters: { ticket: ["good"] },
    requestContext: { ...shared, routeKey: "$connect", eventType: "CONNECT", messageId: null },
    isBase64Encoded: false,
  });
  expect(seen[1]).toMatchObject({
    body: '{"action":"quiet"}',
    requestContext: { ...shared, routeKey: "quiet", eventType: "MESSAGE", messageId: expect.any(String) },
  });
  socket.close(4000, "bye");
  await eventually(() => seen.length === 3);
  expect(seen[2]).toMatchObject({
    requestContext: { eventType: "DISCONNECT", disconnectStatusCode: 4000, disconnectReason: "bye" },
  });
});

test("only a route with a route response answers its sender", async () => {
  await start({
    Message: (event) => ({ statusCode: 200, body: `echo ${event.body}` }),
    Quiet: () => ({ body: "never" }),
  });
  const { socket, received } = await connected();
  socket.send('{"action":"quiet"}');
  socket.send('{"action":"send"}');
  await eventually(() => received.length > 0);
  expect(received).toEqual(['echo {"action":"send"}']);
  expect(context.counters.snapshot()).toEqual({ websocket: { connects: 1, messagesIn: 2, messagesOut: 1 } });
});

test("a lost reply and a failed function show as they would on AWS", async () => {
  const handler = vi.fn<Handler>(() => ({ statusCode: 200, body: "done" }));
  await start({ Message: handler });
  context.faults.add({ kind: "socket.reply.lost", match: { route: "send" } });
  const { socket, received } = await connected();
  socket.send('{"action":"send"}');
  await eventually(() => handler.mock.calls.length === 1);
  handler.mockImplementationOnce(() => {
    throw new Error("boom");
  });
  socket.send('{"action":"send"}');
  await eventually(() => received.length > 0);
  socket.send("no route for this");
  await eventually(() => received.length > 1);
  expect(received.map((one) => JSON.parse(one).message)).toEqual(["Internal server error", "Forbidden"]);
  expect(JSON.parse(received[0] ?? "")).toMatchObject({
    connectionId: expect.any(String),
    requestId: expect.any(String),
  });
});

test("a function can post to, look at and close a connection, and meets 410 once it is gone", async () => {
  await start();
  const client = await connected();
  const [{ connectionId = "" } = {}] = apis.listConnections();
  const api = management();
  await api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.from("pushed") }));
  await eventually(() => client.received[0] === "pushed");
  const described = await api.send(new GetConnectionCommand({ ConnectionId: connectionId }));
  expect(described.Identity?.SourceIp).toBe("192.0.2.1");
  expect(described.ConnectedAt).toBeInstanceOf(Date);
  const large = new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.alloc(128 * 1024 + 1, "x") });
  await expect(api.send(large)).rejects.toMatchObject({ name: "PayloadTooLargeException" });
  await api.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
  await eventually(() => client.closedWith === 1000 && apis.listConnections().length === 0);
  const late = new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.from("late") });
  await expect(api.send(late)).rejects.toMatchObject({ name: "GoneException" });
  expect(context.needs[0]).toEqual({
    action: "execute-api:ManageConnections",
    resource: `arn:aws:execute-api:eu-west-1:000000000000:Socket/live/POST/@connections/${connectionId}`,
  });
  expect(context.counters.snapshot()).toMatchObject({ websocket: { pushes: 1, messagesOut: 1 } });
});

test("posting during $connect meets 410", async () => {
  const outcome: string[] = [];
  await start({
    Connect: async (event) => {
      const ConnectionId = event.requestContext.connectionId;
      await management()
        .send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from("early") }))
        .catch((error: Error) => outcome.push(error.name));
      return { statusCode: 200 };
    },
  });
  await connected();
  expect(outcome).toEqual(["GoneException"]);
});

test("faults lose a push, answer 410, or cut the connection", async () => {
  await start();
  const client = await connected();
  const [{ connectionId = "" } = {}] = apis.listConnections();
  const api = management();
  const post = (text: string) =>
    api.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.from(text) }));
  context.faults.add({ kind: "push.lost", match: { function: "Send" } });
  context.faults.add({ kind: "push.gone" });
  await expect(post("a")).rejects.toMatchObject({ name: "GoneException" });
  await post("lost");
  await post("seen");
  await eventually(() => client.received.length > 0);
  expect(client.received).toEqual(["seen"]);
  context.faults.add({ kind: "socket.cut" });
  await post("never");
  await eventually(() => client.closedWith === 1001);
  expect(client.received).toEqual(["seen"]);
});

test("a connection ends after ten idle minutes and after two hours at the latest", async () => {
  await start();
  const idle = await connected();
  await context.clock.advance(9 * 60_000);
  expect(apis.listConnections()).toHaveLength(1);
  await context.clock.advance(60_000);
  await eventually(() => idle.closedWith === 1001);

  const busy = await connected();
  for (let minutes = 0; minutes < 120; minutes += 8) {
    const before = apis.listConnections()[0]?.lastActiveAt ?? 0;
    busy.socket.send('{"action":"quiet"}');
    if (minutes > 0) await eventually(() => (apis.listConnections()[0]?.lastActiveAt ?? 0) > before);
    expect(busy.closedWith).toBeUndefined();
    await context.clock.advance(8 * 60_000);
  }
  await eventually(() => busy.closedWith === 1001);
});

test("a frame over 32 kB or a message over 128 kB closes with 1009, and nothing of it is delivered", async () => {
  const handler = vi.fn<Handler>((event) => ({ statusCode: 200, body: String(event.body.length) }));
  await start({ Message: handler });
  const message = (bytes: number) => JSON.stringify({ action: "send", text: "x".repeat(bytes) });
  const framed = await connected();
  framed.socket.send(message(32 * 1024));
  await eventually(() => framed.closedWith === 1009);

  const fragmented = await connected();
  const sendInFrames = (socket: WebSocket, text: string) => {
    for (let at = 0; at < text.length; at += 30_000) {
      socket.send(text.slice(at, at + 30_000), { fin: at + 30_000 >= text.length });
    }
  };
  sendInFrames(fragmented.socket, message(100_000));
  await eventually(() => fragmented.received.length > 0);
  expect(handler).toHaveBeenCalledTimes(1);
  expect(context.counters.snapshot()).toMatchObject({ websocket: { messagesIn: 4 } });
  sendInFrames(fragmented.socket, message(130 * 1024));
  await eventually(() => fragmented.closedWith === 1009);
  expect(handler).toHaveBeenCalledTimes(1);
});

test("a stage's throttle answers with a frame to clients and 429 to functions", async () => {
  await start({}, { DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } });
  const { socket, received } = await connected();
  socket.send('{"action":"quiet"}');
  socket.send('{"action":"quiet"}');
  await eventually(() => received.length > 0);
  expect(JSON.parse(received[0] ?? "").message).toBe("Too Many Requests");
  const [{ connectionId = "" } = {}] = apis.listConnections();
  const post = () =>
    management().send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.from("x") }));
  await post();
  await expect(post()).rejects.toMatchObject({ name: "LimitExceededException" });
  await context.clock.advance(1_000);
  await post();
});

test("a binary frame closes with 1003, and a cut with 1001", async () => {
  await start();
  const binary = await connected();
  binary.socket.send(Buffer.from([1, 2, 3]));
  await eventually(() => binary.closedWith === 1003);
  const other = await connected();
  expect(apis.cut("unknown")).toBe(false);
  expect(apis.cut(apis.listConnections().at(-1)?.connectionId ?? "")).toBe(true);
  await eventually(() => other.closedWith === 1001);
});
