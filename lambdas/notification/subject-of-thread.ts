import type { Notification } from "../store/conversations.ts";
import { audienceOf } from "./notification-ids.ts";

/**
 * The subject that a recipient's mails of this conversation have in common, as it was at first: Gmail makes a thread of
 * mails that refer to each other only while their subject stays the same, and a name may be learnt in between.
 */
export function subjectOfThread(
  ledger: readonly Notification[],
  { notificationId, recipient }: Pick<Notification, "notificationId" | "recipient">,
): string | undefined {
  const audience = audienceOf(notificationId);
  if (audience === undefined) return undefined;
  return ledger
    .filter(
      (line) =>
        line.notificationId !== notificationId &&
        line.recipient.toLowerCase() === recipient.toLowerCase() &&
        audienceOf(line.notificationId) === audience &&
        ["sending", "sent", "delivered"].includes(line.state),
    )
    .toSorted((one, other) => one.claimedAt - other.claimedAt)
    .find(({ subject }) => subject !== undefined)?.subject;
}
