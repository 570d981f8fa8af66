import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { flatHeaders, readBody } from "../cloud/edge/exchange.ts";
import { asList, asObject, type JsonObject, parseObject } from "../cloud/json.ts";
import type { CloudContext, Part } from "../cloud/service.ts";
import { type Ticket, TicketStore, type ZendeskUser } from "./zendesk-tickets.ts";

/** A Zendesk that runs here; functions reach it under `*.zendesk.com`. */
export interface ZendeskStub extends Part {
  readonly tickets: TicketStore;
  /** Loopback base URL that `*.zendesk.com` is redirected to. */
  readonly baseUrl: string;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly input: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
  readonly subdomain: string;
  /** The agent whose credentials these are. */
  readonly agent: ZendeskUser;
}

/** Zendesk remembers a key for two hours ("Idempotency" in the Support API). */
const idempotencyMs = 2 * 60 * 60_000;
const bodyBytes = 5 * 1024 * 1024;
/** This API token is refused, so that a wrong one can be tried out. */
const wrongToken = "wrong";

/** Starts the stub and redirects `*.zendesk.com` to it. */
export async function startZendesk(context: CloudContext): Promise<ZendeskStub> {
  const tickets = new TicketStore(context);
  const created = new Map<string, { at: number; fingerprint: string; answer: Answer }>();
  const server = createServer((request, response) => {
    answer(request).then(
      (reply) => send(response, reply),
      (error: unknown) => {
        context.log.write("zendesk", String(error));
        send(response, failure(500, "InternalError", "The stub failed."));
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  context.redirectEgress("*.zendesk.com", baseUrl);

  async function answer(request: IncomingMessage): Promise<Answer> {
    const headers = flatHeaders(request);
    const host = headers["x-forwarded-host"] ?? headers.host ?? "";
    const fault = context.faults.strike("egress.error", { host });
    if (fault) {
      const { status = 500, retryAfter } = fault.options;
      const retry = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
      return { ...failure(Number(status), "ServiceError", "The local cloud was told to fail."), headers: retry };
    }
    const body = await readBody(request, bodyBytes);
    const email = agentEmail(headers.authorization);
    if (email === undefined) return { status: 401, body: { error: "Couldn't authenticate you" } };
    const url = new URL(request.url ?? "/", baseUrl);
    const input = body.length === 0 ? {} : parseObject(body.toString("utf8"));
    if (!input) return failure(400, "InvalidRequest", "The body is not a JSON object.");
    const call: Call = {
      method: request.method ?? "GET",
      path: url.pathname.replace(/\.json$/, ""),
      query: url.searchParams,
      input,
      headers,
      subdomain: host.split(".")[0] ?? "",
      agent: tickets.userFor(email, email.split("@")[0] ?? email),
    };
    return route(call);
  }

  function route(call: Call): Answer {
    const { method, path } = call;
    const [, id, rest] = /^\/api\/v2\/tickets\/(\d+)(\/comments)?$/.exec(path) ?? [];
    if (method === "POST" && path === "/api/v2/tickets") return createOnce(call);
    if (method === "GET" && path === "/api/v2/tickets") return listTickets(call);
    if (method === "GET" && path === "/api/v2/search") return search(call);
    if (method === "GET" && path === "/api/v2/users/me") return ok({ user: described(call.agent) });
    const ticket = id ? tickets.get(Number(id), call.subdomain) : undefined;
    if (id && !ticket) return failure(404, "RecordNotFound", "Not found");
    if (ticket && method === "GET") return rest ? listComments(ticket) : ok({ ticket: view(ticket) });
    if (ticket && method === "PUT" && !rest) return update(call, ticket);
    return failure(404, "InvalidEndpoint", `The stub does not know ${method} ${path}.`);
  }

  /** The same `Idempotency-Key` answers the first result again; with another body it is refused. */
  function createOnce(call: Call): Answer {
    const key = call.headers["idempotency-key"];
    if (key === undefined) return create(call);
    const name = `${call.subdomain} ${key}`;
    const fingerprint = JSON.stringify(call.input);
    const before = created.get(name);
    if (before && context.clock.now() - before.at < idempotencyMs) {
      if (before.fingerprint !== fingerprint) {
        return failure(400, "IdempotentRequestError", "The key was used with another body.");
      }
      return { ...before.answer, headers: { "x-idempotency-lookup": "hit" } };
    }
    const answered = create(call);
    if (answered.status === 201) created.set(name, { at: context.clock.now(), fingerprint, answer: answered });
    return { ...answered, headers: { ...answered.headers, "x-idempotency-lookup": "miss" } };
  }

  function create({ input, subdomain, agent }: Call): Answer {
    const wanted = asObject(input.ticket);
    const comment = asObject(wanted.comment);
    const requester = asObject(wanted.requester);
    const text = textOf(comment.body) ?? textOf(comment.html_body) ?? textOf(wanted.description);
    if (!text) return invalid("base", "Description: cannot be blank");
    const email = textOf(requester.email);
    if (requester.email !== undefined && !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email ?? "")) {
      return invalid("requester", `Requester: Email:  ${email ?? ""} is not properly formatted`);
    }
    const author = email ? tickets.userFor(email, textOf(requester.name) ?? email.split("@")[0] ?? email) : agent;
    const first = tickets.comment(text, textOf(comment.html_body), comment.public !== false, author.id);
    const ticket = tickets.create({
      subdomain,
      external_id: textOf(wanted.external_id) ?? null,
      subject: textOf(wanted.subject) ?? text.slice(0, 80),
      description: text,
      status: textOf(wanted.status) ?? "new",
      priority: textOf(wanted.priority) ?? null,
      type: textOf(wanted.type) ?? null,
      tags: asList(wanted.tags).map(String),
      custom_fields: asList(wanted.custom_fields),
      requester_id: author.id,
      comments: [first],
    });
    const location = `https://${subdomain}.zendesk.com/api/v2/tickets/${ticket.id}.json`;
    return { status: 201, body: { ticket: view(ticket) }, headers: { location } };
  }

  function update({ input, agent }: Call, ticket: Ticket): Answer {
    const wanted = asObject(input.ticket);
    const comment = asObject(wanted.comment);
    const text = textOf(comment.body) ?? textOf(comment.html_body);
    if (wanted.comment !== undefined && !text) return invalid("comment", "Comment: cannot be blank");
    const requester = asObject(wanted.requester);
    const email = textOf(requester.email);
    const requesterId = email
      ? tickets.userFor(email, textOf(requester.name) ?? email.split("@")[0] ?? email).id
      : ticket.requester_id;
    const added = text ? [tickets.comment(text, textOf(comment.html_body), comment.public !== false, agent.id)] : [];
    const updated = tickets.replace({
      ...ticket,
      external_id: textOf(wanted.external_id) ?? ticket.external_id,
      subject: textOf(wanted.subject) ?? ticket.subject,
      status: textOf(wanted.status) ?? ticket.status,
      priority: textOf(wanted.priority) ?? ticket.priority,
      requester_id: requesterId,
      tags: wanted.tags === undefined ? ticket.tags : asList(wanted.tags).map(String),
      comments: [...ticket.comments, ...added],
    });
    return ok({ ticket: view(updated), audit: { ticket_id: ticket.id } });
  }

  function listTickets({ query, subdomain }: Call): Answer {
    const externalId = query.get("external_id");
    const found = tickets.list(subdomain).filter((one) => externalId === null || one.external_id === externalId);
    return ok({ tickets: found.map(view), count: found.length, next_page: null, meta: { has_more: false }, links: {} });
  }

  function listComments(ticket: Ticket): Answer {
    const { comments } = ticket;
    return ok({ comments, count: comments.length, next_page: null, meta: { has_more: false }, links: {} });
  }

  /** Words of the subject and `key:value` for the fields below; everything must match. */
  function search({ query, subdomain }: Call): Answer {
    const terms = (query.get("query") ?? "").match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
    const results = tickets.list(subdomain).filter((ticket) => terms.every((term) => matchesTerm(ticket, term)));
    const described = results.map((ticket) => ({ ...view(ticket), result_type: "ticket" }));
    return ok({ results: described, count: results.length, next_page: null, previous_page: null });
  }

  function matchesTerm(ticket: Ticket, term: string): boolean {
    const [, key = "", quoted = term] = /^(\w+):(.*)$/.exec(term) ?? [];
    const value = quoted.replace(/"/g, "");
    switch (key) {
      case "":
        return `${ticket.subject} ${ticket.description}`.toLowerCase().includes(value.toLowerCase());
      case "type":
        return value === "ticket";
      case "external_id":
        return ticket.external_id === value;
      case "status":
        return ticket.status === value;
      case "tags":
        return ticket.tags.includes(value);
      case "requester":
        return tickets.user(ticket.requester_id)?.email === value;
      default:
        return false;
    }
  }

  return {
    tickets,
    baseUrl,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      tickets.close();
    },
  };
}

/** The agent of `user/token:token` (Basic) or of a Bearer token; undefined when the credentials are refused. */
function agentEmail(authorization: string | undefined): string | undefined {
  const [kind, value = ""] = (authorization ?? "").split(" ");
  if (kind === "Bearer") return value && value !== wrongToken ? "oauth@example.com" : undefined;
  if (kind !== "Basic") return undefined;
  const decoded = Buffer.from(value, "base64").toString("utf8");
  const [, user, token] = /^(.+?)\/token:(.+)$/.exec(decoded) ?? [];
  return user && token !== wrongToken ? user : undefined;
}

function view({ comments: _comments, subdomain, ...ticket }: Ticket) {
  return {
    url: `https://${subdomain}.zendesk.com/api/v2/tickets/${ticket.id}.json`,
    ...ticket,
    submitter_id: ticket.requester_id,
    via: { channel: "api" },
  };
}

function described(user: ZendeskUser) {
  return { ...user, role: "admin", active: true, verified: true };
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function invalid(field: string, description: string): Answer {
  const details = { [field]: [{ description }] };
  return { status: 422, body: { error: "RecordInvalid", description: "Record validation errors", details } };
}

function failure(status: number, error: string, description: string): Answer {
  return { status, body: { error, description } };
}

function textOf(value: unknown): string | undefined {
  return (typeof value === "string" && value.trim() !== "") || typeof value === "number" ? String(value) : undefined;
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(JSON.stringify(body));
}
