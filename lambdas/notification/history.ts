import type { Entry, MessageEntry, StatusEntry } from "../contracts/protocol.ts";
import type { MailLanguage } from "./mail/language.ts";
import { visibleLine, visibleText } from "./visible-text.ts";

/** A line of the conversation as mails and tickets show it. */
export interface HistoryLine {
  readonly side: "customer" | "team" | "bot" | "note";
  readonly who: string;
  readonly at: number;
  readonly text: string;
}

export interface History {
  readonly lines: readonly HistoryLine[];
  /** True: older lines were left out; the portal has them. */
  readonly cut: boolean;
}

/** Whom the lines are told to: the team reads the customer's name, the customer reads "you". */
export interface Reader {
  readonly brand: string;
  readonly customer: string;
  readonly isCustomer: boolean;
  readonly language: Pick<MailLanguage, "say">;
}

/** Lines that a notification shows at most. */
export const historyLines = 50;

/** Bytes of text that it shows at most: Gmail cuts a mail off at 102 kB, and markup takes the other half. */
export const historyBytes = 40_000;

/**
 * The newest part of a conversation that fits a notification, oldest first; never less than the newest line. Notes and
 * whatever else is between agents are in no mail.
 */
export function recentHistory(entries: readonly Entry[], more: boolean, reader: Reader): History {
  const all = entries.flatMap((entry) => lineOf(entry, reader) ?? []);
  const kept: HistoryLine[] = [];
  let bytes = 0;
  for (const line of all.toReversed()) {
    bytes += Buffer.byteLength(line.text);
    if (kept.length > 0 && (kept.length >= historyLines || bytes > historyBytes)) break;
    kept.unshift(line);
  }
  return { lines: kept, cut: more || kept.length < all.length };
}

function lineOf(entry: Entry, reader: Reader): HistoryLine | undefined {
  switch (entry.kind) {
    case "message":
      return messageLine(entry, reader);
    case "status":
      return { side: "note", who: "", at: entry.at, text: statusText(entry, reader) };
    default:
      return undefined;
  }
}

function messageLine(entry: MessageEntry, { brand, customer, isCustomer, language }: Reader): HistoryLine {
  const files = (entry.attachments ?? []).map(({ name }) => language.say("file", { name: visibleLine(name, 100) }));
  const text = [visibleText(entry.text), ...files].filter((part) => part !== "").join("\n");
  const { at } = entry;
  switch (entry.author.role) {
    case "visitor":
      return { side: "customer", who: isCustomer ? language.say("you") : customer, at, text };
    case "agent":
      return { side: "team", who: nameOf(entry) || language.say("supportTeam"), at, text };
    case "bot":
      return { side: "bot", who: language.say("bot", { brand }), at, text };
    case "system":
      return { side: "note", who: brand, at, text };
  }
}

function statusText(entry: StatusEntry, { customer, isCustomer, language }: Reader): string {
  const byCustomer = entry.author.role === "visitor";
  const agent = nameOf(entry) || language.say("theTeam");
  const told = (
    own: "youAsked" | "youEnded" | "youReopened",
    other: "customerAsked" | "customerEnded" | "customerReopened",
  ) => (isCustomer ? language.say(own) : language.say(other, { customer }));
  const lines = {
    escalate: () => told("youAsked", "customerAsked"),
    takeOver: () => language.say("teamTookOver", { agent }),
    end: () => (byCustomer ? told("youEnded", "customerEnded") : language.say("teamEnded", { agent })),
    reopen: () => (byCustomer ? told("youReopened", "customerReopened") : language.say("teamReopened", { agent })),
    handBack: () => language.say("teamHandedBack", { agent }),
  };
  const reference = entry.reference === undefined ? [] : [language.say("reference", { reference: entry.reference })];
  const waiting = entry.text === undefined ? [] : [visibleText(entry.text)];
  return [lines[entry.command](), ...reference, ...waiting].join("\n");
}

function nameOf({ author }: Pick<Entry & { author: MessageEntry["author"] }, "author">): string {
  return author.name === undefined ? "" : visibleLine(author.name, 60);
}
