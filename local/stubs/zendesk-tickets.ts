import { keptFile } from "../cloud/kept-file.ts";
import type { CloudContext } from "../cloud/service.ts";

export interface ZendeskUser {
  readonly id: number;
  readonly name: string;
  readonly email: string | null;
}

export interface ZendeskComment {
  readonly id: number;
  readonly body: string;
  readonly html_body: string;
  readonly public: boolean;
  readonly author_id: number;
  readonly created_at: string;
}

/** A ticket with its comments, as the stub keeps it. */
export interface Ticket {
  readonly id: number;
  /** The account: `acme` of `acme.zendesk.com`. Accounts don't see each other's tickets. */
  readonly subdomain: string;
  readonly external_id: string | null;
  readonly subject: string;
  readonly description: string;
  readonly status: string;
  readonly priority: string | null;
  readonly type: string | null;
  readonly tags: readonly string[];
  readonly custom_fields: readonly unknown[];
  readonly requester_id: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly comments: readonly ZendeskComment[];
}

interface Kept {
  readonly tickets: readonly Ticket[];
  readonly users: readonly ZendeskUser[];
  readonly lastId: number;
}

/** The tickets and users of every Zendesk account, kept in the directory. */
export class TicketStore {
  readonly #context: CloudContext;
  readonly #kept;
  #tickets: Ticket[];
  #users: ZendeskUser[];
  #lastId: number;

  constructor(context: CloudContext) {
    this.#context = context;
    this.#kept = keptFile(
      context.directory,
      "zendesk.json",
      (): Kept => ({
        tickets: this.#tickets,
        users: this.#users,
        lastId: this.#lastId,
      }),
    );
    const { tickets = [], users = [], lastId = 0 } = (this.#kept.read() ?? {}) as Partial<Kept>;
    this.#tickets = [...tickets];
    this.#users = [...users];
    this.#lastId = lastId;
  }

  /** Oldest first; all accounts without a subdomain. */
  list(subdomain?: string): readonly Ticket[] {
    return this.#tickets.filter((ticket) => subdomain === undefined || ticket.subdomain === subdomain);
  }

  get(id: number, subdomain?: string): Ticket | undefined {
    return this.list(subdomain).find((ticket) => ticket.id === id);
  }

  user(id: number): ZendeskUser | undefined {
    return this.#users.find((user) => user.id === id);
  }

  /** Finds a user by e-mail address or makes one. */
  userFor(email: string | null, name: string): ZendeskUser {
    const known = this.#users.find((user) => email !== null && user.email?.toLowerCase() === email.toLowerCase());
    if (known) return known;
    const user = { id: this.#nextId(), name, email };
    this.#users.push(user);
    this.#kept.changed();
    return user;
  }

  comment(body: string, html: string | undefined, isPublic: boolean, authorId: number): ZendeskComment {
    return {
      id: this.#nextId(),
      body,
      html_body: html ?? body,
      public: isPublic,
      author_id: authorId,
      created_at: this.#now(),
    };
  }

  create(ticket: Omit<Ticket, "id" | "created_at" | "updated_at">): Ticket {
    const created = { ...ticket, id: this.#nextId(), created_at: this.#now(), updated_at: this.#now() };
    this.#tickets.push(created);
    this.#kept.changed();
    return created;
  }

  replace(ticket: Ticket): Ticket {
    const updated = { ...ticket, updated_at: this.#now() };
    this.#tickets = this.#tickets.map((one) => (one.id === ticket.id ? updated : one));
    this.#kept.changed();
    return updated;
  }

  clear(): void {
    this.#tickets = [];
    this.#kept.changed();
  }

  close(): void {
    this.#kept.close();
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #now(): string {
    return new Date(this.#context.clock.now()).toISOString().replace(/\.\d+Z$/, "Z");
  }
}
