import type * as z from "zod";
import type { OperationId, operations, ReplyOf } from "../../lambdas/contracts/http.ts";
import type { FieldError } from "../../lambdas/domain/errors.ts";

type Operations = typeof operations;

/**
 * Where operations are found. The contracts are imported as types only, so that no page carries zod: what is needed of
 * them at run time is written out, and the compiler compares every line with the contract.
 */
export type Routes<Known extends OperationId = OperationId> = {
  readonly [T in Known]: `${Operations[T]["method"]} ${Operations[T]["path"]}`;
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
 * A call that did not succeed. `code` is one of the API's (`domain/errors.ts`), or `network` when no reply arrived in
 * time, and `bad_reply` when something that is not the API answered. `status` is 0 without a reply.
 */
export class ApiError extends Error {
  declare readonly code: string;
  declare readonly status: number;
  declare readonly fields: readonly FieldError[];

  constructor(code: string, message: string, status = 0, fields: readonly FieldError[] = []) {
    super(message);
    Object.assign(this, { code, status, fields });
  }
}

export interface Api<Known extends OperationId = OperationId> {
  /** Throws `ApiError`, also when the caller gave up. A call that can be given up has no time limit. */
  call<T extends Known>(operation: T, input: CallInput<T>): Promise<ReplyOf<T>>;
}

/** Milliseconds until a try is given up. API Gateway itself gives up after 30 s. */
export const callTimeoutMs = 15_000;

/** Milliseconds before each further try of a call that may be repeated. */
export const retryDelaysMs: readonly number[] = [300, 1_200];

/** Whether asking again makes sense: nobody has decided anything yet. */
export function mayPass(code: string): boolean {
  return ["network", "bad_reply", "internal", "too_many_requests"].includes(code);
}

/** The API at the page's own origin. @param wait a test passes one that does not */
export function createApi<Known extends OperationId>(
  routes: Routes<Known>,
  send: typeof fetch = fetch,
  wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
): Api<Known> {
  return {
    async call<T extends Known>(operation: T, input: CallInput<T>): Promise<ReplyOf<T>> {
      const [method, template] = routes[operation].split(" ") as [string, string];
      const path: Readonly<Record<string, string>> = input.path ?? {};
      const url = template.replace(/{(\w+)}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
      // POST is not repeated here: whoever sends an action has an id for it and decides that itself.
      const delays = method === "POST" ? [] : retryDelaysMs;
      for (let attempt = 0; ; attempt++) {
        try {
          return (await once(send, method, url + queryString(input.query), input)) as ReplyOf<T>;
        } catch (error) {
          const delay = delays[attempt];
          if (delay === undefined || !(error instanceof ApiError && mayPass(error.code))) throw error;
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
  { token, body, signal }: { token?: string | undefined; body?: unknown; signal?: AbortSignal | undefined },
): Promise<unknown> {
  let status = 0;
  let reply: unknown;
  try {
    const response = await send(url, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "omit",
      signal: signal ?? AbortSignal.timeout(callTimeoutMs),
    });
    status = response.status;
    reply = await response.json();
    if (response.ok) return reply;
  } catch (error) {
    if (status === 0) throw new ApiError("network", `${error}`);
  }
  // Whatever stands in front of the API refuses in other words.
  const {
    code = status === 401 ? "unauthorized" : status === 429 ? "too_many_requests" : "bad_reply",
    message = `The server answered ${status}.`,
    fields,
  } = (reply as { readonly error?: Partial<ApiError> } | null | undefined)?.error ?? {};
  throw new ApiError(code, message, status, fields);
}

/** Without what is undefined. */
function queryString(query: object | undefined): string {
  return query === undefined
    ? ""
    : `?${new URLSearchParams(JSON.parse(JSON.stringify(query)) as Record<string, string>)}`;
}
