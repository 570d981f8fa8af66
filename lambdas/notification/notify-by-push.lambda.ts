import { consumeEvents } from "../runtime/batch.ts";
import { log } from "../runtime/log.ts";
import { once } from "../runtime/once.ts";
import { alertFactOf } from "./agent-alert.ts";
import { alertNotifiers } from "./alert-wiring.ts";
import { notifyByPush, type PushOutside } from "./notify-by-push.ts";
import { pushSender } from "./push-wiring.ts";

const outside = once((): PushOutside => ({ ...alertNotifiers(), push: pushSender(), log }));

/** Queue of `conversation.escalated.v1` and `message.unseen.v1` → notifications in agents' browsers. */
export const handler = consumeEvents(
  ["conversation.escalated.v1", "message.unseen.v1"],
  (event) => notifyByPush(outside(), alertFactOf(event)),
  log,
);
