import { consumeBatch } from "../runtime/batch.ts";
import { log } from "../runtime/log.ts";
import { once } from "../runtime/once.ts";
import { mailTranscript } from "./mail-transcript.ts";
import { customerMailNotifiers } from "./wiring.ts";

const outside = once(customerMailNotifiers);

/** Queue of `transcript.requested.v1` → one mail to the address that the visitor gave. */
export const handler = consumeBatch("transcript.requested.v1", (detail) => mailTranscript(outside(), detail), log);
