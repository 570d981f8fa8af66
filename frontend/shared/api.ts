import type * as z from "zod";
import type { ErrorReply, OperationId, operations, ReplyOf } from "../../lambdas/contracts/http.ts";
import type { FieldError } from "../../lambdas/domain/errors.ts";

type Operations = typeof operations;
type Route<T extends OperationId> = `${Operations[T]["method"]} ${Operations[T]["path"]}`;

/**
 * The contracts are imported as types only, so that no page carries zod. What is needed of them at run time stands
 * here, and the compiler compares every line with the contract.
 */
const routes: { readonly [T in OperationId]: Route<T> } = {
  readWidget: "GET /api/chatbots/{chatbotId}/widget",
  startConversation: "POST /api/conversations",
  actOnConversation: "POST /api/conversations/{conversationId}/actions",
  saveLead: "PUT /api/conversations/{conversationId}/lead",
  issueVisitorTicket: "POST /api/socket-tickets",
  issueAgentTicket: "POST /api/chatbots/{chatbotId}/socket-tickets",
  openPortal: "POST /api/portal-sessions",
  listMemberships: "GET /api/memberships",
  listConversations: "GET /api/chatbots/{chatbotId}/conversations",
  viewConversation: "GET /api/chatbots/{chatbotId}/conversations/{conversationId}",
  actAsAgent: "POST /api/chatbots/{chatbotId}/conversations/{conversationId}/actions",
  createLink: "POST /api/chatbots/{chatbotId}/conversations/{conversationId}/links",
  rotateLink: "POST /api/chatbots/{chatbotId}/conversations/{conversationId}/links/{linkId}/rotation",
  revokeLink: "DELETE /api/chatbots/{chatbotId}/conversations/{conversationId}/links/{linkId}",
  readSettings: "GET /api/chatbots/{chatbotId}/settings",
  writeSettings: "PUT /api/chatbots/{chatbotId}/settings",
  listMembers: "GET /api/chatbots/{chatbotId}/members",
  inviteMember: "POST /api/chatbots/{chatbotId}/members",
  removeMember: "DELETE /api/chatbots/{chatbotId}/members/{agentId}",
};

type Parameter<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Parameter<Rest>
  : never;
type PathInput<T extends OperationId> = [Parameter<Operations[T]["path"]>] extends [never]
  ? { readonly path?: undefined }
  : { readonly path: { readonly [Name in Parameter<Operations[T]["path"]>]: string } };
type BodyInput<T extends OperationId> = Operations[T] extends { body: infer Body extends z.ZodType }
  ? { readonly body: z.input<Body> }
  : { readonly body?: undefined };
type QueryInput<T extends OperationId> = Operations[T] extends { query: infer Query extends z.ZodType }
  ? { readonly query?: { readonly [Name in keyof z.output<Query>]?: z.output<Query>[Name] | undefined } }
  : { readonly query?: undefined };

/** What a call of an operation takes. `token`: the bearer session or access token. */
export type CallInput<T extends OperationId> = PathInput<T> &
  BodyInput<T> &
  QueryInput<T> & { readonly token?: string | undefined; readonly signal?: AbortSignal | undefined };

/**
 * A call that did not succeed. `code` is one of the API's (`domain/errors.ts`), or `network` when no reply arrived,
 * `timeout` when it took too long, and `bad_reply` when something that is not the API answered. `status` is 0 without a reply.
 */
export class ApiError extends Error {
  readonly code: string;
  readonly fields: readonly FieldError[];
  readonly status: number;

  constructor(code: string, message: string, status = 0, fields: readonly FieldError[] = []) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

export interface Api {
  /** Throws `ApiError`, or the signal's reason when the caller gave up. */
  call<T extends OperationId>(operation: T, input: CallInput<T>): Promise<ReplyOf<T>>;
}

export interface ApiOptions {
  /** @default "" the page's own origin */
  readonly baseUrl?: string;
  /** @default the browser's */
  readonly fetch?: typeof fetch;
  /** Waits between tries; a test passes one that does not. */
  readonly wait?: (ms: number) => Promise<void>;
}

/** Milliseconds until a try is given up. API Gateway itself gives up after 30 s. */
export const callTimeoutMs = 15_000;

/** Milliseconds before each further try of a call that may be repeated. */
export const retryDelaysMs: readonly number[] = [300, 1_200];

/** Asking again makes sense only where nobody has decided anything yet. */
const passing = new Set(["network", "timeout", "bad_reply", "internal", "too_many_requests"]);

export function createApi(options: ApiOptions = {}): Api {
  const send = options.fetch ?? ((...request: Parameters<typeof fetch>) => fetch(...request));
  const wait = options.wait ?? ((ms: number) => new Promise<void>((done) => setTimeout(done, ms)));

  return {
    async call<T extends OperationId>(operation: T, input: CallInput<T>): Promise<ReplyOf<T>> {
      const [method, template] = routes[operation].split(" ") as [string, string];
      const url = (options.baseUrl ?? "") + fill(template, input.path ?? {}) + queryString(input.query ?? {});
      // POST is not repeated here: whoever sends an action has an id for it and decides that itself.
      const delays = method === "POST" ? [] : retryDelaysMs;
      for (let attempt = 0; ; attempt++) {
        try {
          return (await once(send, method, url, input)) as ReplyOf<T>;
        } catch (error) {
          const delay = delays[attempt];
          if (delay === undefined || !(error instanceof ApiError) || !passing.has(error.code)) throw error;
          await wait(delay);
        }
      }
    },
  };
}

async function once(
  send: typeof fetch,
  method: string,
  url: string,
  input: { readonly body?: unknown; readonly token?: string | undefined; readonly signal?: AbortSignal | undefined },
): Promise<unknown> {
  const timeout = AbortSignal.timeout(callTimeoutMs);
  const headers: Record<string, string> = { accept: "application/json" };
  if (input.token !== undefined) headers.authorization = `Bearer ${input.token}`;
  if (input.body !== undefined) headers["content-type"] = "application/json";

  let response: Response;
  let text: string;
  try {
    response = await send(url, {
      method,
      headers,
      credentials: "omit",
      signal: input.signal === undefined ? timeout : AbortSignal.any([input.signal, timeout]),
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    });
    text = await response.text();
  } catch (error) {
    if (input.signal?.aborted === true) throw input.signal.reason;
    if (timeout.aborted) throw new ApiError("timeout", "The server did not answer in time.");
    throw new ApiError("network", error instanceof Error ? error.message : "The server could not be reached.");
  }

  const json = parse(text);
  if (response.ok && json !== undefined) return json;
  if (isErrorReply(json)) {
    throw new ApiError(json.error.code, json.error.message, response.status, json.error.fields ?? []);
  }
  throw new ApiError(codeOfStatus(response.status), `The server answered ${response.status}.`, response.status);
}

/** For answers that come from in front of the API: the JWT authorizer, CloudFront, a proxy. */
function codeOfStatus(status: number): string {
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  if (status === 429) return "too_many_requests";
  return status >= 500 ? "internal" : "bad_reply";
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
}

function queryString(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isErrorReply(value: unknown): value is z.output<typeof ErrorReply> {
  if (typeof value !== "object" || value === null || !("error" in value)) return false;
  const { error } = value;
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}
