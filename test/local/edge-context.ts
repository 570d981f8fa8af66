import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createClock } from "../../local/cloud/clock.ts";
import { createCounters } from "../../local/cloud/counters.ts";
import { flatHeaders, readBody } from "../../local/cloud/edge/exchange.ts";
import { createFaults } from "../../local/cloud/faults.ts";
import { createResolver, type RawTemplate } from "../../local/cloud/intrinsics.ts";
import { createLog } from "../../local/cloud/log.ts";
import { account, functionName, region } from "../../local/cloud/names.ts";
import type { AwsService, BusEntry, CloudContext, Need } from "../../local/cloud/service.ts";

/** A function of the template, as a test writes it. What it throws is its `errorMessage`. */
// biome-ignore lint/suspicious/noExplicitAny: events are as untyped here as they are for a real function
export type Handler = (event: any) => unknown;

export interface EdgeContextOptions {
  readonly resources: RawTemplate["Resources"];
  readonly handlers?: Readonly<Record<string, Handler>>;
  readonly assets?: Readonly<Record<string, string>>;
  readonly directory?: string;
}

export type EdgeContext = CloudContext & {
  /** Every need that a call to an AWS API had. */
  readonly needs: Need[];
  readonly published: BusEntry[];
  readonly egress: Map<string, string>;
  close(): Promise<void>;
};

/** The small part of a cloud that the edge leans on: real clock, counters and faults, functions as closures, no IAM. */
export async function edgeContext(options: EdgeContextOptions): Promise<EdgeContext> {
  const services = new Map<string, AwsService>();
  const needs: Need[] = [];
  const published: BusEntry[] = [];
  const egress = new Map<string, string>();
  const frontDoor = createServer();
  const console = createServer();
  const aws = createServer((request, response) => {
    void readBody(request, 64 * 1024 * 1024).then(async (body) => {
      const [, scope = ""] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
      const service = services.get(scope);
      if (!service) throw new Error(`No service for ${scope}`);
      const { method = "GET", url: path = "/" } = request;
      const call = { scope, method, path, headers: flatHeaders(request), body, caller: "Sender" };
      needs.push(...service.needs(call));
      const reply = await service.handle(call);
      if (reply.breakConnection) response.destroy();
      else response.writeHead(reply.status, reply.headers).end(reply.body);
    });
  });
  const addresses = {
    frontDoor: await listen(frontDoor, "localhost"),
    console: await listen(console, "localhost"),
    aws: await listen(aws, "127.0.0.1"),
  };
  const clock = createClock();
  const resolver = createResolver(
    { Resources: options.resources },
    { addresses, secretValue: (_id, field) => `secret-${field ?? "value"}` },
  );
  const all = Object.entries(options.resources).map(([logicalId, { Type, Properties = {} }]) => ({
    logicalId,
    type: Type,
    properties: resolver.resolve(Properties) as Record<string, never>,
  }));
  const log = createLog(clock);

  return {
    needs,
    published,
    egress,
    template: {
      ofType: (type) => all.filter((one) => one.type === type),
      get: (logicalId) => all.find((one) => one.logicalId === logicalId) as (typeof all)[number],
      resolve: resolver.resolve,
      assetPath: (hash) => options.assets?.[hash] ?? "",
      outputs: {},
    },
    functions: {
      names: Object.keys(options.handlers ?? {}),
      running: 0,
      async invoke(target, event) {
        try {
          const payload = await options.handlers?.[functionName(target)]?.(JSON.parse(JSON.stringify(event)));
          return { payload: payload ?? null };
        } catch (error) {
          return { error: { errorType: "Error", errorMessage: (error as Error).message } };
        }
      },
      invokeLater: () => undefined,
    },
    endpoint: {
      register: (service) => void services.set(service.scope, service),
      findKey: (accessKeyId) =>
        accessKeyId === signer.credentials.accessKeyId ? { ...signer.credentials, caller: "Sender" } : undefined,
    },
    iam: { refusal: () => undefined, allowsService: () => true, denials: () => [] },
    queues: { list: () => [], send: () => "" },
    events: {
      publish: (entry) => String(published.push(entry)),
      archives: () => ({}),
      replay: () => 0,
    },
    secrets: { value: () => "" },
    clock,
    counters: createCounters(),
    faults: createFaults(),
    addresses,
    log,
    operator: signer.credentials,
    region,
    account,
    directory: options.directory,
    servers: { frontDoor, console },
    handles: () => undefined,
    redirectEgress: (pattern, baseUrl) => void egress.set(pattern, baseUrl),
    async close() {
      clock.close();
      await Promise.all([frontDoor, console, aws].map(shut));
    },
  };
}

async function listen(server: Server, host: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

function shut(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Calls `look` until it answers something other than undefined or false; the test's own timeout ends the wait. */
export async function eventually<T>(look: () => T | undefined | false): Promise<T> {
  for (;;) {
    const seen = look();
    if (seen !== undefined && seen !== false) return seen;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export const signer = {
  region: "eu-west-1",
  credentials: { accessKeyId: "AKIATEST", secretAccessKey: "secret" },
  maxAttempts: 1,
} as const;
