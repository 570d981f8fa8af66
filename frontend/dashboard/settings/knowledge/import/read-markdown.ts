import { Lexer, type Token, type Tokens } from "marked";
import { oneLine, type Passage, type Passages } from "./file-reading.ts";

/** Headings up to this depth begin an entry; deeper ones stay in its text. */
const deepestHeading = 3;

/** Each heading begins an entry, with all up to the next one. What stands before the first goes under the file's name. */
export function readMarkdown(text: string, fileName: string): Passages {
  const tokens = new Lexer({ gfm: true }).lex(withoutFrontMatter(text));
  const passages: { title: string; text: string }[] = [{ title: fileName, text: "" }];
  for (const token of tokens) {
    if (isHeading(token) && token.depth <= deepestHeading) {
      passages.push({ title: oneLine(plainText(token.tokens)), text: "" });
    } else if (!isComment(token)) {
      const last = passages.at(-1);
      if (last !== undefined) last.text += token.raw;
    }
  }
  return { passages: withText(passages), problems: passages.some(hasText) ? [] : [{ reason: "empty" }] };
}

/** A heading above others has no text of its own, and is no entry. */
function withText(passages: readonly Passage[]): readonly Passage[] {
  return passages
    .filter(hasText)
    .map(({ title, text }) => ({ title: title === "" ? oneLine(text).slice(0, 60) : title, text }));
}

function hasText({ text }: Passage): boolean {
  return text.trim() !== "";
}

function withoutFrontMatter(text: string): string {
  return text.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/u, "");
}

function isHeading(token: Token): token is Tokens.Heading {
  return token.type === "heading";
}

function isComment(token: Token): boolean {
  return token.type === "html" && /^<!--/u.test(token.raw.trim());
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) =>
      "tokens" in token && token.tokens !== undefined ? plainText(token.tokens) : "text" in token ? token.text : "",
    )
    .join("");
}
