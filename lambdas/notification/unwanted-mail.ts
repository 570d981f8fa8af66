import type { ConversationRef } from "../domain/conversation.ts";
import type { Notification } from "../store/conversations.ts";
import type { MailWishStore } from "../store/mail-wishes.ts";
import { hardBounce, markedAsSpam } from "./mail-outcome.ts";
import { recipientHash } from "./notification-ids.ts";

/** Why a customer gets no more mail about this conversation; `undefined` when they do. */
export async function whyUnwanted(
  mailWishes: Pick<MailWishStore, "isMuted">,
  ref: ConversationRef,
  recipient: string,
  ledger: readonly Notification[],
): Promise<"suppressed" | "unsubscribed" | undefined> {
  const same = recipient.toLowerCase();
  const bounced = ledger.some(
    (line) =>
      line.recipient.toLowerCase() === same &&
      line.state === "bounced" &&
      (line.detail === hardBounce || line.detail === markedAsSpam),
  );
  // Sending on to an address that does not exist, or whose owner complained, costs the account its reputation.
  if (bounced) return "suppressed";
  return (await mailWishes.isMuted(ref, recipientHash(recipient))) ? "unsubscribed" : undefined;
}
