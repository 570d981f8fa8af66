import type { Entry, HiddenEntry, MessageEntry } from "../../lambdas/contracts/protocol.ts";
import type { Party, Role } from "../../lambdas/domain/status.ts";
import type { PendingMessage, StreamedAnswer } from "./conversation-model.ts";
import { dayOf } from "./time.ts";

/** How far a message of ours has got; `waiting` is for the connection. */
export type Delivery = "sending" | "waiting" | "sent" | "seen" | "failed";

/** An entry that is no message: a change of status, and what only some of the faces show. */
export type EventEntry = Exclude<Entry, MessageEntry | HiddenEntry>;

export interface MessageLine {
  readonly kind: "message";
  readonly key: string;
  readonly text: string;
  readonly role: Role;
  readonly name?: string | undefined;
  /** The side of the screen: ours, or that of the others. The AI stands on the team's side. */
  readonly own: boolean;
  /** First and last of a run of the same author: names stand above, tails below. */
  readonly first: boolean;
  readonly last: boolean;
  /** Absent while the AI is still writing. */
  readonly at?: number;
  readonly delivery?: Delivery | undefined;
  readonly entry?: MessageEntry;
  readonly pending?: PendingMessage;
}

/** One line of the drawn conversation. */
export type Line =
  | { readonly kind: "day"; readonly key: string; readonly at: number }
  | { readonly kind: "event"; readonly key: string; readonly entry: EventEntry }
  | MessageLine;

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
  const { party } = talk;
  const lines: Line[] = [];
  const newestOwn = talk.entries.findLast((entry) => entry.kind === "message" && entry.author.role === party);
  let day = 0;
  const startDay = (at: number) => {
    if (day !== dayOf(at)) lines.push({ kind: "day", key: `day-${at}`, at });
    day = dayOf(at);
  };
  const add = (line: Pick<MessageLine, "key" | "text" | "role"> & Partial<MessageLine>) => {
    const before = lines.at(-1);
    const joins =
      before?.kind === "message" &&
      before.role === line.role &&
      before.name === line.name &&
      (line.at ?? 0) - (before.at ?? 0) < runMs;
    if (joins) lines[lines.length - 1] = { ...before, last: false };
    const own = line.role === party || (party === "agent" && line.role === "bot");
    lines.push({ kind: "message", own, first: !joins, last: true, ...line });
  };

  for (const entry of talk.entries) {
    if (entry.kind === "hidden") continue;
    startDay(entry.at);
    const key = `entry-${entry.seq}`;
    if (entry.kind !== "message") lines.push({ kind: "event", key, entry });
    else {
      const { text, at, author } = entry;
      const delivery = entry.seq <= talk.seenByOther ? "seen" : "sent";
      add({ key, text, at, entry, ...author, delivery: entry === newestOwn ? delivery : undefined });
    }
  }
  for (const { answerId, text } of talk.answers) add({ key: `answer-${answerId}`, text, role: "bot" });
  for (const pending of talk.pending) {
    const { id, text, at, state } = pending;
    startDay(at);
    const delivery = state === "failed" ? state : canSend ? "sending" : "waiting";
    add({ key: `pending-${id}`, text, at, role: party, delivery, pending });
  }
  return lines;
}
