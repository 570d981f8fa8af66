import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { CloudContext, InvocationResult } from "../service.ts";
import { ConnectionsService } from "./connections-service.ts";
import {
  type ExecuteApi,
  type ExecuteRoute,
  executeApis,
  gatewayId,
  invokeAsGateway,
  timedOut,
} from "./execute-api.ts";
import { FrameMeter } from "./frame-meter.ts";
import { billedMessages, type LiveConnection, webSocketLimits } from "./live-connection.ts";
import { authorizeConnect } from "./websocket-authorizer.ts";
import { type ConnectionFacts, type Handshake, readHandshake, selectRoute, socketContext } from "./websocket-events.ts";

/** An open connection, as the console lists it. */
export interface OpenConnection {
  readonly connectionId: string;
  readonly apiId: string;
  readonly connectedAt: number;
  readonly lastActiveAt: number;
  readonly sourceIp: string;
}

/** What the front door passes on of a WebSocket handshake. */
export interface UpgradeRequest {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  /** Path at the API, the stage first. */
  readonly path: string;
  readonly query: string;
  /** Lower-case names, after the front door's policies. */
  readonly headers: Readonly<Record<string, string>>;
  readonly sourceIp: string;
}

export interface WebSocketApis {
  /** The ids of the WebSocket APIs in the template. */
  readonly apiIds: readonly string[];
  /** Runs authorizer and `$connect`, then either opens the socket or answers the handshake with a status. */
  upgrade(apiId: string, upgrade: UpgradeRequest): Promise<void>;
  listConnections(): readonly OpenConnection[];
  /** Closes a connection with 1001 as a network failure would; false when there is none with this id. */
  cut(connectionId: string): boolean;
  close(): Promise<void>;
}

/** Runs the template's WebSocket APIs and registers `@connections` for them. */
export function startWebSocketApis(context: CloudContext): WebSocketApis {
  const { clock, counters, faults, log } = context;
  const apis = executeApis(context, "WEBSOCKET");
  const live = new Map<string, LiveConnection>();
  const pending = new Set<Promise<unknown>>();
  const protocols = new WeakMap<IncomingMessage, string>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: webSocketLimits.messageBytes,
    handleProtocols: (_offered, request) => protocols.get(request) ?? false,
  });
  let closing = false;

  if (apis.length > 0) context.endpoint.register(new ConnectionsService(context, apis, live));

  const keep = (work: Promise<unknown>) => {
    const kept = work
      .catch((error: unknown) => log.write("websocket", String(error)))
      .finally(() => pending.delete(kept));
    pending.add(kept);
  };
  const invoke = (api: ExecuteApi, route: ExecuteRoute, event: unknown) =>
    invokeAsGateway(context, {
      target: route.integration,
      event,
      sourceArn: `arn:aws:execute-api:${context.region}:${context.account}:${api.apiId}/${api.stage}/${route.key}`,
      timeoutMs: route.timeoutMs,
    });

  async function upgrade(apiId: string, handshake: UpgradeRequest): Promise<void> {
    const { socket } = handshake;
    // A client may vanish while $connect runs; without a listener its reset would end the process.
    socket.on("error", () => undefined);
    const api = apis.find((one) => one.apiId === apiId);
    if (!api) return refuse(socket, 403);
    // A WebSocket API knows no path below its stage: the handshake is answered with 403.
    if (handshake.path.replace(/\/$/, "") !== `/${api.stage}`) {
      log.write("websocket", `Handshake for ${handshake.path} refused: a WebSocket API answers only at /${api.stage}.`);
      return refuse(socket, 403);
    }
    if (!api.admits("$connect")) return refuse(socket, 429);

    const facts: ConnectionFacts = {
      connectionId: gatewayId(),
      connectedAt: clock.now(),
      sourceIp: handshake.sourceIp,
      userAgent: handshake.headers["user-agent"],
      authorizer: undefined,
    };
    const shape = readHandshake(handshake.headers, handshake.query);
    const connect = api.routes.find((route) => route.key === "$connect");
    if (!connect) return open(api, facts, handshake);
    const verdict = await authorizeConnect(context, api, connect, facts, shape);
    if ("refusedWith" in verdict) return refuse(socket, verdict.refusedWith);
    const authorized = { ...facts, authorizer: verdict.authorizer };
    const answer = await invoke(api, connect, connectEvent(api, authorized, shape));
    const status = statusOf(answer);
    if (status < 200 || status > 299) return refuse(socket, status);
    const protocol = headersOf(answer)["sec-websocket-protocol"];
    if (protocol) protocols.set(handshake.request, protocol);
    open(api, authorized, handshake);
  }

  function connectEvent(api: ExecuteApi, facts: ConnectionFacts, handshake: Handshake) {
    const own = { routeKey: "$connect", eventType: "CONNECT", requestId: gatewayId() } as const;
    return {
      ...handshake,
      ...(api.stageVariables && { stageVariables: api.stageVariables }),
      requestContext: socketContext(api, facts, clock.now(), own),
      isBase64Encoded: false,
    };
  }

  function open(api: ExecuteApi, facts: ConnectionFacts, { request, socket, head, headers }: UpgradeRequest): void {
    if (closing || socket.destroyed) return;
    server.handleUpgrade(request, socket, head, (ws) => {
      counters.add("websocket.connects");
      const idle = { cancel: () => {} };
      const connection: LiveConnection = {
        api,
        facts,
        socket: ws,
        lastActiveAt: clock.now(),
        touch() {
          connection.lastActiveAt = clock.now();
          idle.cancel();
          idle.cancel = clock.after(webSocketLimits.idleMs, () => ws.close(1001, "Going away"));
        },
      };
      connection.touch();
      const cancelLife = clock.after(webSocketLimits.lifeMs, () => ws.close(1001, "Going away"));
      live.set(facts.connectionId, connection);

      const meter = new FrameMeter(webSocketLimits.frameBytes);
      let tooLarge = false;
      // Before the listener of `ws`, so that an oversized frame is known before its message is.
      socket.prependListener("data", (chunk: Buffer) => {
        if (tooLarge || !meter.exceededBy(chunk)) return;
        tooLarge = true;
        ws.close(1009, "Message too big");
      });
      ws.on("error", (error) => log.write("websocket", `${facts.connectionId}: ${error.message}`));
      ws.on("ping", () => connection.touch());
      ws.on("message", (data: Buffer, isBinary) => {
        if (tooLarge) return;
        connection.touch();
        if (isBinary) ws.close(1003, "Binary frames are not supported");
        else keep(receive(connection, data.toString("utf8")));
      });
      ws.on("close", (code, reason) => {
        idle.cancel();
        cancelLife();
        live.delete(facts.connectionId);
        counters.add("websocket.connectionMinutes", Math.max(1, Math.ceil((clock.now() - facts.connectedAt) / 60_000)));
        keep(disconnected(connection, headers.host ?? api.domainName, code, reason.toString()));
      });
    });
  }

  async function receive(connection: LiveConnection, body: string): Promise<void> {
    const { api, facts, socket } = connection;
    counters.add("websocket.messagesIn", billedMessages(Buffer.byteLength(body)));
    const requestId = gatewayId();
    const say = (message: string) =>
      socket.send(JSON.stringify({ message, connectionId: facts.connectionId, requestId }));
    const route = selectRoute(api, body);
    if (!route) return say("Forbidden");
    if (!api.admits(route.key)) return say("Too Many Requests");
    const answer = await invoke(api, route, {
      requestContext: socketContext(api, facts, clock.now(), { routeKey: route.key, eventType: "MESSAGE", requestId }),
      ...(api.stageVariables && { stageVariables: api.stageVariables }),
      body,
      isBase64Encoded: false,
    });
    if (answer === timedOut) return say("Endpoint request timed out");
    if ("error" in answer) return say("Internal server error");
    const reply = bodyOf(answer.payload);
    if (!route.answersSender || reply === undefined) return;
    if (faults.strike("socket.reply.lost", { route: route.key })) return;
    counters.add("websocket.messagesOut", billedMessages(Buffer.byteLength(reply)));
    socket.send(reply);
  }

  /** Best effort, as on AWS: nothing waits for it and nobody hears of its failure. */
  async function disconnected(connection: LiveConnection, host: string, code: number, reason: string): Promise<void> {
    const { api, facts } = connection;
    const route = api.routes.find((one) => one.key === "$disconnect");
    if (!route) return;
    const own = { routeKey: "$disconnect", eventType: "DISCONNECT", requestId: gatewayId() } as const;
    const details = { disconnectStatusCode: code, disconnectReason: reason };
    const headers = { Host: host, "x-api-key": "", "X-Forwarded-For": "", "x-restapi": "" };
    await invoke(api, route, {
      headers,
      multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      requestContext: socketContext(api, facts, clock.now(), { ...own, ...details }),
      isBase64Encoded: false,
    });
  }

  return {
    apiIds: apis.map((api) => api.apiId),
    upgrade,
    listConnections: () =>
      [...live.values()].map(({ api, facts, lastActiveAt }) => ({
        connectionId: facts.connectionId,
        apiId: api.apiId,
        connectedAt: facts.connectedAt,
        lastActiveAt,
        sourceIp: facts.sourceIp,
      })),
    cut(connectionId) {
      const found = live.get(connectionId);
      found?.socket.close(1001, "Going away");
      return found !== undefined;
    },
    async close() {
      closing = true;
      for (const { socket } of live.values()) socket.terminate();
      server.close();
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}

function refuse(socket: Duplex, status: number): void {
  const body = JSON.stringify({ message: STATUS_CODES[status] ?? "Error" });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** The handshake's status: 502 when `$connect` failed or returned no status, 504 when it took too long. */
function statusOf(answer: InvocationResult | typeof timedOut): number {
  if (answer === timedOut) return 504;
  if ("error" in answer || typeof answer.payload !== "object" || answer.payload === null) return 502;
  const status = Number((answer.payload as { statusCode?: unknown }).statusCode);
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : 502;
}

function headersOf(answer: InvocationResult | typeof timedOut): Record<string, string> {
  if (answer === timedOut || "error" in answer) return {};
  const { headers } = (answer.payload ?? {}) as { headers?: Record<string, unknown> };
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** The `body` of a Lambda proxy answer. */
function bodyOf(payload: unknown): string | undefined {
  if (typeof payload !== "object" || payload === null) return undefined;
  const { body } = payload as { body?: unknown };
  return typeof body === "string" && body !== "" ? body : undefined;
}
