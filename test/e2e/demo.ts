import { afterAll, beforeAll, expect, vi } from "vitest";
import { type Demo, startDemo } from "../../local/demo/demo.ts";

export const assembly = "dist/assembly";

export interface Mail {
  readonly id: string;
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Ticket {
  readonly id: number;
  readonly subject: string;
  readonly external_id: string | null;
}

/** Waits for a condition; the message of the last failed expectation tells what was missing. */
export function eventually<T>(check: () => T | Promise<T>, timeout = 20_000): Promise<T> {
  return vi.waitFor(check, { timeout, interval: 50 });
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

  async mails(): Promise<readonly Mail[]> {
    return (await this.ask<{ mails: Mail[] }>("GET", "/api/mail")).mails;
  }

  async tickets(): Promise<readonly Ticket[]> {
    return (await this.ask<{ tickets: Ticket[] }>("GET", "/api/tickets")).tickets;
  }

  /** The newest mail to an address whose subject or text contains a string, once it has arrived. */
  mailTo(address: string, containing: string): Promise<Mail> {
    return eventually(async () => {
      const mails = (await this.mails()).filter(({ to }) => to.includes(address));
      const found = mails.find(({ subject, text }) => `${subject}\n${text}`.includes(containing));
      expect(
        found,
        `a mail to ${address} with “${containing}”; there are ${mails.map(({ subject }) => subject).join(" | ")}`,
      ).toBeDefined();
      return found!;
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
    for (const path of ["/api/mail", "/api/tickets", "/api/counters", "/api/faults"]) await this.ask("DELETE", path);
  }

  counters(): Promise<Counted> {
    return this.ask<Counted>("GET", "/api/counters");
  }

  async token(email: string): Promise<string> {
    return (await this.ask<{ accessToken: string }>("POST", "/api/token", { user: email })).accessToken;
  }

  /** Resolves when everything that is under way behind the outbox has come to rest: queues empty, nothing in flight. */
  async settled(): Promise<void> {
    const waiting = (): number => this.demo.cloud.queues.list().reduce((sum, { messages }) => sum + messages.length, 0);
    await eventually(() => expect(waiting()).toBe(0));
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
