import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { parseKeyRing } from "../../lambdas/runtime/keys.ts";
import type { CachedSecret } from "../../lambdas/runtime/secrets.ts";
import type { SocketEvent } from "../../lambdas/runtime/socket-handler.ts";
import { createTokens } from "../../lambdas/runtime/tokens.ts";

export const originSecretValue = "the-secret-of-the-front-door";
export const originSecret = (): CachedSecret => ({
  read: async () => originSecretValue,
  readAgain: async () => originSecretValue,
});

export const lambdaContext = {} as Context;

export const clock = { now: Date.UTC(2026, 10, 2, 9, 0, 0) };
const ring = parseKeyRing(JSON.stringify({ current: "k1", k1: "a".repeat(64) }));
export const tokens = createTokens({
  keys: { read: async () => ring, readAgain: async () => ring },
  now: () => clock.now,
});

/** A request that came through CloudFront. */
export function httpEvent({
  headers = {},
  claims,
  ...event
}: Partial<APIGatewayProxyEventV2> & { claims?: Record<string, string> } = {}): APIGatewayProxyEventV2 {
  return {
    version: "2.0",
    routeKey: "",
    rawPath: "/",
    rawQueryString: "",
    isBase64Encoded: false,
    headers: { "x-origin-verify": originSecretValue, ...headers },
    requestContext: {
      requestId: "request-1",
      ...(claims === undefined ? {} : { authorizer: { jwt: { claims, scopes: null } } }),
    } as unknown as APIGatewayProxyEventV2["requestContext"],
    ...event,
  };
}

export function socketEvent(body: string, authorizer: Record<string, unknown> | undefined): SocketEvent {
  const requestContext = { requestId: "request-1", connectionId: "socket-1", authorizer };
  return { body, isBase64Encoded: false, requestContext } as unknown as SocketEvent;
}
