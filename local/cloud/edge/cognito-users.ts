import { randomUUID } from "node:crypto";
import { keptFile } from "../kept-file.ts";
import type { CloudContext, Resource } from "../service.ts";

/** A user of a pool. Times are milliseconds since the epoch. */
export interface PoolUser {
  readonly sub: string;
  readonly username: string;
  /** `email` and whatever else was set, without `sub`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly status: "CONFIRMED" | "FORCE_CHANGE_PASSWORD";
}

/** Someone whom the login page offers from the start. */
export interface SeedUser {
  readonly email: string;
  readonly name?: string;
}

/** The users of all pools, kept in the directory. */
export class PoolUsers {
  readonly #context: CloudContext;
  readonly #kept;
  readonly #pools = new Map<string, Map<string, PoolUser>>();

  constructor(context: CloudContext, seeds: readonly SeedUser[]) {
    this.#context = context;
    const state = () => [...this.#pools].map(([poolId, users]) => [poolId, [...users.values()]]);
    this.#kept = keptFile(context.directory, "cognito-users.json", state);
    const before = new Map((this.#kept.read() ?? []) as ReadonlyArray<[string, PoolUser[]]>);
    for (const pool of context.template.ofType("AWS::Cognito::UserPool")) {
      const poolId = String(context.template.resolve({ Ref: pool.logicalId }));
      this.#pools.set(poolId, new Map((before.get(poolId) ?? []).map((user) => [user.username, user])));
      for (const { email, name } of seeds) {
        if (!this.find(poolId, email)) this.create(pool, poolId, email, { email, ...(name && { name }) }, "CONFIRMED");
      }
    }
  }

  has(poolId: string): boolean {
    return this.#pools.has(poolId);
  }

  list(poolId: string): readonly PoolUser[] {
    return [...(this.#pools.get(poolId)?.values() ?? [])];
  }

  /** By username, e-mail or sub; e-mail addresses compare without case. */
  find(poolId: string, name: string): PoolUser | undefined {
    const wanted = name.trim().toLowerCase();
    return this.list(poolId).find(
      (user) => user.username === name || user.sub === name || user.attributes.email?.toLowerCase() === wanted,
    );
  }

  create(
    pool: Resource,
    poolId: string,
    username: string,
    attributes: Record<string, string>,
    status: PoolUser["status"],
  ): PoolUser {
    const sub = randomUUID();
    // Where people sign in with their e-mail address, the username is the sub ("Customizing sign-in attributes").
    const byEmail = pool.properties.UsernameAttributes?.includes("email") === true;
    const user: PoolUser = {
      sub,
      username: byEmail ? sub : username,
      attributes: { ...attributes, ...(byEmail && !attributes.email && { email: username }) },
      createdAt: this.#context.clock.now(),
      status,
    };
    this.#pools.get(poolId)?.set(user.username, user);
    this.#kept.changed();
    return user;
  }

  confirm(poolId: string, user: PoolUser): void {
    if (user.status === "CONFIRMED") return;
    this.#pools.get(poolId)?.set(user.username, { ...user, status: "CONFIRMED" });
    this.#kept.changed();
  }

  delete(poolId: string, user: PoolUser): void {
    this.#pools.get(poolId)?.delete(user.username);
    this.#kept.changed();
  }

  close(): void {
    this.#kept.close();
  }
}
