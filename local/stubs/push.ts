import type { IncomingMessage, ServerResponse } from "node:http";
import { importJWK, type JWTPayload, jwtVerify } from "jose";
import { BodyTooLarge, flatHeaders, readBody } from "../cloud/edge/exchange.ts";
import type { CloudContext, Part } from "../cloud/service.ts";
import { closeServer, listenLocally } from "../cloud/web-servers.ts";
import { PushStore } from "./pushes.ts";

/** Subscriptions have endpoints like `https://fcm.push.services.example/push/<any id>`; the name exists nowhere else. */
export const pushHosts = "*.push.services.example";

/** A browser vendor's push service that runs here (RFC 8030, RFC 8292). */
export interface PushService extends Part {
  readonly pushes: PushStore;
  /** Loopback base URL that the push hosts are redirected to. */
  readonly baseUrl: string;
}

/** RFC 8030, section 7.2: what every push service takes; the real ones take no more. */
const bodyBytes = 4096;
/** RFC 8292, section 2: a token lasts at most a day. */
const longestTokenSeconds = 24 * 60 * 60;

class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** Starts the stub and redirects its hosts to it. */
export async function startPushService(context: CloudContext): Promise<PushService> {
  const { clock, faults, log } = context;
  const pushes = new PushStore(context);
  const { server, address: baseUrl } = await listenLocally(0);
  context.redirectEgress(pushHosts, baseUrl);
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    take(request).then(
      (location) => response.writeHead(201, { location }).end(),
      (error: unknown) => {
        if (!(error instanceof Refusal)) log.write("push service", String(error));
        const { status, headers, message } =
          error instanceof Refusal ? error : new Refusal(500, "The push service failed.");
        response.writeHead(status, { "content-type": "text/plain", ...headers }).end(message);
      },
    );
  });

  /** Keeps the message and answers where it is. */
  async function take(request: IncomingMessage): Promise<string> {
    const headers = flatHeaders(request);
    const host = headers["x-forwarded-host"] ?? headers.host ?? "";
    const [, subscription] = /^\/push\/([\w-]+)$/.exec(request.url ?? "") ?? [];
    const body = await readMessage(request);
    if (subscription === undefined) throw new Refusal(404, "There is no such subscription.");
    if (request.method !== "POST") throw new Refusal(405, "Only POST.");
    refuseByFault(host, subscription);
    if (pushes.isGone(subscription)) throw new Refusal(410, "The subscription has ended.");
    const { claims, applicationServerKey } = await verifyVapid(headers.authorization, `https://${host}`, clock.now());
    if (!/^\d+$/.test(headers.ttl ?? "")) throw new Refusal(400, "The header TTL is missing.");
    if (body.length > 0 && headers["content-encoding"] !== "aes128gcm") {
      throw new Refusal(415, "The body must be encrypted, with Content-Encoding: aes128gcm.");
    }
    const { id } = pushes.keep({
      subscription,
      at: clock.now(),
      ttl: Number(headers.ttl),
      headers,
      body: body.toString("base64"),
      claims,
      applicationServerKey,
    });
    context.counters.add("webpush.messages");
    return `https://${host}/message/${id}`;
  }

  function refuseByFault(host: string, subscription: string): void {
    const fault = faults.strike("webpush.refused", { subscription });
    const failure = fault ?? faults.strike("egress.error", { host });
    if (!failure) return;
    const { status = fault ? 410 : 500, retryAfter } = failure.options;
    if (fault && (status === 404 || status === 410)) pushes.end(subscription);
    const retry = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
    throw new Refusal(Number(status), "The local cloud was told to refuse this push.", retry);
  }

  return {
    pushes,
    baseUrl,
    async close() {
      await closeServer(server);
      pushes.close();
    },
  };
}

async function readMessage(request: IncomingMessage): Promise<Buffer> {
  try {
    return await readBody(request, bodyBytes);
  } catch (error) {
    if (error instanceof BodyTooLarge) throw new Refusal(413, error.message);
    throw error;
  }
}

/** RFC 8292: `Authorization: vapid t=<JWT>, k=<public key>`. */
async function verifyVapid(
  authorization: string | undefined,
  audience: string,
  now: number,
): Promise<{ claims: JWTPayload; applicationServerKey: string }> {
  const [, token] = /^vapid .*\bt=([\w.-]+)/i.exec(authorization ?? "") ?? [];
  const [, key] = /^vapid .*\bk=([\w-]+)/i.exec(authorization ?? "") ?? [];
  if (!token || !key) throw new Refusal(401, "Authorization: vapid t=…, k=… is missing.");
  try {
    const { payload } = await jwtVerify(token, await publicKey(key), {
      algorithms: ["ES256"],
      audience,
      currentDate: new Date(now),
      requiredClaims: ["exp"],
    });
    if ((payload.exp ?? 0) > now / 1000 + longestTokenSeconds) throw new Error("It lasts longer than a day.");
    return { claims: payload, applicationServerKey: key };
  } catch (error) {
    throw new Refusal(403, `The VAPID token is not valid: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** An uncompressed point on P-256: `04`, x and y of 32 bytes each. */
function publicKey(encoded: string) {
  const point = Buffer.from(encoded, "base64url");
  if (point.length !== 65 || point[0] !== 4) throw new Error("k is no uncompressed P-256 key.");
  const coordinate = (start: number) => point.subarray(start, start + 32).toString("base64url");
  return importJWK({ kty: "EC", crv: "P-256", x: coordinate(1), y: coordinate(33) }, "ES256");
}
