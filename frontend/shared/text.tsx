import type { JSX } from "preact";
import "./text.css";

/** A piece of a message: plain text, or an address that may be followed. */
export type Piece = { readonly text: string; readonly href?: string };

/** Ends before spaces, quotes and brackets; what a sentence puts behind an address is taken off again below. */
const address = /\bhttps?:\/\/[^\s<>"'`{}|\\^\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/giu;

/** Splits a message into text and addresses. Only `http:` and `https:` become links; everything else stays text. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const shown = withoutSentenceEnd(match[0]);
    const href = safeHref(shown);
    if (href === undefined) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: shown, href });
    end = match.index + shown.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** What somebody wrote, as text: nothing in it is ever markup. Line breaks stay; long words break. */
export function MessageText({ text }: { readonly text: string }): JSX.Element {
  return (
    <p class="message-text" dir="auto">
      {piecesOf(text).map((piece) =>
        piece.href === undefined ? (
          piece.text
        ) : (
          <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">
            {piece.text}
          </a>
        ),
      )}
    </p>
  );
}

function withoutSentenceEnd(found: string): string {
  let shown = found.replace(/[.,;:!?…]+$/u, "");
  // A closing bracket belongs to the sentence unless the address opened it.
  while (shown.endsWith(")") && count(shown, ")") > count(shown, "(")) shown = shown.slice(0, -1);
  while (shown.endsWith("]") && count(shown, "]") > count(shown, "[")) shown = shown.slice(0, -1);
  return shown.replace(/[.,;:!?…]+$/u, "");
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function safeHref(shown: string): string | undefined {
  if (!URL.canParse(shown)) return undefined;
  const url = new URL(shown);
  // `https://bank.example@evil.example` shows one host and goes to another.
  if (url.username !== "" || url.password !== "" || url.hostname === "") return undefined;
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
}
