import type { Entry, MessageEntry, StatusEntry } from "../../lambdas/contracts/protocol.ts";
import type { Party, Role } from "../../lambdas/domain/status.ts";
import type { PendingMessage, StreamedAnswer } from "./conversation-model.ts";
import { dayKey } from "./time.ts";

/** How far a message of ours has got; `waiting` is for the connection. */
export type Delivery = "sending" | "waiting" | "sent" | "seen" | "failed";

/** One line of the drawn conversation. */
export type Line =
  | { readonly kind: "day"; readonly key: string; readonly at: number }
  | { readonly kind: "status"; readonly key: string; readonly entry: StatusEntry }
  | {
      readonly kind: "message";
      readonly key: string;
      readonly text: string;
      readonly role: Role;
      readonly name?: string;
      /** The side of the screen: ours, or that of the others. The AI stands on the team's side. */
      readonly own: boolean;
      /** First and last of a run of the same author: names stand above, tails below. */
      readonly first: boolean;
      readonly last: boolean;
      readonly at?: number;
      readonly delivery?: Delivery;
      readonly entry?: MessageEntry;
      readonly pending?: PendingMessage;
      /** An AI answer that is still being written. */
      readonly streaming?: true;
    };

type MessageLine = Extract<Line, { kind: "message" }>;

/** What is drawn; a `ConversationModel` is one. */
export interface Talk {
  readonly party: Party;
  readonly entries: readonly Entry[];
  readonly pending: readonly PendingMessage[];
  readonly answers: readonly StreamedAnswer[];
  readonly seenByOther: number;
}

/** Messages of one author within this many milliseconds stand together. */
const runMs = 5 * 60_000;

/** Lays a conversation out: days, runs of one author, and the delivery of our newest message. */
export function linesOf(talk: Talk, canSend: boolean): readonly Line[] {
  const lines: Line[] = [];
  const newestOwn = talk.entries.findLast((entry) => entry.kind === "message" && entry.author.role === talk.party);
  let day = "";
  const startDay = (at: number) => {
    const key = dayKey(at);
    if (key !== day) lines.push({ kind: "day", key: `day-${key}`, at });
    day = key;
  };

  for (const entry of talk.entries) {
    startDay(entry.at);
    if (entry.kind === "status") lines.push({ kind: "status", key: `entry-${entry.seq}`, entry });
    else {
      add(lines, {
        ...blank(`entry-${entry.seq}`, entry.text, entry.author.role, talk.party),
        ...(entry.author.name === undefined ? {} : { name: entry.author.name }),
        at: entry.at,
        entry,
        ...(entry === newestOwn
          ? { delivery: entry.seq <= talk.seenByOther ? ("seen" as const) : ("sent" as const) }
          : {}),
      });
    }
  }
  for (const answer of talk.answers) {
    add(lines, { ...blank(`answer-${answer.answerId}`, answer.text, "bot", talk.party), streaming: true });
  }
  for (const pending of talk.pending) {
    startDay(pending.at);
    const delivery = pending.state === "failed" ? "failed" : canSend ? "sending" : "waiting";
    add(lines, {
      ...blank(`pending-${pending.id}`, pending.text, talk.party, talk.party),
      at: pending.at,
      delivery,
      pending,
    });
  }
  return lines;
}

function blank(key: string, text: string, role: Role, party: Party): MessageLine {
  const own = role === party || (party === "agent" && role === "bot");
  return { kind: "message", key, text, role, own, first: true, last: true };
}

/** Joins the line to the run before it, if it is of the same author and soon after. */
function add(lines: Line[], line: MessageLine): void {
  const before = lines.at(-1);
  const joins =
    before?.kind === "message" &&
    before.role === line.role &&
    before.name === line.name &&
    (line.at ?? 0) - (before.at ?? 0) < runMs;
  if (joins) lines[lines.length - 1] = { ...before, last: false };
  lines.push({ ...line, first: !joins });
}
