import webPush from "web-push";
import type { PushKeys } from "../adapters/push.ts";
import type { Tokens } from "../runtime/tokens.ts";
import type { PushKeyStore } from "../store/push-keys.ts";

const sealedFor = "deployment/pushKeys";

/**
 * The deployment's key pair for Web Push, made when it is first asked for and kept (ADR 17): every subscription of every
 * browser is bound to it, so that it must outlive the keys of tokens.
 */
export async function deploymentPushKeys(services: {
  readonly pushKeys: PushKeyStore;
  readonly tokens: Pick<Tokens, "seal" | "open">;
}): Promise<PushKeys> {
  const stored = (await services.pushKeys.get()) ?? (await makeKeys(services));
  return {
    publicKey: stored.publicKey,
    privateKey: await services.tokens.open(sealedFor, stored.sealedPrivateKey),
  };
}

async function makeKeys({ pushKeys, tokens }: Parameters<typeof deploymentPushKeys>[0]) {
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  return pushKeys.keepFirst({ publicKey, sealedPrivateKey: await tokens.seal(sealedFor, privateKey) });
}
