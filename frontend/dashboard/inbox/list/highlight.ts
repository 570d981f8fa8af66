/** A piece of a text, and whether it is one of the words that were looked for. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** Splits a text at the words of a search, whatever their case. All pieces together are the text. */
export function highlight(text: string, search: string): readonly Piece[] {
  const words = [...new Set(search.split(/\s+/).filter((word) => word !== ""))].sort(
    (one, other) => other.length - one.length,
  );
  if (words.length === 0) return [{ text, found: false }];
  const pattern = new RegExp(`(${words.map(literally).join("|")})`, "giu");
  return text
    .split(pattern)
    .map((piece, index) => ({ text: piece, found: index % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}

function literally(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
