import * as z from "zod";

/** A line of the notification ledger: who was told what, and what became of it. */
export const NotificationView = z.object({
  notificationId: z.string(),
  channel: z.enum(["email", "zendesk", "sms", "push"]),
  reason: z.enum(["escalated", "unseen", "transcript"]),
  recipient: z.string(),
  state: z.enum(["queued", "sending", "sent", "delivered", "bounced", "failed", "skipped"]),
  /** Why it was not sent, or what the other system said. */
  detail: z.string().optional(),
  at: z.int(),
  /** The mail's or ticket's id in the other system. */
  externalId: z.string().optional(),
});
export type NotificationView = z.output<typeof NotificationView>;
