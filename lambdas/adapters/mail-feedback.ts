import * as z from "zod";
import { ids } from "../contracts/protocol.ts";
import { type NotificationRef, notificationOf } from "./mail-tags.ts";

/** What SES says of a mail of ours. */
export interface MailFeedback {
  readonly notification: NotificationRef;
  readonly kind: "sent" | "delivered" | "hardBounce" | "softBounce" | "complaint" | "rejected";
  /** When it happened, milliseconds since the epoch. */
  readonly at: number;
  /** SES's id of the mail. */
  readonly messageId: string;
}

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const mail = z.object({
  timestamp: moment,
  messageId: z.string().max(200),
  tags: z.record(z.string(), z.array(z.string())).default({}),
});

/** "Contents of event data that Amazon SES publishes": what is read of it. Fields that SES adds do no harm. */
const SesEvent = z.discriminatedUnion("eventType", [
  z.object({ eventType: z.literal("Send"), mail }),
  z.object({ eventType: z.literal("Delivery"), mail, delivery: z.object({ timestamp: moment }) }),
  z.object({
    eventType: z.literal("Bounce"),
    mail,
    bounce: z.object({ timestamp: moment, bounceType: z.enum(["Permanent", "Transient", "Undetermined"]) }),
  }),
  z.object({ eventType: z.literal("Complaint"), mail, complaint: z.object({ timestamp: moment }) }),
  z.object({ eventType: z.literal("Reject"), mail }),
]);
type SesEvent = z.output<typeof SesEvent>;

const notificationId = z.string().regex(/^[A-Za-z0-9:_-]{1,160}$/);

/**
 * Reads the detail of an event of SES. `undefined` for a mail that no ledger knows, such as one that somebody sent by hand
 * through the same configuration set.
 *
 * @throws ZodError for what is no such event.
 */
export function readMailFeedback(detail: unknown): MailFeedback | undefined {
  const event = SesEvent.parse(detail);
  const notification = notificationOf(event.mail.tags);
  if (notification === undefined || !isPossible(notification)) return undefined;
  return { notification, messageId: event.mail.messageId, ...whatHappened(event) };
}

function whatHappened(event: SesEvent): Pick<MailFeedback, "kind" | "at"> {
  switch (event.eventType) {
    case "Send":
      return { kind: "sent", at: event.mail.timestamp };
    case "Delivery":
      return { kind: "delivered", at: event.delivery.timestamp };
    case "Bounce":
      // SES has tried for hours before it reports a transient bounce: the mail did not arrive either way.
      return {
        kind: event.bounce.bounceType === "Permanent" ? "hardBounce" : "softBounce",
        at: event.bounce.timestamp,
      };
    case "Complaint":
      return { kind: "complaint", at: event.complaint.timestamp };
    case "Reject":
      return { kind: "rejected", at: event.mail.timestamp };
  }
}

/** Ids become keys of the table. */
function isPossible(notification: NotificationRef): boolean {
  return (
    ids.chatbotId.safeParse(notification.chatbotId).success &&
    ids.conversationId.safeParse(notification.conversationId).success &&
    notificationId.safeParse(notification.notificationId).success
  );
}
