import type { CannedReply } from "../../../../lambdas/contracts/http.ts";

/** A `/` and what is typed after it, while the caret is there. */
export interface Slash {
  /** Index of the `/`. */
  readonly from: number;
  readonly typed: string;
}

/** The replies are asked for by a `/` that begins a word: not by a date or an address. */
export function slashAt(text: string, caret: number): Slash | undefined {
  const typed = /(?:^|\s)\/([\p{L}\p{N}_-]{0,30})$/u.exec(text.slice(0, caret))?.[1];
  return typed === undefined ? undefined : { from: caret - typed.length - 1, typed };
}

/** Replies that fit, best first: by the beginning of the shortcut, then of a word of the title, then anywhere. */
export function matchingReplies(replies: readonly CannedReply[], typed: string): readonly CannedReply[] {
  const wanted = typed.toLowerCase();
  return replies
    .map((reply) => ({ reply, rank: rankOf(reply, wanted) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0) || one.reply.shortcut.localeCompare(other.reply.shortcut))
    .map(({ reply }) => reply);
}

function rankOf({ shortcut, title, text }: CannedReply, wanted: string): number | undefined {
  const ranks: readonly boolean[] = [
    shortcut.toLowerCase().startsWith(wanted),
    title
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)),
    shortcut.toLowerCase().includes(wanted) || title.toLowerCase().includes(wanted),
    text.toLowerCase().includes(wanted),
  ];
  const rank = ranks.indexOf(true);
  return rank === -1 ? undefined : rank;
}

/** The text with the names in it. Where the visitor's is unknown, the space before it goes, too: `Hello {name},`. */
export function filled(
  text: string,
  names: { readonly name?: string | undefined; readonly agent?: string | undefined },
): string {
  return text.replace(/( ?)\{(name|agent)\}/g, (_, space: string, key: "name" | "agent") => {
    const value = names[key];
    return value === undefined || value === "" ? "" : space + value;
  });
}
