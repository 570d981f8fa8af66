import middy, { type MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import * as z from "zod";
import {
  type BodyOf,
  CannedReply,
  KnowledgeItem,
  type OperationId,
  operations,
  type QueryOf,
  type ReplyOf,
} from "../contracts/http.ts";
import { limits } from "../contracts/limits.ts";
import { ClientAction, ids } from "../contracts/protocol.ts";
import { DomainError } from "../domain/errors.ts";
import { errorBody, refusalOf, statusOf } from "./errors.ts";
import { type CallerByAccess, type IdentityServices, identify } from "./identify.ts";
import type { Log } from "./log.ts";
import { requireOrigin } from "./origin.ts";
import { parseAction, parseInput, parseJson } from "./parse.ts";
import type { CachedSecret } from "./secrets.ts";
import { type Viewer, viewerOf } from "./viewer.ts";

/** Names in `{braces}` of an operation's path. */
type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type PathOf<Id extends OperationId> = { readonly [Name in NamesIn<(typeof operations)[Id]["path"]>]: string };

/** A request that may reach its use case: the caller is known, and everything is parsed. */
export interface Call<Id extends OperationId> {
  readonly caller: CallerByAccess[(typeof operations)[Id]["access"]];
  readonly path: PathOf<Id>;
  readonly query: QueryOf<Id>;
  readonly body: BodyOf<Id>;
  readonly viewer: Viewer;
}

/** What the edge of every HTTP function needs. */
export interface HttpEdge {
  readonly originSecret: () => CachedSecret;
  readonly identity: () => IdentityServices;
  readonly log: Log;
}

type Event = APIGatewayProxyEventV2;
type Reply = APIGatewayProxyStructuredResultV2;
export type HttpHandler = (event: Event, context: Context) => Promise<Reply>;

/**
 * Turns a use case into the handler of an operation: whatever has to do with HTTP happens here, once for all. The
 * operation's entry in `contracts/http.ts` decides who may call and what is accepted.
 */
export function httpHandler<Id extends OperationId>(
  operationId: Id,
  useCase: (call: Call<Id>) => Promise<ReplyOf<Id>>,
  edge: HttpEdge,
): HttpHandler {
  const handler = middy<Event, Reply>()
    .use(answerErrors(edge.log))
    .use(refuseDirectCalls(edge.originSecret))
    .handler(async (event: Event) => jsonReply(200, await useCase(await readCall(operationId, event, edge))));
  return (event, context) => handler(event, context);
}

type UseCases<Id extends OperationId> = { readonly [Each in Id]: (call: Call<Each>) => Promise<ReplyOf<Each>> };

/**
 * The handler of a function that serves several operations (`servedBy` in the contract): the route of the request
 * decides which.
 */
export function httpHandlers<Id extends OperationId>(useCases: UseCases<Id>, edge: HttpEdge): HttpHandler {
  const handlers = new Map<string, HttpHandler>();
  for (const operationId of Object.keys(useCases) as Id[]) {
    const { method, path } = operations[operationId];
    handlers.set(`${method} ${path}`, httpHandler(operationId, useCases[operationId], edge));
  }
  return async (event, context) => {
    const handler = handlers.get(event.routeKey);
    if (handler === undefined) throw new Error(`No operation is served on ${event.routeKey}.`);
    return handler(event, context);
  };
}

function answerErrors(log: Log): MiddlewareObj<Event, Reply> {
  return {
    onError(request) {
      const refusal = refusalOf(request.error, request.event.requestContext.requestId, log);
      request.response = jsonReply(statusOf[refusal.code], { error: errorBody(refusal) });
    },
  };
}

function refuseDirectCalls(originSecret: () => CachedSecret): MiddlewareObj<Event, Reply> {
  return { before: ({ event }) => requireOrigin(event.headers, originSecret()) };
}

async function readCall<Id extends OperationId>(operationId: Id, event: Event, edge: HttpEdge): Promise<Call<Id>> {
  const { access, path, query, body }: Described = operations[operationId];
  const pathValues = parsePath(path, event);
  const caller = await identify(access, event, edge.identity);
  // The types of `Call` and these schemas come from the same entry of the table.
  return {
    caller,
    path: pathValues,
    query: query && parseInput(query, queryOf(event)),
    body: body && parseBody(body, event),
    viewer: viewerOf(event.headers),
  } as Call<Id>;
}

interface Described {
  readonly access: (typeof operations)[OperationId]["access"];
  readonly path: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
}

const linkId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, "the id of a link");
const deviceId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, "the id of a browser");
const pathSchemas: Readonly<Record<string, z.ZodType<string>>> = {
  chatbotId: ids.chatbotId,
  conversationId: ids.conversationId,
  linkId,
  agentId: ids.agentId,
  fileId: ids.fileId,
  deviceId,
  shortcut: CannedReply.shape.shortcut,
  entryId: KnowledgeItem.shape.entryId,
};

function parsePath(template: string, event: Event): Record<string, string> {
  const names = Array.from(template.matchAll(/\{(\w+)\}/g), ([, name = ""]) => name);
  const shape = Object.fromEntries(names.map((name) => [name, pathSchemas[name] ?? z.never()]));
  return parseInput(z.object(shape), event.pathParameters ?? {}) as Record<string, string>;
}

/** A copy with own names only; the contracts reject names that they don't know. */
function queryOf(event: Event): Record<string, unknown> {
  return { ...event.queryStringParameters };
}

function parseBody(schema: z.ZodType, event: Event): unknown {
  const raw = event.body ?? "";
  // Checked before decoding as well, which at most takes a quarter off.
  if (raw.length > limits.httpBodyBytes * 2) throw new DomainError("too_large", "The body is too large.");
  const text = event.isBase64Encoded ? Buffer.from(raw, "base64").toString("utf8") : raw;
  const input = text.trim() === "" ? {} : parseJson(text, limits.httpBodyBytes);
  return schema === ClientAction ? parseAction(input) : parseInput(schema, input);
}

function jsonReply(statusCode: number, body: unknown): Reply {
  return {
    statusCode,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
    body: JSON.stringify(body),
  };
}
