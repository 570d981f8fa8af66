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

/** Whether a bracket that closes at the end was opened in front of the address: then it belongs to the sentence. */
function closesNothing(shown: string): boolean {
  const { 0: opening, 1: closing } = shown.endsWith(")") ? "()" : "[]";
  return (
    shown.endsWith(closing as string) && shown.split(closing as string).length > shown.split(opening as string).length
  );
}

function withoutSentenceEnd(found: string): string {
  let shown = found;
  while (/[.,;:!?…]$/.test(shown) || closesNothing(shown)) shown = shown.slice(0, -1);
  return shown;
}

function safeHref(shown: string): string | undefined {
  if (!URL.canParse(shown)) return undefined;
  const { username, password, href } = new URL(shown);
  // `https://bank.example@evil.example` shows one host and goes to another.
  return username + password === "" ? href : undefined;
}
