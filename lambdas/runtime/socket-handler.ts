import middy, { type MiddlewareObj } from "@middy/core";
import type {
  APIGatewayEventWebsocketRequestContextV2,
  APIGatewayProxyResultV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
  Context,
} from "aws-lambda";
import { limits } from "../contracts/limits.ts";
import { type ClientAction, clientActions, type FrameOf, ids, type ServerFrame } from "../contracts/protocol.ts";
import { DomainError } from "../domain/errors.ts";
import { Caller } from "./caller.ts";
import { errorBody, refusalOf } from "./errors.ts";
import type { Log } from "./log.ts";
import { parseAction, parseJson } from "./parse.ts";

/** An event of an open socket, with what the authorizer put into its context. */
export type SocketEvent = APIGatewayProxyWebsocketEventV2WithRequestContext<
  APIGatewayEventWebsocketRequestContextV2 & { readonly authorizer?: unknown }
>;
export type SocketHandler = (event: SocketEvent, context: Context) => Promise<APIGatewayProxyResultV2>;

/** One action through a socket. */
export interface SocketCall {
  readonly caller: Caller;
  readonly connectionId: string;
  readonly action: ClientAction;
}

/**
 * Turns a use case into the handler of `$default`. What it returns is the route's response, so the reply reaches the
 * sender without a call of the callback API ("Set up a WebSocket route response").
 */
export function socketHandler(act: (call: SocketCall) => Promise<ServerFrame>, log: Log): SocketHandler {
  const handler = middy<SocketEvent, APIGatewayProxyResultV2>()
    .use(answerErrors(log))
    .handler(async (event: SocketEvent) => {
      const { connectionId } = event.requestContext;
      const action = parseAction(parseJson(event.body ?? "", limits.socketMessageBytes));
      return frameReply(await act({ caller: callerOf(event), connectionId, action }));
    });
  return (event, context) => handler(event, context);
}

/** Who opened the socket, from the context that the authorizer set at `$connect`. API Gateway adds names of its own to it. */
export function callerOf(event: SocketEvent): Caller {
  const context = event.requestContext.authorizer;
  const { principalId: _, integrationLatency: __, ...caller } = { ...(context as Record<string, unknown> | undefined) };
  const parsed = Caller.safeParse(caller);
  if (!parsed.success) throw new DomainError("unauthorized", "This socket has no identity. Open a new one.");
  return parsed.data;
}

function answerErrors(log: Log): MiddlewareObj<SocketEvent, APIGatewayProxyResultV2> {
  return {
    onError(request) {
      const refusal = refusalOf(request.error, request.event.requestContext.requestId, log);
      request.response = frameReply(errorFrameOf(refusal, request.event.body ?? ""));
    },
  };
}

/** Names what was refused, as far as it can be read, so that the client finds the action that it waits for. */
export function errorFrameOf(refusal: DomainError, message: string): FrameOf<"error"> {
  const { action, id, conversationId } = echoOf(message);
  return {
    type: "error",
    ...errorBody(refusal),
    ...(typeof action === "string" && Object.hasOwn(clientActions, action) ? { action } : {}),
    ...(ids.clientId.safeParse(id).success ? { id: String(id) } : {}),
    ...(ids.conversationId.safeParse(conversationId).success ? { conversationId: String(conversationId) } : {}),
  };
}

function echoOf(message: string): Record<string, unknown> {
  try {
    return { ...(parseJson(message, limits.socketMessageBytes) as object | null) } as Record<string, unknown>;
  } catch {
    return {};
  }
}

function frameReply(frame: ServerFrame): APIGatewayProxyResultV2 {
  return { statusCode: 200, body: JSON.stringify(frame) };
}
