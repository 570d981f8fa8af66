import { ApiGatewayManagementApiClient } from "@aws-sdk/client-apigatewaymanagementapi";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type Connections, createConnections } from "../adapters/connections.ts";
import { createDelivery, type Delivery } from "../adapters/delivery.ts";
import type { FileObjects } from "../adapters/files.ts";
import { createUserDirectory, type UserDirectory } from "../adapters/user-directory.ts";
import { createDynamoStores } from "../store/dynamodb/stores.ts";
import type { Stores } from "../store/stores.ts";
import { env } from "./env.ts";
import { keyRingOf } from "./keys.ts";
import { once } from "./once.ts";
import { type CachedSecret, cachedSecret } from "./secrets.ts";
import { createTokens, type Tokens } from "./tokens.ts";

/**
 * What runs in AWS, made once per sandbox and only when a function asks for it: a bundle carries the clients that its
 * handler names, and a function needs the variables and grants of those alone.
 */

/** Milliseconds since the epoch. */
export const systemClock = (): number => Date.now();

/** Network limits of an SDK client: a call that hangs must fail well within the 29 s of an integration. */
export function networkLimits(requestTimeoutMs: number, maxAttempts = 3) {
  return {
    maxAttempts,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true },
  };
}

export const stores: () => Stores = /* @__PURE__ */ once(() =>
  createDynamoStores({
    client: new DynamoDBClient(networkLimits(3_000)),
    tableName: env.tableName,
  }),
);

export const connections: () => Connections = /* @__PURE__ */ once(() =>
  // One retry: who did not get a push syncs by sequence number, while the sender waits for us.
  createConnections(new ApiGatewayManagementApiClient({ ...networkLimits(2_000, 2), endpoint: env.socketEndpoint })),
);

export const delivery: () => Delivery = /* @__PURE__ */ once(() => {
  const { conversations, team } = stores();
  return createDelivery({ connections: connections(), conversations, team, now: systemClock });
});

const secretsManager = /* @__PURE__ */ once(() => new SecretsManagerClient(networkLimits(3_000)));

export const tokens: () => Tokens = /* @__PURE__ */ once(() => {
  const secret = cachedSecret(secretsManager(), env.keysSecretArn, systemClock);
  return createTokens({ keys: keyRingOf(secret), now: systemClock });
});

/** What CloudFront sends as `x-origin-verify`. */
export const originSecret: () => CachedSecret = /* @__PURE__ */ once(() =>
  cachedSecret(secretsManager(), env.originSecretArn, systemClock),
);

export const userDirectory: () => UserDirectory = /* @__PURE__ */ once(() =>
  createUserDirectory(new CognitoIdentityProviderClient(networkLimits(5_000)), env.userPoolId),
);

/** The contents of files. S3's client is the largest of all and few messages carry a file: it is loaded with the first. */
export const fileObjects: () => FileObjects = /* @__PURE__ */ once(() => {
  const objects = once(async () => {
    const { openFileBucket } = await import("../adapters/files.ts");
    return openFileBucket(networkLimits(5_000), env.filesBucket);
  });
  return {
    uploadAddress: async (file) => (await objects()).uploadAddress(file),
    downloadAddress: async (file) => (await objects()).downloadAddress(file),
    keep: async (file) => (await objects()).keep(file),
    erase: async (ref) => (await objects()).erase(ref),
  };
});
