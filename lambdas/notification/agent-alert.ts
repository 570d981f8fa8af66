import type { EventDetail, LifecycleEvent } from "../contracts/events.ts";
import type { Entry } from "../contracts/protocol.ts";
import { awayPeriodMs, type ConversationHead, type ConversationRef, isPresent } from "../domain/conversation.ts";
import { entitlementsOf } from "../domain/plan.ts";
import { isQuiet } from "../domain/quiet-hours.ts";
import type { AgentAlerts, AgentNotificationStore } from "../store/agent-notifications.ts";
import type { ChatbotStore } from "../store/chatbots.ts";
import type { ConversationStore, Notification } from "../store/conversations.ts";
import type { MemberStore, TeamStore } from "../store/members.ts";
import { customerName } from "./customer-facts.ts";
import { alertPrefix, recipientHash } from "./notification-ids.ts";
import { teamLanguage } from "./recipient-language.ts";

/** What agents are told about on their own devices. */
export type AlertFact =
  | { readonly reason: "escalated"; readonly detail: EventDetail<"conversation.escalated.v1"> }
  | { readonly reason: "unseen"; readonly detail: EventDetail<"message.unseen.v1"> };

/** @throws Error for an event that no agent is told about */
export function alertFactOf({ type, detail }: LifecycleEvent): AlertFact {
  switch (type) {
    case "conversation.escalated.v1":
      return { reason: "escalated", detail };
    case "message.unseen.v1":
      return { reason: "unseen", detail };
    default:
      throw new Error(`${type} is nothing that agents are told about.`);
  }
}

export type AlertChannel = "sms" | "push";

export interface AlertOutside {
  readonly conversations: Pick<ConversationStore, "open" | "claim" | "settle">;
  readonly chatbots: Pick<ChatbotStore, "get">;
  readonly members: Pick<MemberStore, "ofChatbot">;
  readonly agentNotifications: Pick<AgentNotificationStore, "ofChatbot" | "removeDevice">;
  readonly team: Pick<TeamStore, "present">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** An agent who wants to be told by this channel, and the line of the ledger that says what became of it. */
export interface AlertRecipient {
  readonly alerts: AgentAlerts;
  readonly line: Pick<Notification, "notificationId" | "channel" | "reason" | "recipient">;
  /** The line as it is, when there is one. */
  readonly known: Notification | undefined;
  /** Has the dashboard open and visible right now. */
  readonly present: boolean;
  readonly quiet: boolean;
}

export interface Alert {
  readonly ref: ConversationRef;
  readonly brandName: string;
  /** `Ada would like to talk to a person`, in the chatbot's language. */
  readonly headline: string;
  /** The number that visitor and agent can refer to, with an escalation. */
  readonly reference: string | undefined;
  /** The visitor's newest message; may be empty. */
  readonly words: string;
  /** Path on the dashboard. */
  readonly path: string;
  /** Why nobody has to be told any more. */
  readonly needless: string | undefined;
  readonly recipients: readonly AlertRecipient[];
}

/** Entries that are read for the visitor's newest message. */
const entriesToRead = 20;

/**
 * What there is to tell, and to whom. `undefined` when the chatbot does not tell agents by this channel, when nobody
 * wants to be told, or when it is the visitor whom a message waits for.
 */
export async function prepareAlert(
  outside: AlertOutside,
  channel: AlertChannel,
  fact: AlertFact,
): Promise<Alert | undefined> {
  const { chatbotId, conversationId } = fact.detail;
  if (fact.reason === "unseen" && fact.detail.recipient !== "agent") return undefined;
  const chatbot = await outside.chatbots.get(chatbotId);
  if (chatbot === undefined || !entitlementsOf(chatbot.plan).liveChat) return undefined;
  const { brand, liveChat } = chatbot.settings;
  if (!liveChat.enabled || !liveChat[channel].enabled) return undefined;
  const wanting = (await outside.agentNotifications.ofChatbot(chatbotId)).filter((each) => each.preferences[channel]);
  if (wanting.length === 0) return undefined;
  const ref = { chatbotId, conversationId };
  const [opened, members, sockets] = await Promise.all([
    outside.conversations.open(ref, { limit: entriesToRead }),
    outside.members.ofChatbot(chatbotId),
    outside.team.present(chatbotId, outside.now()),
  ]);
  if (opened === undefined) return undefined;

  const recipients = wanting.flatMap((alerts): AlertRecipient[] => {
    // Who was removed a moment ago may still have preferences.
    const member = members.find(({ agentId }) => agentId === alerts.agentId);
    if (member === undefined || toldInThisPeriod(opened.notifications, channel, fact, alerts.agentId)) return [];
    const notificationId = alertPrefix(channel, fact) + recipientHash(alerts.agentId);
    return [
      {
        alerts,
        line: { notificationId, channel, reason: fact.reason, recipient: member.name },
        known: opened.notifications.find((each) => each.notificationId === notificationId),
        present: sockets.some(({ agentId }) => agentId === alerts.agentId),
        quiet: isQuiet(alerts.preferences.quietHours, outside.now()),
      },
    ];
  });
  const language = teamLanguage(chatbot.settings);
  // The name alone: an address is more than a lock screen or the telephone network has to know.
  const customer = customerName(opened.lead.name === undefined ? {} : { name: opened.lead.name }, language);
  return {
    ref,
    brandName: brand.name,
    headline: language.say(fact.reason === "escalated" ? "asksForPerson" : "wroteAgain", { customer }),
    reference: opened.head.reference,
    words: newestWords(opened.entries),
    path: `/chatbot/${chatbotId}/dashboard/live-chats/${conversationId}`,
    needless: whyNeedless(opened.head, fact, outside.now()),
    recipients: fact.reason === "unseen" ? assigneeFirst(recipients, opened.head) : recipients,
  };
}

/** Whether somebody takes care by now: the ladder of alerts stops when a person opens the conversation. */
function whyNeedless(head: ConversationHead, fact: AlertFact, now: number): string | undefined {
  if (fact.reason === "escalated") {
    const { epoch, seq } = fact.detail;
    const untouched = head.status === "unassigned" && head.epoch === epoch && head.read.agent < seq;
    return untouched ? undefined : "opened";
  }
  if (head.read.agent >= fact.detail.seq) return "read";
  if (isPresent(head, "agent", now)) return "present";
  return head.status === "open" ? undefined : "not_open";
}

/** Whose conversation it is, is told alone, unless they want to be left alone at this hour. */
function assigneeFirst(recipients: readonly AlertRecipient[], head: ConversationHead): readonly AlertRecipient[] {
  const assignee = recipients.find(({ alerts, quiet }) => alerts.agentId === head.assignee?.agentId && !quiet);
  return assignee === undefined ? recipients : [assignee];
}

/** Two events for one away period (two pages noticed it at the same moment) are one alert: the first one's. */
function toldInThisPeriod(
  ledger: readonly Notification[],
  channel: AlertChannel,
  fact: AlertFact,
  agentId: string,
): boolean {
  if (fact.reason !== "unseen") return false;
  const { detail } = fact;
  const own = alertPrefix(channel, fact) + recipientHash(agentId);
  return ledger.some(
    ({ notificationId, state, at }) =>
      notificationId.startsWith(`${channel}:unseen-${detail.readMark}-`) &&
      notificationId.endsWith(`:${recipientHash(agentId)}`) &&
      notificationId !== own &&
      (state === "sent" || state === "delivered" || state === "sending") &&
      Math.abs(detail.at - at) < awayPeriodMs,
  );
}

function newestWords(entries: readonly Entry[]): string {
  const said = entries.filter((entry) => entry.kind === "message" && entry.author.role === "visitor");
  const newest = said.at(-1);
  return newest?.kind === "message" ? newest.text : "";
}

/** What an agent is told at most once. @returns whether the effect is the caller's to do */
export async function claimAlert(
  { conversations, now }: Pick<AlertOutside, "conversations" | "now">,
  ref: ConversationRef,
  { line, known }: Pick<AlertRecipient, "line" | "known">,
  staleAfterMs?: number,
): Promise<"claimed" | "somebody is at it" | "done before"> {
  const isOver = known !== undefined && !["queued", "failed", "sending"].includes(known.state);
  if (isOver) return "done before";
  const at = now();
  const claim = { ...line, state: "sending", at, claimedAt: at } as const;
  const { claimed, notification } = await conversations.claim(ref, claim, staleAfterMs);
  if (claimed) return "claimed";
  return notification.state === "sending" ? "somebody is at it" : "done before";
}

/** Says in the ledger why somebody was not told. */
export async function skipAlert(
  { conversations, now }: Pick<AlertOutside, "conversations" | "now">,
  ref: ConversationRef,
  { line, known }: Pick<AlertRecipient, "line" | "known">,
  reason: string,
): Promise<void> {
  if (known?.state === "skipped") return;
  const at = now();
  await conversations.claim(ref, { ...line, state: "skipped", detail: reason, at, claimedAt: at });
}
