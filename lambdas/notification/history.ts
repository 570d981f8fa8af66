import type { Entry } from "../contracts/protocol.ts";
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

export interface Names {
  readonly brand: string;
  readonly customer: string;
}

/** Messages that a notification shows at most. */
export const historyLines = 40;

/** Characters that it shows at most: mail programs clip a mail at about 100 kB of HTML. */
export const historyCharacters = 24_000;

/** The newest part of a conversation that fits a notification, oldest first; never less than the newest line. */
export function recentHistory(entries: readonly Entry[], more: boolean, names: Names): History {
  const all = entries.map((entry) => lineOf(entry, names));
  const kept: HistoryLine[] = [];
  let characters = 0;
  for (const line of all.toReversed()) {
    characters += line.text.length;
    if (kept.length > 0 && (kept.length >= historyLines || characters > historyCharacters)) break;
    kept.unshift(line);
  }
  return { lines: kept, cut: more || kept.length < all.length };
}

function lineOf(entry: Entry, names: Names): HistoryLine {
  const { at } = entry;
  if (entry.kind === "message") {
    const text = visibleText(entry.text);
    const given = entry.author.name === undefined ? "" : visibleLine(entry.author.name, 60);
    switch (entry.author.role) {
      case "visitor":
        return { side: "customer", who: names.customer, at, text };
      case "agent":
        return { side: "team", who: given || "Support team", at, text };
      case "bot":
        return { side: "bot", who: `${names.brand} (AI)`, at, text };
      case "system":
        return { side: "note", who: names.brand, at, text };
    }
  }
  const by = entry.author.role === "visitor" ? names.customer : "The team";
  const reference = entry.reference === undefined ? "" : ` (reference ${entry.reference})`;
  const what = {
    escalate: `${by} asked for a person${reference}.`,
    takeOver: `${by} took over.`,
    end: `${by} ended the conversation.`,
    reopen: `${by} reopened the conversation.`,
  }[entry.command];
  const waiting = entry.text === undefined ? "" : `\n${visibleText(entry.text)}`;
  return { side: "note", who: "", at, text: what + waiting };
}
