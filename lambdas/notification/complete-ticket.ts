import type { TicketAdditions, TicketOutcome } from "../adapters/zendesk.ts";
import type { EventDetail } from "../contracts/events.ts";
import { entitlementsOf } from "../domain/plan.ts";
import { TryAgain } from "../runtime/batch.ts";
import type { Log } from "../runtime/log.ts";
import type { ChatbotStore } from "../store/chatbots.ts";
import type { ConversationStore, Notification } from "../store/conversations.ts";
import { customerFacts } from "./customer-facts.ts";
import { factsText } from "./mail/plain-text.ts";
import { isTicket, leadByZendesk } from "./notification-ids.ts";
import { requesterOf } from "./notify-zendesk.ts";
import { teamLanguage } from "./recipient-language.ts";

export interface CompletionOutside {
  readonly conversations: Pick<ConversationStore, "open" | "claim" | "settle">;
  readonly chatbots: Pick<ChatbotStore, "get">;
  readonly zendesk: TicketAdditions;
  /** Opens a chatbot's sealed API token. */
  readonly openToken: (chatbotId: string, sealed: string) => Promise<string>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

/** A claim older than this belongs to a consumer that died. Its note, if there is one, is found on the ticket. */
const staleClaimMs = 2 * 60 * 1000;

/**
 * A visitor who left name or address after asking for a human becomes the requester of the ticket that was made without
 * them, with an internal note of it, once for each state of the lead. A ticket that is not there yet will have the lead in
 * it anyway.
 *
 * @throws TryAgain while the ticket is being made, and when Zendesk limits requests or can't be reached
 */
export async function completeTicket(outside: CompletionOutside, detail: EventDetail<"lead.saved.v1">): Promise<void> {
  const ref = { chatbotId: detail.chatbotId, conversationId: detail.conversationId };
  const chatbot = await outside.chatbots.get(ref.chatbotId);
  if (chatbot === undefined || !entitlementsOf(chatbot.plan).liveChat) return;
  const { zendesk, enabled } = chatbot.settings.liveChat;
  const token = chatbot.sealed.zendeskToken;
  if (!enabled || !zendesk.enabled || token === undefined) return;
  const opened = await outside.conversations.open(ref, { limit: 1 });
  if (opened === undefined || Object.keys(opened.lead).length === 0) return;
  const ticket = newest(opened.notifications.filter(({ notificationId }) => isTicket(notificationId)));
  if (ticket?.state === "sending") throw new TryAgain("ticket_in_progress");
  if (ticket?.state !== "sent" || ticket.externalId === undefined) return;

  const notificationId = leadByZendesk(ticket.notificationId, opened.lead);
  const at = outside.now();
  const { recipient } = ticket;
  const claim = { notificationId, channel: "zendesk", reason: "escalated", recipient, state: "sending" } as const;
  const { claimed, notification } = await outside.conversations.claim(
    ref,
    { ...claim, at, claimedAt: at },
    staleClaimMs,
  );
  if (!claimed) {
    if (notification.state === "sending") throw new TryAgain("ticket_in_progress");
    return;
  }

  const settle = (result: Pick<Notification, "state"> & Partial<Pick<Notification, "detail" | "externalId">>) =>
    outside.conversations.settle(ref, notificationId, { ...result, at: outside.now() });
  const language = teamLanguage(chatbot.settings);
  const { lead, facts, head } = opened;
  const requester = requesterOf(lead);
  const rows = customerFacts(
    { lead, facts, startedAt: head.startedAt, escalatedAt: head.escalatedAt ?? ticket.at },
    language,
  );
  let outcome: TicketOutcome;
  try {
    const account = {
      subdomain: zendesk.subdomain,
      user: zendesk.user,
      token: await outside.openToken(ref.chatbotId, token),
    };
    outcome = await outside.zendesk.add(account, ticket.externalId, {
      note: `${language.say("customerSection").toUpperCase()}\n${factsText(rows)}`,
      ...(requester === undefined ? {} : { requester }),
      again: notification.attempts > 1,
    });
  } catch (error) {
    await settle({ state: "failed", detail: "The ticket could not be completed. Trying again." });
    throw error;
  }
  switch (outcome.kind) {
    case "ticket":
      await settle({ state: "sent", externalId: outcome.ticketId });
      return;
    case "refused":
      await settle({ state: "failed", detail: outcome.detail });
      outside.log.error("zendesk_refused", { ...ref, notificationId });
      return;
    case "limited":
    case "unavailable":
      await settle({ state: "failed", detail: "Zendesk can't take it now. Trying again." });
      throw new TryAgain(`zendesk_${outcome.kind}`);
  }
}

function newest(tickets: readonly Notification[]): Notification | undefined {
  return tickets.toSorted((a, b) => b.claimedAt - a.claimedAt)[0];
}
