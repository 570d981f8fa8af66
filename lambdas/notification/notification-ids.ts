import { createHash } from "node:crypto";
import type { EventDetail } from "../contracts/events.ts";
import type { Lead } from "../contracts/http.ts";
import type { AlertFact } from "./agent-alert.ts";

/**
 * Ids of effects. They follow from the fact that is told, not from its delivery: the same event, however often and late
 * it comes, finds the claim of the first time.
 */

export function escalatedByEmail(epoch: number, address: string): string {
  return `escalated-${epoch}:email:${recipientHash(address)}`;
}

export function escalatedByZendesk(epoch: number): string {
  return `escalated-${epoch}:zendesk`;
}

/** What is added to a ticket: the same lead is added once, however often it is saved. */
export function leadByZendesk(ticketNotificationId: string, lead: Lead): string {
  const fields = Object.entries(lead).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `${ticketNotificationId}-lead-${recipientHash(JSON.stringify(fields))}`;
}

/** Whether a line of the ledger is a ticket, and not something that was added to one. */
export function isTicket(notificationId: string): boolean {
  return /^escalated-\d+:zendesk$/.test(notificationId);
}

/** The away period of a side: named by the read mark that was left behind. */
export function unseenPrefix({
  recipient,
  readMark,
}: Pick<EventDetail<"message.unseen.v1">, "recipient" | "readMark">) {
  return `unseen-${recipient}-${readMark}-`;
}

/** `at` tells apart the periods of somebody who stays away so long that they are told once more. */
export function unseenByEmail(detail: EventDetail<"message.unseen.v1">, address: string): string {
  return `${unseenPrefix(detail)}${detail.at}:email:${recipientHash(address)}`;
}

/** Beginning of the ids that tell an agent by SMS or push about one fact: who it is for comes after it. */
export function alertPrefix(channel: "sms" | "push", fact: AlertFact): string {
  const { reason, detail } = fact;
  return `${channel}:${reason}-${reason === "escalated" ? detail.epoch : `${detail.readMark}-${detail.at}`}:`;
}

/** A request is stored once, so that its moment names it. */
export function transcriptByEmail({ at, email }: EventDetail<"transcript.requested.v1">): string {
  return `transcript-${at}:email:${recipientHash(email)}`;
}

/** Whose thread of mails a notification belongs to. A transcript stands alone. */
export function audienceOf(notificationId: string): "customer" | "team" | undefined {
  if (notificationId.startsWith("unseen-visitor-")) return "customer";
  return /^(escalated|unseen-agent)-/.test(notificationId) ? "team" : undefined;
}

/** Keeps addresses out of ids, which appear in logs and mail tags. */
export function recipientHash(address: string): string {
  return createHash("sha256").update(address.trim().toLowerCase()).digest("hex").slice(0, 16);
}

/** A link that belongs to a notification: a retry finds the same one. An id is no credential: the URL's token is signed. */
export function linkIdOf(conversationId: string, notificationId: string): string {
  return createHash("sha256").update(`${conversationId}/${notificationId}`).digest("base64url").slice(0, 24);
}
