import { consumeBatch } from "../runtime/batch.ts";
import { log } from "../runtime/log.ts";
import { once } from "../runtime/once.ts";
import { notifyUnseen } from "./notify-unseen.ts";
import { customerMailNotifiers } from "./wiring.ts";

const outside = once(customerMailNotifiers);

/** Delayed queue of `message.unseen.v1` → one mail per away period. The delay is the grace time. */
export const handler = consumeBatch("message.unseen.v1", (detail) => notifyUnseen(outside(), detail), log);
