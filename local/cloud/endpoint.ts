import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { operatorName } from "./iam/iam.ts";
import type { AwsCall, AwsReply, AwsService, Credentials, Iam, IssuedKey, Log } from "./service.ts";

/** Larger than any payload that an AWS API takes from a function here. */
const bodyLimitBytes = 32 * 1024 * 1024;

/** What becomes of one call of a doomed sandbox. */
export interface CallFate {
  /** `before`: the call never arrives. `after`: it takes effect, but its answer is lost. */
  readonly lost: "before" | "after";
  kill(): void;
}

export interface Endpoint {
  /** E.g. `http://127.0.0.1:53011`. */
  readonly address: string;
  register(service: AwsService): void;
  /** A new access key for a caller: the logical id of a function, or the operator. */
  issueKey(caller: string): Credentials;
  findKey(accessKeyId: string): IssuedKey | undefined;
  readonly operator: Credentials;
  /** From now on calls are answered. `fateOf` is asked with the session token, which names one sandbox. */
  open(guards: { iam: Iam; fateOf(sessionToken: string | undefined): CallFate | undefined }): void;
  close(): Promise<void>;
}

/**
 * One HTTP server that stands for every AWS API. The service is the scope of the Signature Version 4 credential,
 * the caller is whoever the access key was issued to; the signature itself is not checked, since only this machine
 * can connect and keys are random for every start. (A presigned URL leaves this machine's functions: S3 checks it.)
 */
export async function startEndpoint(log: Log): Promise<Endpoint> {
  const services = new Map<string, AwsService>();
  const keys = new Map<string, IssuedKey>();
  let guards: Parameters<Endpoint["open"]>[0] | undefined;

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.write(
        "endpoint",
        `${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`,
      );
      send(response, plainError(500, "InternalFailure", String(error)));
    });
  });
  server.keepAliveTimeout = 60_000;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    if (body === undefined) return send(response, plainError(413, "RequestEntityTooLarge", "The body is too large."));
    const { accessKey, scope } = credentialOf(request);
    if (accessKey === undefined || scope === undefined) {
      return send(response, plainError(403, "MissingAuthenticationToken", "The request is not signed."));
    }
    const service = services.get(scope);
    if (service === undefined) {
      const known = [...services.keys()].sort().join(", ");
      return send(
        response,
        plainError(400, "UnknownService", `No local service answers "${scope}". There are: ${known}.`),
      );
    }
    const caller = keys.get(accessKey)?.caller;
    if (caller === undefined || guards === undefined) {
      return send(response, service.error(403, "UnrecognizedClientException", "The security token is invalid."));
    }

    const token = request.headers["x-amz-security-token"];
    const fate = guards.fateOf(typeof token === "string" ? token : undefined);
    if (fate?.lost === "before") {
      fate.kill();
      return response.destroy() && undefined;
    }
    const reply = await permitted(service, guards.iam, {
      scope,
      method: request.method ?? "GET",
      path: request.url ?? "/",
      headers: flatHeaders(request),
      body,
      caller,
    });
    fate?.kill();
    if (fate !== undefined || reply.breakConnection) {
      response.destroy();
      return;
    }
    send(response, reply);
  }

  async function permitted(service: AwsService, iam: Iam, call: AwsCall): Promise<AwsReply> {
    for (const need of service.needs(call)) {
      const refusal = iam.refusal(call.caller, need);
      if (refusal !== undefined) {
        const [status, code] = accessDenied[service.scope] ?? [400, "AccessDeniedException"];
        return service.error(status, code, refusal);
      }
    }
    return service.handle(call);
  }

  function issueKey(caller: string): Credentials {
    const accessKeyId = `AKIA${randomBytes(8).toString("hex").toUpperCase()}`;
    const key = { accessKeyId, secretAccessKey: randomBytes(20).toString("hex"), caller };
    keys.set(accessKeyId, key);
    return key;
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    address: `http://127.0.0.1:${port}`,
    register(service) {
      if (services.has(service.scope)) throw new Error(`Two services answer the scope ${service.scope}`);
      services.set(service.scope, service);
    },
    issueKey,
    findKey: (accessKeyId) => keys.get(accessKeyId),
    operator: issueKey(operatorName),
    open(given) {
      guards = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Status and code of a refusal, where they are not those of the JSON protocols. */
const accessDenied: Readonly<Record<string, readonly [number, string]>> = {
  "execute-api": [403, "AccessDeniedException"],
  lambda: [403, "AccessDeniedException"],
  s3: [403, "AccessDenied"],
  ses: [403, "AccessDenied"],
  sns: [403, "AuthorizationError"],
};

/** Signed in the `Authorization` header, or in the query as presigned URLs are. */
function credentialOf(request: IncomingMessage): { accessKey?: string | undefined; scope?: string | undefined } {
  const presigned = new URL(request.url ?? "/", "http://endpoint").searchParams.get("X-Amz-Credential");
  const credential = presigned ?? /Credential=([^,\s]+)/.exec(request.headers.authorization ?? "")?.[1];
  const [accessKey, , , scope] = credential?.split("/") ?? [];
  return { accessKey, scope };
}

async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= bodyLimitBytes) chunks.push(chunk);
  }
  return size <= bodyLimitBytes ? Buffer.concat(chunks) : undefined;
}

function flatHeaders(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}

function plainError(status: number, code: string, message: string): AwsReply {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-errortype": code },
    body: JSON.stringify({ __type: code, message }),
  };
}

function send(response: ServerResponse, { status, headers, body }: AwsReply): void {
  if (response.destroyed || response.headersSent) return;
  const requestId = randomBytes(8).toString("hex");
  response.writeHead(status, { "x-amzn-requestid": requestId, ...headers, "content-length": Buffer.byteLength(body) });
  response.end(body);
}
