import type { Fact } from "../customer-facts.ts";
import type { History } from "../history.ts";
import { wrapped } from "../visible-text.ts";
import type { MailLanguage } from "./language.ts";

/** Characters of a line. */
export const textWidth = 76;

type Language = Pick<MailLanguage, "say" | "moment">;

/** The conversation, with a word about what is left out. */
export function historyText(history: History, language: Language): string {
  const cut = history.cut ? `${wrapped(language.say("earlierLeftOut"), textWidth)}\n\n` : "";
  return cut + linesText(history, language);
}

export function linesText(history: History, language: Pick<MailLanguage, "moment">): string {
  return history.lines
    .map(({ side, who, at, text }) =>
      side === "note"
        ? `${wrapped(text, textWidth)}\n(${language.moment(at)})`
        : `${who}, ${language.moment(at)}:\n${wrapped(text, textWidth, "    ")}`,
    )
    .join("\n\n");
}

export function factsText(facts: readonly Fact[]): string {
  const column = Math.max(0, ...facts.map(([label]) => label.length)) + 2;
  return facts.map(([label, value]) => `${`${label}:`.padEnd(column)}${value}`).join("\n");
}
