/** Where a conversation stands (product.md A5). */
export const statuses = ["unrequested", "unassigned", "open", "ended"] as const;
export type Status = (typeof statuses)[number];

/** Who speaks or acts. A customer is a visitor in a human conversation: same person, same id, same role here. */
export const roles = ["visitor", "agent", "bot", "system"] as const;
export type Role = (typeof roles)[number];

/** Those who can ask for a change of a conversation. */
export type Party = "visitor" | "agent";

interface Transition {
  /** Statuses in which the command does something; the store turns this into the condition of its write. */
  readonly from: readonly Status[];
  readonly to: Status;
  /** Statuses in which the command's goal is already reached: repeating it succeeds and changes nothing. */
  readonly settled: readonly Status[];
  readonly by: readonly Party[];
  readonly label: string;
}

/**
 * The state machine, as one table. `docs/conversation-states.md` is generated from it.
 *
 * A message is a command too: it moves the conversation where the table says so, and otherwise leaves it alone.
 */
export const transitions = {
  escalate: {
    from: ["unrequested"],
    to: "unassigned",
    settled: ["unassigned", "open"],
    by: ["visitor"],
    label: "visitor asks for a human",
  },
  takeOver: {
    from: ["unrequested", "unassigned"],
    to: "open",
    settled: ["open"],
    by: ["agent"],
    label: "agent takes over",
  },
  end: {
    from: ["unassigned", "open"],
    to: "ended",
    settled: ["ended"],
    by: ["visitor", "agent"],
    label: "either side ends it",
  },
  reopen: {
    from: ["ended"],
    to: "open",
    settled: ["open"],
    by: ["visitor", "agent"],
    label: "either side reopens it",
  },
  handBack: {
    from: ["unassigned", "open"],
    to: "unrequested",
    settled: ["unrequested"],
    by: ["agent"],
    label: "agent hands back to the bot",
  },
} as const satisfies Record<string, Transition>;

export type Command = keyof typeof transitions;

/** What a message of a party does to the status: the command that comes with it, or `undefined` when it just adds to the talk. */
export function commandOfMessage(by: Party, status: Status): Command | undefined {
  if (status === "ended") return "reopen";
  if (by === "agent" && status !== "open") return "takeOver";
  return undefined;
}

export type Decision =
  | { readonly kind: "move"; readonly to: Status }
  | { readonly kind: "settled" }
  | { readonly kind: "refused"; readonly reason: "illegal_transition" | "forbidden" };

/** Decides a command. Pure: the store repeats the same table as the condition of its write. */
export function decide(command: Command, by: Party, status: Status): Decision {
  const rule: Transition = transitions[command];
  if (!rule.by.includes(by)) return { kind: "refused", reason: "forbidden" };
  if (rule.from.includes(status)) return { kind: "move", to: rule.to };
  if (rule.settled.includes(status)) return { kind: "settled" };
  return { kind: "refused", reason: "illegal_transition" };
}

/** Statuses in which the bot answers; in all others it is silent. */
export const botAnswersIn: readonly Status[] = ["unrequested"];
