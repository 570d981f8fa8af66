import type { NotificationView } from "../contracts/notifications.ts";
import type { Notification } from "../store/conversations.ts";

/** A line of the ledger as agents see it. */
export function notificationView(notification: Notification): NotificationView {
  const { claimedAt: _, attempts: __, subject: ___, detail = "", ...view } = notification;
  return detail === "" ? view : { ...view, detail };
}
