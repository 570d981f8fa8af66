import { afterAll, beforeAll } from "vitest";
import type { Stores } from "../../lambdas/store/stores.ts";
import { type Demo, startDemo } from "../../local/demo/demo.ts";
import { demoStores } from "../../local/demo/seed.ts";

export const assembly = "dist/assembly";

export interface Mail {
  readonly id: string;
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

interface Ticket {
  readonly id: number;
  readonly subject: string;
  readonly external_id: string | null;
}

/** Asks again until the check passes; after the timeout it fails as the last check did, which tells what was missing. */
export async function eventually<T>(check: () => T | Promise<T>, timeoutMs = 20_000): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }
}

const pollMs = 20;

function must(condition: boolean, missing: string): asserts condition {
  if (!condition) throw new Error(missing);
}

/** The product on this machine, as a test sees it: the front door and the console's JSON. */
export class TestDemo {
  readonly demo: Demo;

  constructor(demo: Demo) {
    this.demo = demo;
  }

  get origin(): string {
    return this.demo.frontDoor;
  }

  get console(): string {
    return this.demo.console;
  }

  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.console}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  mails(): Promise<readonly Mail[]> {
    return this.ask<Mail[]>("GET", "/api/mail");
  }

  tickets(): Promise<readonly Ticket[]> {
    return this.ask<Ticket[]>("GET", "/api/tickets");
  }

  /** The newest mail to an address whose subject or text contains a string, once it has arrived. */
  mailTo(address: string, containing: string): Promise<Mail> {
    return eventually(async () => {
      const mails = (await this.mails()).filter(({ to }) => to.includes(address));
      const found = mails.find(({ subject, text }) => `${subject}\n${text}`.includes(containing));
      must(
        found !== undefined,
        `no mail to ${address} with “${containing}”; there are ${mails.map(({ subject }) => subject).join(" | ")}`,
      );
      return found;
    });
  }

  advance(ms: number): Promise<unknown> {
    return this.ask("POST", "/api/clock", { advanceMs: ms });
  }

  fault(
    kind: string,
    rest: { times?: number; match?: Record<string, string>; options?: Record<string, unknown> } = {},
  ): Promise<unknown> {
    return this.ask("POST", "/api/faults", { kind, ...rest });
  }

  async reset(): Promise<void> {
    for (const path of ["/api/mail", "/api/sms", "/api/pushes", "/api/tickets", "/api/counters", "/api/faults"])
      await this.ask("DELETE", path);
  }

  counters(): Promise<Counted> {
    return this.ask<Counted>("GET", "/api/counters");
  }

  async token(email: string): Promise<string> {
    return (await this.ask<{ accessToken: string }>("POST", "/api/token", { user: email })).accessToken;
  }

  /** The product's own stores, as an administrator would use them. */
  get stores(): Stores {
    return demoStores(this.demo.cloud);
  }

  /** A function's logical id, by its verb and noun in Pascal case. */
  functionNamed(name: string): string {
    const found = this.demo.cloud.functions.names.find((each) => each.toLowerCase().includes(name.toLowerCase()));
    if (found === undefined) throw new Error(`no function ${name} in ${this.demo.cloud.functions.names.join(", ")}`);
    return found;
  }

  /** Resolves when no function is running: what failed waits in its queue for the next try. */
  async atRest(): Promise<void> {
    await eventually(() => must(this.demo.cloud.functions.running === 0, "a function is still running"));
  }

  /** Resolves when nothing behind the outbox is under way any more; what waits for its time, such as a grace time, does not count. */
  async settled(): Promise<void> {
    const underWay = (): number => {
      const now = this.demo.cloud.clock.now();
      const messages = this.demo.cloud.queues.list().flatMap((queue) => queue.messages);
      return messages.filter(({ receiveCount, visibleAt }) => receiveCount > 0 || visibleAt <= now).length;
    };
    await eventually(() => must(underWay() === 0, `${underWay()} messages are still under way`));
    await this.atRest();
  }
}

export interface Counted {
  readonly websocket?: { messagesIn?: number; messagesOut?: number; pushes?: number; connects?: number };
  readonly http?: { requests?: number };
  readonly lambda?: { invocations?: number; byFunction?: Record<string, number> };
  readonly dynamodb?: { writeRequests?: number; writeUnits?: number; readRequests?: number; readUnits?: number };
  readonly events?: { published?: number };
  readonly ses?: { emails?: number };
}

/** Runs the product for the tests of one file. */
export function withDemo(): () => TestDemo {
  let running: TestDemo | undefined;
  beforeAll(async () => {
    running = new TestDemo(await startDemo({ assembly }));
  });
  afterAll(async () => {
    await running?.demo.close();
  });
  return () => {
    if (running === undefined) throw new Error("The product is not running yet.");
    return running;
  };
}
