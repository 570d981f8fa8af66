import { createClient } from "node-zendesk";
import * as z from "zod";

/** Where tickets go, and as whom. */
export interface ZendeskAccount {
  readonly subdomain: string;
  /** The e-mail address of the Zendesk user that the API token acts as. */
  readonly user: string;
  readonly token: string;
}

export interface NewTicket {
  /** Ours: the same escalation has the same, so that a ticket whose reply was lost is found again. */
  readonly externalId: string;
  readonly subject: string;
  /** An internal note. What a visitor wrote is never mailed to an address that a visitor typed. */
  readonly note: string;
  readonly requester?: { readonly name: string; readonly email: string };
  readonly tags: readonly string[];
}

export type TicketOutcome =
  | { readonly kind: "ticket"; readonly ticketId: string }
  /** Zendesk counts requests per minute and says when to come back, seconds. */
  | { readonly kind: "limited"; readonly retryAfterSeconds: number }
  /** Perhaps created, perhaps not: look it up before creating again. */
  | { readonly kind: "unavailable"; readonly detail: string }
  /** Only the owner can mend this. */
  | { readonly kind: "refused"; readonly detail: string };

export interface Zendesk {
  find(account: ZendeskAccount, externalId: string): Promise<TicketOutcome | { readonly kind: "none" }>;
  create(account: ZendeskAccount, ticket: NewTicket): Promise<TicketOutcome>;
}

/** What becomes known of a customer after the ticket was made. */
export interface TicketAddition {
  /** An internal note, like a new ticket's. */
  readonly note: string;
  readonly requester?: { readonly name: string; readonly email: string };
  /** An earlier attempt may have succeeded: its note is looked for first. */
  readonly again: boolean;
}

export interface TicketAdditions {
  add(account: ZendeskAccount, ticketId: string, addition: TicketAddition): Promise<TicketOutcome>;
}

export interface ZendeskLogin {
  /** Signs in and changes nothing. `signed in` names the user whom the token acts as. */
  check(
    account: ZendeskAccount,
  ): Promise<{ readonly kind: "signed in"; readonly name: string } | Exclude<TicketOutcome, { kind: "ticket" }>>;
}

export interface ZendeskOptions {
  readonly fetch?: typeof fetch;
  /** Limit of one request, milliseconds. @default 8000 */
  readonly timeoutMs?: number;
}

const Ticket = z.object({ id: z.union([z.int(), z.string()]).transform(String) });

/**
 * Tickets through node-zendesk. Its own transport is replaced: the default has no time limit, follows redirects with
 * the token on board, returns instead of throws on `Retry-After`, and takes a 502 for a result.
 */
export function createZendesk({
  fetch: send = globalThis.fetch,
  timeoutMs = 8_000,
}: ZendeskOptions = {}): Zendesk & TicketAdditions & ZendeskLogin {
  const clientFor = (account: ZendeskAccount, headers: Readonly<Record<string, string>> = {}) =>
    createClient({
      username: account.user,
      token: account.token,
      subdomain: account.subdomain,
      customHeaders: headers,
      throwOriginalException: true,
      transportConfig: {
        transportFn: async (url: string, request: { method: string; headers: HeadersInit; body?: string }) => {
          const response = await send(url, {
            method: request.method,
            headers: request.headers,
            ...(request.body === undefined ? {} : { body: request.body }),
            redirect: "manual",
            signal: AbortSignal.timeout(timeoutMs),
          });
          if (!response.ok) {
            throw new ZendeskRefusal(response.status, response.headers.get("retry-after"), await firstWords(response));
          }
          return response;
        },
        responseAdapter: (response: Response) => ({
          json: () => response.json(),
          status: response.status,
          statusText: response.statusText,
          // The client mistakes any answer with this header for a refusal; refusals have been thrown above.
          headers: { get: (name: string) => (name === "retry-after" ? null : response.headers.get(name)) },
        }),
      },
    });

  return {
    async find(account, externalId) {
      try {
        const { result } = z
          .object({ result: z.array(Ticket) })
          .parse(await clientFor(account).tickets.get(["tickets", { external_id: externalId }]));
        const first = result[0];
        return first === undefined ? { kind: "none" } : { kind: "ticket", ticketId: first.id };
      } catch (error) {
        return outcomeOfError(error);
      }
    },

    async create(account, ticket) {
      try {
        const client = clientFor(account, { "Idempotency-Key": ticket.externalId });
        const { result } = z.object({ result: Ticket }).parse(
          await client.tickets.create({
            ticket: {
              external_id: ticket.externalId,
              subject: ticket.subject,
              comment: { body: ticket.note, public: false },
              ...(ticket.requester === undefined ? {} : { requester: ticket.requester }),
              tags: [...ticket.tags],
            },
          } as unknown as Parameters<typeof client.tickets.create>[0]),
        );
        return { kind: "ticket", ticketId: result.id };
      } catch (error) {
        return outcomeOfError(error);
      }
    },

    async check(account) {
      try {
        const { users } = clientFor(account);
        const { result } = z.object({ result: SignedIn }).parse(await users.get(["users", "me"]));
        if (result.id === null) throw new ZendeskRefusal(401, null, "anonymous");
        return { kind: "signed in", name: result.name };
      } catch (error) {
        return outcomeOfError(error);
      }
    },

    async add(account, ticketId, { note, requester, again }) {
      try {
        const { tickets } = clientFor(account);
        if (again) {
          const { result } = Comments.parse(await tickets.get(["tickets", ticketId, "comments"]));
          if (result.some(({ body }) => body.trim() === note.trim())) return { kind: "ticket", ticketId };
        }
        const ticket = { comment: { body: note, public: false }, ...(requester === undefined ? {} : { requester }) };
        await tickets.update(Number(ticketId), { ticket } as unknown as Parameters<typeof tickets.update>[1]);
        return { kind: "ticket", ticketId };
      } catch (error) {
        return outcomeOfError(error);
      }
    },
  };
}

/** Who does not sign in at all is an anonymous user without an id ("Show self", Zendesk API reference). */
const SignedIn = z.object({ id: z.union([z.number(), z.string()]).nullable(), name: z.string() });

const Comments = z.object({ result: z.array(z.object({ body: z.string() })) });

/** Zendesk's answer to a request that it did not carry out. */
class ZendeskRefusal extends Error {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly said: string;

  constructor(status: number, retryAfter: string | null, said: string) {
    super(`Zendesk ${status}`);
    this.name = "ZendeskRefusal";
    this.status = status;
    this.retryAfter = retryAfter;
    this.said = said;
  }
}

/** The error's title, for the ledger; the body may quote the ticket and stays out. */
async function firstWords(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body !== "object" || body === null) return "";
  if ("error" in body && typeof body.error === "string") return body.error.slice(0, 80);
  return "";
}

function outcomeOfError(error: unknown): Exclude<TicketOutcome, { kind: "ticket" }> {
  if (!(error instanceof ZendeskRefusal)) {
    return {
      kind: "unavailable",
      detail: `Zendesk did not answer (${error instanceof Error ? error.name : "unknown"}).`,
    };
  }
  const { status, retryAfter, said } = error;
  if (status === 429 || (status === 503 && retryAfter !== null)) {
    return { kind: "limited", retryAfterSeconds: secondsOf(retryAfter) };
  }
  // 409: another request with this Idempotency-Key is still running.
  if (status >= 500 || status === 408 || status === 409) {
    return { kind: "unavailable", detail: `Zendesk is not available (${status}).` };
  }
  return { kind: "refused", detail: `Zendesk ${status}${said === "" ? "" : ` ${said}`}: ${whatToDo(status)}` };
}

function secondsOf(retryAfter: string | null): number {
  const seconds = Number(retryAfter);
  return retryAfter !== null && Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : 60;
}

function whatToDo(status: number): string {
  if (status >= 300 && status < 400) return "the subdomain has moved. Correct it in the settings.";
  if (status === 401) return "user or API token are wrong. Enter them again in the settings.";
  if (status === 403) return "this user may not create tickets. Give it an agent's role in Zendesk.";
  if (status === 404) return "there is no such Zendesk. Check the subdomain in the settings.";
  if (status === 422)
    return "Zendesk did not accept the ticket. A required field or the lead's address may be the cause.";
  return "Zendesk did not accept the request.";
}
