import { consumeBatch } from "../runtime/batch.ts";
import { log } from "../runtime/log.ts";
import { fileObjects, stores } from "../runtime/wiring.ts";
import { sweepConversation } from "./sweep-conversation.ts";

/**
 * Queue of `conversation.erased.v1`, some minutes late → whatever is left is deleted: the rest of a long conversation, and
 * what was being written when it was erased. A run that is cut off is delivered again and goes on.
 */
export const handler = consumeBatch(
  "conversation.erased.v1",
  (ref) =>
    sweepConversation(
      { conversations: stores().conversations, fileObjects: fileObjects() },
      ref,
      Number.POSITIVE_INFINITY,
    ),
  log,
);
