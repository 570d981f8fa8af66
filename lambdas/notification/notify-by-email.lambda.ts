import { consumeBatch } from "../runtime/batch.ts";
import { log } from "../runtime/log.ts";
import { once } from "../runtime/once.ts";
import { notifyByEmail } from "./notify-by-email.ts";
import { mailNotifiers } from "./wiring.ts";

const outside = once(mailNotifiers);

/** Queue of `conversation.escalated.v1` → mails to the notification addresses. */
export const handler = consumeBatch("conversation.escalated.v1", (detail) => notifyByEmail(outside(), detail), log);
