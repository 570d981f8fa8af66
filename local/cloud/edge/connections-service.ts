import type { AwsCall, AwsReply, AwsService, CloudContext, Need } from "../service.ts";
import { type ExecuteApi, gatewayId } from "./execute-api.ts";
import { billedMessages, type LiveConnection, webSocketLimits } from "./live-connection.ts";

/** The API Gateway Management API: `POST`, `GET` and `DELETE /{stage}/@connections/{connectionId}`. */
export class ConnectionsService implements AwsService {
  readonly scope = "execute-api";
  readonly #context: CloudContext;
  readonly #apis: readonly ExecuteApi[];
  readonly #live: ReadonlyMap<string, LiveConnection>;

  constructor(context: CloudContext, apis: readonly ExecuteApi[], live: ReadonlyMap<string, LiveConnection>) {
    this.#context = context;
    this.#apis = apis;
    this.#live = live;
  }

  needs(call: AwsCall): readonly Need[] {
    const { region, account } = this.#context;
    const target = parseTarget(call.path);
    const api =
      this.#live.get(target?.connectionId ?? "")?.api ??
      this.#apis.find((one) => one.stage === target?.stage) ??
      this.#apis[0];
    const place = target ? `${target.stage}/${call.method}/@connections/${target.connectionId}` : "";
    return [
      {
        action: "execute-api:ManageConnections",
        resource: `arn:aws:execute-api:${region}:${account}:${api?.apiId}/${place}`,
      },
    ];
  }

  async handle(call: AwsCall): Promise<AwsReply> {
    const target = parseTarget(call.path);
    if (!target || !this.#apis.some((api) => api.stage === target.stage)) {
      return this.error(403, "ForbiddenException", "Forbidden");
    }
    if (call.method === "POST" && call.body.length > webSocketLimits.messageBytes) {
      return this.error(413, "PayloadTooLargeException", "Message too long");
    }
    const connection = this.#live.get(target.connectionId);
    // A connection that is still in $connect isn't live yet, and answers 410 as on AWS.
    if (!connection || connection.socket.readyState !== connection.socket.OPEN) return this.#gone();
    if (call.method === "POST") return this.#post(connection, call);
    if (call.method === "DELETE") {
      connection.socket.close(1000, "Connection Closed Normally");
      return { status: 204, body: "" };
    }
    if (call.method === "GET") return this.#describe(connection);
    return this.error(405, "MethodNotAllowedException", `${call.method} is not supported.`);
  }

  #post(connection: LiveConnection, call: AwsCall): AwsReply {
    const { counters, faults } = this.#context;
    const at = { function: call.caller };
    if (!connection.api.admits("@connections")) {
      return this.error(429, "LimitExceededException", "Too Many Requests");
    }
    if (faults.strike("push.gone", at)) return this.#gone();
    counters.add("websocket.pushes");
    counters.add("websocket.messagesOut", billedMessages(call.body.length));
    connection.touch();
    // A post that races a broken connection is answered 200 too: the sender never learns of it.
    if (faults.strike("socket.cut", at)) connection.socket.close(1001, "Going away");
    else if (!faults.strike("push.lost", at)) connection.socket.send(call.body.toString("utf8"));
    return { status: 200, headers: { "content-type": "application/json" }, body: "" };
  }

  #describe({ facts, lastActiveAt }: LiveConnection): AwsReply {
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        connectedAt: new Date(facts.connectedAt).toISOString(),
        lastActiveAt: new Date(lastActiveAt).toISOString(),
        identity: { sourceIp: facts.sourceIp, userAgent: facts.userAgent ?? "" },
      }),
    };
  }

  #gone(): AwsReply {
    return this.error(410, "GoneException", "Gone");
  }

  error(status: number, code: string, message: string): AwsReply {
    return {
      status,
      headers: { "content-type": "application/json", "x-amzn-errortype": code },
      body: JSON.stringify({ message, connectionId: null, requestId: gatewayId() }),
    };
  }
}

function parseTarget(path: string): { stage: string; connectionId: string } | undefined {
  const [, stage, id] = /^\/([^/]+)\/(?:@|%40)connections\/([^/?]+)/.exec(path) ?? [];
  return stage && id ? { stage, connectionId: decodeURIComponent(id) } : undefined;
}
