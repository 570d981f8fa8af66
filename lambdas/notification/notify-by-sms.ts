import type { SmsSender } from "../adapters/sms.ts";
import { TryAgain } from "../runtime/batch.ts";
import type { Log } from "../runtime/log.ts";
import {
  type Alert,
  type AlertFact,
  type AlertOutside,
  type AlertRecipient,
  claimAlert,
  prepareAlert,
  skipAlert,
} from "./agent-alert.ts";
import { allEffects } from "./send-mail-once.ts";
import { senderIdOf, smsText } from "./sms-text.ts";

export interface SmsOutside extends AlertOutside {
  readonly sms: SmsSender;
  /** Where the dashboard is. */
  readonly publicOrigin: string;
  readonly log: Log;
}

/**
 * Tells the agents who want it on their phones (product.md A14), each with a line in the ledger. It is the last step of
 * the ladder: the queue's delay is over, and nobody has opened the conversation. Who has the dashboard open is told there.
 */
export async function notifyBySms(outside: SmsOutside, fact: AlertFact): Promise<void> {
  const alert = await prepareAlert(outside, "sms", fact);
  if (alert === undefined) return;
  await allEffects(alert.recipients.map((recipient) => tell(outside, alert, recipient)));
}

async function tell(outside: SmsOutside, alert: Alert, recipient: AlertRecipient): Promise<void> {
  const { ref } = alert;
  const reason = whyNot(alert, recipient);
  if (reason !== undefined) {
    await skipAlert(outside, ref, recipient, reason);
    return;
  }
  // Never taken over from a consumer that died: it may have sent, and SNS can't tell.
  if ((await claimAlert(outside, ref, recipient)) !== "claimed") return;

  const { notificationId } = recipient.line;
  const senderId = senderIdOf(alert.brandName);
  const outcome = await outside.sms.send({
    to: recipient.alerts.preferences.phone,
    text: smsText({
      brandName: alert.brandName,
      headline: alert.reference === undefined ? alert.headline : `${alert.headline} (${alert.reference})`,
      words: alert.words,
      url: `${outside.publicOrigin}${alert.path}`,
    }),
    ...(senderId === undefined ? {} : { senderId }),
  });
  const at = outside.now();
  switch (outcome.kind) {
    case "sent":
      await outside.conversations.settle(ref, notificationId, { state: "sent", externalId: outcome.messageId, at });
      return;
    case "refused":
      await outside.conversations.settle(ref, notificationId, { state: "failed", detail: outcome.detail, at });
      outside.log.error("sms_refused", { ...ref, notificationId });
      return;
    case "unavailable":
      await outside.conversations.settle(ref, notificationId, {
        state: "failed",
        detail: `${outcome.detail}. Trying again.`,
        at,
      });
      throw new TryAgain("sms_unavailable");
    case "unknown":
      await outside.conversations.settle(ref, notificationId, {
        state: "sending",
        detail: `${outcome.detail}: perhaps sent. Not sent again, to avoid a second text.`,
        at,
      });
      outside.log.error("sms_outcome_unknown", { ...ref, notificationId });
  }
}

function whyNot({ needless }: Alert, { alerts, present, quiet }: AlertRecipient): string | undefined {
  if (needless !== undefined) return needless;
  if (alerts.preferences.phone === "") return "no_phone";
  if (present) return "present";
  return quiet ? "quiet_hours" : undefined;
}
