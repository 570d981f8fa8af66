import { readMailFeedback } from "../adapters/mail-feedback.ts";
import { consumeQueue } from "../runtime/batch.ts";
import { log } from "../runtime/log.ts";
import { delivery, stores } from "../runtime/wiring.ts";
import { recordMailOutcome } from "./record-mail-outcome.ts";

/** Queue of SES's events on the default bus → the ledger, and to the agents who look at it. */
export const handler = consumeQueue(
  "aws.ses",
  async (event) => {
    const feedback = readMailFeedback((event as { readonly detail?: unknown }).detail);
    if (feedback === undefined) return;
    const { conversations } = stores();
    await recordMailOutcome({ conversations, delivery: delivery(), log }, feedback);
  },
  log,
);
