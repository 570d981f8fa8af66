import { consumeEvents } from "../runtime/batch.ts";
import { env } from "../runtime/env.ts";
import { log } from "../runtime/log.ts";
import { once } from "../runtime/once.ts";
import { alertFactOf } from "./agent-alert.ts";
import { alertNotifiers, smsSender } from "./alert-wiring.ts";
import { notifyBySms, type SmsOutside } from "./notify-by-sms.ts";

const outside = once(
  (): SmsOutside => ({ ...alertNotifiers(), sms: smsSender(), publicOrigin: env.publicOrigin, log }),
);

/** Queue of `conversation.escalated.v1` and `message.unseen.v1`, delayed → text messages to agents. */
export const handler = consumeEvents(
  ["conversation.escalated.v1", "message.unseen.v1"],
  (event) => notifyBySms(outside(), alertFactOf(event)),
  log,
);
