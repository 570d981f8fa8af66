import { createPushSender, type PushKeys, type PushSender } from "../adapters/push.ts";
import { env } from "../runtime/env.ts";
import { keptUnlessFailed } from "../runtime/once.ts";
import { stores, tokens } from "../runtime/wiring.ts";
import { deploymentPushKeys } from "./push-keys.ts";

/** Read once per sandbox: they never change. */
export const pushKeys: () => Promise<PushKeys> = /* @__PURE__ */ keptUnlessFailed(() =>
  deploymentPushKeys({ pushKeys: stores().pushKeys, tokens: tokens() }),
);

export function pushSender(): PushSender {
  return createPushSender({ keys: pushKeys, contact: `mailto:${env.mailFrom}` });
}
