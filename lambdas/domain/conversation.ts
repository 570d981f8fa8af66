import { isLive } from "./presence.ts";
import type { Party, Status } from "./status.ts";

/** Names one conversation. No id is a credential: every access starts from a chatbot. */
export interface ConversationRef {
  readonly chatbotId: string;
  readonly conversationId: string;
}

/** An open socket that is taking part in the conversation: an entry on the head, which is also its right to act. */
export interface Connection {
  readonly connectionId: string;
  readonly party: Party;
  /** End of its lease, seconds since the epoch. */
  readonly until: number;
  /** Set when it was opened through a portal link: revoking the link removes the entry. */
  readonly linkId?: string;
  /** Set for agents who logged in. */
  readonly agentId?: string;
}

/** A number for each side. */
export interface PerParty {
  readonly visitor: number;
  readonly agent: number;
}

/** Who takes care of a conversation. */
export interface Assignee {
  readonly agentId: string;
  readonly name: string;
  /** Since when, milliseconds since the epoch; absent for those who took over before it was recorded. */
  readonly at?: number;
}

/** The one item that every message updates; it stays under 1 kB so that it bills one write unit. */
export interface ConversationHead extends ConversationRef {
  readonly visitorId: string;
  readonly status: Status;
  /** Grows whenever who answers changes; what the bot prepared for an older epoch can't be appended. */
  readonly epoch: number;
  /** Sequence number of the newest entry; 0 when there is none. */
  readonly seq: number;
  /** Highest sequence number that each side has seen. */
  readonly read: PerParty;
  /** Sequence number of each side's newest message; 0 when there is none. */
  readonly spoke: PerParty;
  /** How many messages each side has not read. */
  readonly unread: PerParty;
  /** Answers that the bot has given; the button trigger counts them. */
  readonly botAnswers: number;
  readonly connections: readonly Connection[];
  /** The newest message, cut to `previewLength`. */
  readonly last?: { readonly by: "visitor" | "agent" | "bot" | "system"; readonly preview: string };
  /** When the newest message or change of status was written, milliseconds since the epoch. Notes do not count. */
  readonly lastAt: number;
  readonly startedAt: number;
  /** Until it is handed back to the bot. */
  readonly escalatedAt?: number;
  /** Spoken reference number of the escalation, such as `7KQ4-M2TX`. */
  readonly reference?: string;
  /** The agent who took over last, or to whom it was given since. */
  readonly assignee?: Assignee;
  /** The visitor's newest verdict, 1 to 5. */
  readonly rating?: number;
  /** The verdict that the newest one replaced. */
  readonly replacedRating?: number;
  /** What the list shows for the visitor: the lead's name or e-mail, cut to 60 characters. */
  readonly displayName?: string;
  /** ISO 3166-1 alpha-2, from the edge. */
  readonly country?: string;
  /** For each side: the away period that has been notified, so that one period sends one mail. */
  readonly notified: { readonly visitor?: AwayPeriod; readonly agent?: AwayPeriod };
}

/** Someone's absence, named by the read mark that they left behind. */
export interface AwayPeriod {
  readonly readMark: number;
  /** When the notification was asked for, milliseconds since the epoch. */
  readonly at: number;
}

/** Characters of a message that the head carries for the list. */
export const previewLength = 120;

/** After this long a person who is still away may be told once more, so that nobody is forgotten. 6 hours. */
export const awayPeriodMs = 6 * 60 * 60 * 1000;

export function isPresent(head: ConversationHead, party: Party, now: number): boolean {
  return head.connections.some((connection) => connection.party === party && isLive(connection.until, now));
}

export function otherParty(party: Party): Party {
  return party === "visitor" ? "agent" : "visitor";
}

/**
 * Whom a message is waiting for who has left and has not been told in this away period (A10, A11).
 * In an unassigned conversation the escalation itself told the team. An agent's answer waits for the visitor whatever
 * has become of the conversation since, also when it was handed back to the bot.
 */
export function partyToNotify(head: ConversationHead, now: number): Party | undefined {
  return (["agent", "visitor"] as const).find((party) => {
    if (party === "agent" && head.status !== "open") return false;
    if (head.spoke[otherParty(party)] <= head.read[party] || isPresent(head, party, now)) return false;
    const told = head.notified[party];
    return told === undefined || told.readMark !== head.read[party] || told.at + awayPeriodMs < now;
  });
}
