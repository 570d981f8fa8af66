/** A piece of a text, and whether it is one of the words that were looked for. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/**
 * Splits a text at the words of a search, whatever their case and accents, as the search itself compares them. All
 * pieces together are the text.
 */
export function highlight(text: string, search: string): readonly Piece[] {
  const words = search
    .split(/\s+/)
    .map(folded)
    .filter((word) => word !== "");
  const characters = Array.from(text);
  // Folding may change the number of characters: each is folded alone, so that places stay those of the text.
  const places: number[] = [];
  let plain = "";
  for (const [place, character] of characters.entries()) {
    const each = folded(character);
    for (let unit = 0; unit < each.length; unit++) places.push(place);
    plain += each;
  }
  const found = characters.map(() => false);
  for (const word of words) {
    for (let at = plain.indexOf(word); at !== -1; at = plain.indexOf(word, at + word.length)) {
      found.fill(true, places[at], (places[at + word.length - 1] ?? 0) + 1);
    }
  }
  const pieces: { text: string; found: boolean }[] = [];
  for (const [place, character] of characters.entries()) {
    const last = pieces.at(-1);
    if (last !== undefined && last.found === found[place]) last.text += character;
    else pieces.push({ text: character, found: found[place] ?? false });
  }
  return pieces;
}

function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
