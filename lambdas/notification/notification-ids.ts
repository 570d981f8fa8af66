import { createHash } from "node:crypto";
import type { EventDetail } from "../contracts/events.ts";

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

/** Keeps addresses out of ids, which appear in logs and mail tags. */
export function recipientHash(address: string): string {
  return createHash("sha256").update(address.trim().toLowerCase()).digest("hex").slice(0, 16);
}

/** A link that belongs to a notification: a retry finds the same one. An id is no credential: the URL's token is signed. */
export function linkIdOf(conversationId: string, notificationId: string): string {
  return createHash("sha256").update(`${conversationId}/${notificationId}`).digest("base64url").slice(0, 24);
}
