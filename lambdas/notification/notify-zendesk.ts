import type { NewTicket, TicketOutcome, Zendesk } from "../adapters/zendesk.ts";
import type { EventDetail } from "../contracts/events.ts";
import type { Lead } from "../contracts/http.ts";
import type { ConversationRef } from "../domain/conversation.ts";
import { entitlementsOf } from "../domain/plan.ts";
import { TryAgain } from "../runtime/batch.ts";
import type { Log } from "../runtime/log.ts";
import type { Chatbot, ChatbotStore } from "../store/chatbots.ts";
import type { ConversationStore, Notification } from "../store/conversations.ts";
import { customerFacts, customerName } from "./customer-facts.ts";
import { recentHistory } from "./history.ts";
import { factsText, historyText } from "./mail/plain-text.ts";
import { whereItStands } from "./mail/where-it-stands.ts";
import { isoMoment } from "./moment.ts";
import { escalatedByZendesk } from "./notification-ids.ts";
import { entriesToRead } from "./notify-by-email.ts";
import type { Invite } from "./portal-invitation.ts";
import { teamLanguage } from "./recipient-language.ts";
import { visibleLine } from "./visible-text.ts";

export interface ZendeskOutside {
  readonly conversations: Pick<ConversationStore, "head" | "open" | "claim" | "settle">;
  readonly chatbots: Pick<ChatbotStore, "get">;
  readonly zendesk: Zendesk;
  readonly invite: Invite;
  /** Opens a chatbot's sealed API token. */
  readonly openToken: (chatbotId: string, sealed: string) => Promise<string>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

/** A claim older than this belongs to a consumer that died. Its ticket, if there is one, is found by its external id. */
const staleClaimMs = 2 * 60 * 1000;

/**
 * Creates the ticket of an escalation, exactly one (product.md A9, C10): the claim keeps duplicates out, and a later
 * attempt looks for the ticket of an earlier one whose reply was lost before it creates.
 *
 * @throws TryAgain when Zendesk limits requests or can't be reached, and while another consumer is at it. The queue
 * delivers again after its visibility timeout, which is not shorter than the minute that Zendesk counts in.
 */
export async function notifyZendesk(
  outside: ZendeskOutside,
  detail: EventDetail<"conversation.escalated.v1">,
): Promise<void> {
  const ref = { chatbotId: detail.chatbotId, conversationId: detail.conversationId };
  const chatbot = await outside.chatbots.get(ref.chatbotId);
  if (chatbot === undefined || !entitlementsOf(chatbot.plan).liveChat) return;
  const { liveChat } = chatbot.settings;
  if (!liveChat.enabled || !liveChat.zendesk.enabled) return;

  // Erased meanwhile: a claim would be the first thing of it to come back.
  if ((await outside.conversations.head(ref)) === undefined) return;

  const notificationId = escalatedByZendesk(detail.epoch);
  const at = outside.now();
  const { claimed, notification } = await outside.conversations.claim(
    ref,
    {
      notificationId,
      channel: "zendesk",
      reason: "escalated",
      recipient: `${liveChat.zendesk.subdomain}.zendesk.com`,
      state: "sending",
      at,
      claimedAt: at,
    },
    staleClaimMs,
  );
  if (!claimed) {
    if (notification.state === "sending") throw new TryAgain("ticket_in_progress");
    return;
  }

  const outcome = await attempt(outside, {
    ref,
    chatbot,
    detail,
    notificationId,
    attempts: notification.attempts,
  }).catch(async (error: unknown): Promise<never> => {
    await outside.conversations.settle(ref, notificationId, {
      state: "failed",
      detail: "The ticket could not be prepared. Trying again.",
      at: outside.now(),
    });
    throw error;
  });
  const settle = (result: Pick<Notification, "state"> & Partial<Pick<Notification, "detail" | "externalId">>) =>
    outside.conversations.settle(ref, notificationId, { ...result, at: outside.now() });
  switch (outcome.kind) {
    case "ticket":
      await settle({ state: "sent", externalId: outcome.ticketId });
      return;
    case "refused":
      await settle({ state: "failed", detail: outcome.detail });
      outside.log.error("zendesk_refused", { ...ref, notificationId });
      return;
    case "limited": {
      const next = isoMoment(outside.now() + outcome.retryAfterSeconds * 1000);
      await settle({ state: "failed", detail: `Zendesk limits requests. Trying again after ${next}.` });
      throw new TryAgain("zendesk_limited");
    }
    case "unavailable":
      await settle({ state: "failed", detail: `${outcome.detail} Trying again.` });
      throw new TryAgain("zendesk_unavailable");
  }
}

interface Attempt {
  readonly ref: ConversationRef;
  readonly chatbot: Chatbot;
  readonly detail: EventDetail<"conversation.escalated.v1">;
  readonly notificationId: string;
  readonly attempts: number;
}

async function attempt(outside: ZendeskOutside, { ref, chatbot, detail, notificationId, attempts }: Attempt) {
  const { brand, liveChat } = chatbot.settings;
  const sealed = chatbot.sealed.zendeskToken;
  if (sealed === undefined) {
    return { kind: "refused", detail: "There is no API token. Enter it in the settings." } satisfies TicketOutcome;
  }
  const { subdomain, user } = liveChat.zendesk;
  const account = { subdomain, user, token: await outside.openToken(ref.chatbotId, sealed) };
  const externalId = `livechat:${ref.chatbotId}:${ref.conversationId}:${detail.epoch}`;
  if (attempts > 1) {
    const earlier = await outside.zendesk.find(account, externalId);
    if (earlier.kind !== "none") return earlier;
  }

  const opened = await outside.conversations.open(ref, { limit: entriesToRead });
  if (opened === undefined) {
    return { kind: "refused", detail: "The conversation does not exist any more." } satisfies TicketOutcome;
  }
  const recipient = `${subdomain}.zendesk.com`;
  const portalUrl = await outside.invite({ ref, brand, role: "agent", recipient, notificationId, at: detail.at });
  const { lead, head } = opened;
  const language = teamLanguage(chatbot.settings);
  const customer = customerName(lead, language);
  const reader = { brand: brand.name, customer, isCustomer: false, language };
  const history = recentHistory(opened.entries, opened.more, reader);
  const facts = customerFacts(
    { lead, facts: opened.facts, startedAt: head.startedAt, escalatedAt: detail.at },
    language,
  );
  const requester = requesterOf(lead);
  return outside.zendesk.create(account, {
    externalId,
    subject: visibleLine(`[${detail.reference}] ${language.say("ticketSubject", { customer })}`, 150),
    note: [
      `${language.say("ticketLead", { customer, brand: brand.name })} ${whereItStands(head, language)}`,
      language.say("reference", { reference: detail.reference }),
      `${language.say("ticketLink")}\n${portalUrl}`,
      `${language.say("customerSection").toUpperCase()}\n${factsText(facts)}`,
      `${language.say("conversation").toUpperCase()}\n${historyText(history, language)}`,
    ].join("\n\n"),
    tags: ["live-chat", `chatbot-${ref.chatbotId}`],
    ...(requester === undefined ? {} : { requester }),
  });
}

/**
 * The lead becomes the requester when there is an address; otherwise the ticket is the Zendesk user's. Nobody has
 * proved that the address is the visitor's: the ticket's comment is an internal note, which Zendesk mails to nobody,
 * and the name is reduced to what names are made of, so that a mail of Zendesk's own to a new requester can't carry
 * a stranger's link ("Ticket relay abuse").
 */
export function requesterOf(lead: Lead): NewTicket["requester"] {
  if (lead.email === undefined) return undefined;
  const name = visibleLine((lead.name ?? "").replace(/[^\p{L}\p{M} '’-]/gu, " "), 60);
  return { email: lead.email, name: name === "" ? "Live chat customer" : name };
}
