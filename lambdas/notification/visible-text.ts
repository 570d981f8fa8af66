/**
 * What may be shown of a text that a stranger wrote: line breaks and tabs stay, other control characters and
 * bidirectional overrides go (they can make text read as something else). Right-to-left text itself is untouched.
 */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n?/gu, "\n")
    .replace(/[\u202a-\u202e\u2066-\u2069]/gu, "")
    .replace(/(?![\n\t])\p{Cc}/gu, "")
    .trim();
}

/** The same, on one line and cut between characters. */
export function visibleLine(text: string, maxCharacters: number): string {
  const line = visibleText(text).replace(/\s+/gu, " ");
  const characters = Array.from(line);
  return characters.length <= maxCharacters ? line : `${characters.slice(0, maxCharacters - 1).join("")}…`;
}

/** Wraps for reading as plain text; a word longer than a line is cut, so that nothing runs off the page. */
export function wrapped(text: string, width: number, indent = ""): string {
  return text
    .split("\n")
    .flatMap((line) => linesOf(line, width - indent.length))
    .map((line) => (line === "" ? "" : indent + line))
    .join("\n");
}

function linesOf(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ").flatMap((word) => piecesOf(word, width))) {
    if (current === "") current = word;
    else if (current.length + 1 + word.length <= width) current += ` ${word}`;
    else {
      lines.push(current);
      current = word;
    }
  }
  return [...lines, current];
}

function piecesOf(word: string, width: number): string[] {
  // A link that is cut is no link.
  if (word.length <= width || /^https?:\/\//u.test(word)) return [word];
  const characters = Array.from(word);
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; start += width) {
    pieces.push(characters.slice(start, start + width).join(""));
  }
  return pieces;
}
