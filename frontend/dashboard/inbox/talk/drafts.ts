/** What an agent writes in: an answer for the visitor, or a note for the team. */
export type WritingMode = "reply" | "note";

export interface Draft {
  readonly mode: WritingMode;
  readonly text: string;
}

interface KeptDraft extends Draft {
  readonly at: number;
}

/** Conversations whose drafts are kept; the oldest goes first. */
export const mostDrafts = 50;
/** Milliseconds after which nobody wants a draft back. */
export const draftLifetimeMs = 14 * 24 * 60 * 60 * 1_000;

const storageKey = "dashboard:drafts";
const noDraft: Draft = { mode: "reply", text: "" };

/** What was begun and not sent, for each conversation, in this browser. */
export class Drafts {
  readonly #storage: Pick<Storage, "getItem" | "setItem">;
  readonly #now: () => number;

  constructor(storage: Pick<Storage, "getItem" | "setItem">, now: () => number = Date.now) {
    this.#storage = storage;
    this.#now = now;
  }

  read(conversationId: string): Draft {
    return this.#all()[conversationId] ?? noDraft;
  }

  /** An empty draft is none. */
  keep(conversationId: string, draft: Draft): void {
    const { [conversationId]: _, ...others } = this.#all();
    const kept = draft.text === "" ? others : { ...others, [conversationId]: { ...draft, at: this.#now() } };
    const newest = Object.entries(kept).sort(([, one], [, other]) => other.at - one.at);
    try {
      this.#storage.setItem(storageKey, JSON.stringify(Object.fromEntries(newest.slice(0, mostDrafts))));
    } catch {
      // The browser keeps nothing more. What is being written stays in its field.
    }
  }

  #all(): Readonly<Record<string, KeptDraft>> {
    try {
      const kept: unknown = JSON.parse(this.#storage.getItem(storageKey) ?? "{}");
      if (typeof kept !== "object" || kept === null) return {};
      const oldest = this.#now() - draftLifetimeMs;
      return Object.fromEntries(
        Object.entries(kept).filter((entry): entry is [string, KeptDraft] => isDraft(entry[1]) && entry[1].at > oldest),
      );
    } catch {
      return {};
    }
  }
}

function isDraft(value: unknown): value is KeptDraft {
  if (typeof value !== "object" || value === null) return false;
  const { mode, text, at } = value as Record<string, unknown>;
  return (mode === "reply" || mode === "note") && typeof text === "string" && typeof at === "number";
}
