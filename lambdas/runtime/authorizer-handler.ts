import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from "aws-lambda";
import { DomainError } from "../domain/errors.ts";
import type { Caller } from "./caller.ts";
import { refusalOf } from "./errors.ts";
import type { Log } from "./log.ts";
import { requireOrigin } from "./origin.ts";
import type { CachedSecret } from "./secrets.ts";

export type AuthorizerHandler = (event: APIGatewayRequestAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

/** Query parameter that carries the ticket: browsers can't send headers with a WebSocket. */
export const ticketParameter = "ticket";

/** API Gateway answers 500 to more than 8 kB of context; everything in a caller is far below, so this is a guard. */
const contextLimitBytes = 8 * 1024;

/**
 * Turns a check of tickets into the authorizer of `$connect`. The caller becomes the context that comes with every
 * later message, flat and of strings ("Output from an API Gateway Lambda authorizer"). A request that did not come
 * through CloudFront is denied (403); a bad ticket is answered 401, which API Gateway does for this very message.
 */
export function authorizerHandler(
  authorize: (ticket: string | undefined) => Promise<Caller>,
  { originSecret, log }: { readonly originSecret: () => CachedSecret; readonly log: Log },
): AuthorizerHandler {
  return async (event) => {
    try {
      await requireOrigin(event.headers ?? {}, originSecret());
      const caller = await authorize(event.queryStringParameters?.[ticketParameter]);
      return policy("Allow", principalOf(caller), event.methodArn, caller);
    } catch (error) {
      const refusal = refusalOf(error, event.requestContext.requestId, log);
      if (refusal.code === "forbidden") return policy("Deny", "nobody", event.methodArn);
      throw new Error(refusal.code === "unauthorized" ? "Unauthorized" : refusal.code);
    }
  };
}

function principalOf(caller: Caller): string {
  switch (caller.kind) {
    case "visitor":
      return caller.visitorId;
    case "portal":
      return caller.linkId;
    case "agent":
      return caller.agentId;
  }
}

function policy(
  effect: "Allow" | "Deny",
  principalId: string,
  methodArn: string,
  context: Readonly<Record<string, string>> = {},
): APIGatewayAuthorizerResult {
  const result: APIGatewayAuthorizerResult = {
    principalId,
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: effect, Resource: methodArn }],
    },
    context: { ...context },
  };
  if (Buffer.byteLength(JSON.stringify(result)) > contextLimitBytes) {
    throw new DomainError("internal", "The identity is too large for a socket.");
  }
  return result;
}
