import * as z from "zod";
import { UnknownUser } from "../cloud/edge/cognito.ts";
import { faultKinds } from "../cloud/service.ts";
import type { ConsoleParts } from "./console.ts";

export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
}

interface JsonCall {
  readonly method: string;
  /** Below `/api`, e.g. `/faults/42`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined when the request has no body. */
  readonly input: unknown;
}

/** Thrown for input that isn't what an endpoint takes; the message says what to send. */
class BadInput extends Error {}

const longestLeapMs = 10 * 365 * 24 * 60 * 60_000;
const text = z.record(z.string(), z.string());
const clockInput = z.strictObject({ advanceMs: z.number().min(0).max(longestLeapMs) });
const faultInput = z.strictObject({
  kind: z.enum(Object.keys(faultKinds) as [keyof typeof faultKinds]),
  times: z.int().min(1).optional(),
  match: text.optional(),
  options: z.record(z.string(), z.unknown()).optional(),
});
const tokenInput = z.strictObject({ user: z.string().min(1) });
const cutInput = z.strictObject({ connectionId: z.string().optional() });

/** The control port for tests and scripts. Every answer is JSON; bad input gets 400 with what to send. */
export async function answerJson(parts: ConsoleParts, call: JsonCall): Promise<JsonAnswer> {
  try {
    return await route(parts, call);
  } catch (error) {
    if (error instanceof BadInput) return { status: 400, body: { error: error.message } };
    throw error;
  }
}

async function route(parts: ConsoleParts, { method, path, query, input }: JsonCall): Promise<JsonAnswer> {
  const { clock, counters, faults, log, iam, queues } = parts.context;
  const { webSocket, ses, sns } = parts.edge;
  const [, faultId] = /^\/faults\/([\w-]+)$/.exec(path) ?? [];
  if (faultId && method === "DELETE") {
    return faults.remove(faultId) ? done() : { status: 404, body: { error: `There is no fault ${faultId}.` } };
  }
  switch (`${method} ${path}`) {
    case "GET /ready":
      return ok({ ready: true });
    case "GET /mail":
      return ok(await ses.mailbox.readAll());
    case "DELETE /mail":
      ses.mailbox.clear();
      return done();
    case "GET /sms":
      return ok(sns.messages.list());
    case "DELETE /sms":
      sns.messages.clear();
      return done();
    case "GET /pushes":
      return ok(parts.push.pushes.list());
    case "DELETE /pushes":
      parts.push.pushes.clear();
      return done();
    case "GET /tickets":
      return ok(parts.zendesk.tickets.list());
    case "DELETE /tickets":
      parts.zendesk.tickets.clear();
      return done();
    case "GET /counters":
      return ok(counters.snapshot());
    case "DELETE /counters":
      counters.reset();
      return done();
    case "GET /clock":
      return ok({ now: new Date(clock.now()).toISOString() });
    case "POST /clock": {
      const { advanceMs } = parse(clockInput, input, { advanceMs: 60_000 });
      await clock.advance(advanceMs);
      return ok({ now: new Date(clock.now()).toISOString() });
    }
    case "GET /faults":
      return ok({ kinds: faultKinds, active: faults.list() });
    case "POST /faults":
      return { status: 201, body: addFault(parts, input) };
    case "DELETE /faults":
      faults.clear();
      return done();
    case "POST /token":
      return ok(await issueToken(parts, input));
    case "GET /connections":
      return ok(webSocket.listConnections());
    case "POST /cut": {
      const { connectionId } = parse(cutInput, input ?? {}, { connectionId: "…" });
      const wanted = connectionId ? [connectionId] : webSocket.listConnections().map((one) => one.connectionId);
      return ok({ cut: wanted.filter((one) => webSocket.cut(one)).length });
    }
    case "GET /logs":
      return ok(log.entries(query.get("source") ?? undefined));
    case "GET /denials":
      return ok(iam.denials());
    case "GET /queues":
      return ok(queues.list());
    default:
      return { status: 404, body: { error: `There is no ${method} /api${path}. See docs/local.md.` } };
  }
}

function addFault({ context }: ConsoleParts, input: unknown) {
  const { kind, times, match, options } = parse(faultInput, input, {
    kind: "push.lost",
    times: 1,
    match: {},
    options: {},
  });
  return context.faults.add({
    kind,
    ...(times !== undefined && { times }),
    ...(match && { match }),
    ...(options && { options }),
  });
}

async function issueToken({ edge }: ConsoleParts, input: unknown) {
  const example = { user: edge.cognito.emails()[0] ?? "agent@example.com" };
  const { user } = parse(tokenInput, input, example);
  try {
    return await edge.cognito.issueAccessToken(user);
  } catch (error) {
    if (!(error instanceof UnknownUser)) throw error;
    throw new BadInput(`${error.message} There are: ${edge.cognito.emails().join(", ")}.`);
  }
}

function parse<T>(schema: z.ZodType<T>, input: unknown, example: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  throw new BadInput(`${problems.join("; ")}. Send for example ${JSON.stringify(example)}`);
}

function ok(body: unknown): JsonAnswer {
  return { status: 200, body };
}

function done(): JsonAnswer {
  return ok({ done: true });
}
