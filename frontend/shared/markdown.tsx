import { Lexer, type Token, type Tokens } from "marked";
import type { ComponentChildren, JSX } from "preact";
import { MessageText } from "./text.tsx";
import "./markdown.css";

/**
 * Characters from which on a text is shown as it was written: the lexer's patterns are quadratic on hostile input, and
 * at this size the worst known one takes 0.1 s.
 */
export const longestMarkdown = 6_000;

/** Quotes and lists inside each other; what lies deeper is shown as it was written. */
export const deepestMarkdown = 8;

/** Markers of quotes and lists at the beginning of one line; the lexer calls itself for each. */
const tooManyMarkers = new RegExp(`^(?:[ \\t]*(?:>|[-*+]|\\d{1,9}[.)])){${deepestMarkdown + 1}}`, "m");

/** Characters that turn the order of what follows: they make a link look like another one. */
const directionOverrides = /[\u202a-\u202e\u2066-\u2069]/g;

const allowedProtocols = new Set(["http:", "https:", "mailto:", "tel:"]);

/**
 * A message in Markdown, as nodes: nothing in it ever becomes markup, HTML is shown as text, pictures are links, and
 * only web, mail and telephone addresses can be followed. Whatever the lexer can't take is shown as it was written.
 */
export function Markdown({ text }: { readonly text: string }): JSX.Element {
  const tokens = tokensOf(text);
  if (tokens === undefined) return <MessageText text={text} />;
  return <div class="markdown">{blocks(tokens, 0)}</div>;
}

function tokensOf(text: string): readonly Token[] | undefined {
  if (text.length > longestMarkdown || tooManyMarkers.test(text)) return undefined;
  try {
    return new Lexer({ gfm: true, breaks: true }).lex(text);
  } catch {
    return undefined;
  }
}

function blocks(tokens: readonly Token[], depth: number): ComponentChildren[] {
  return tokens.map((token) => block(token as MarkedBlock, depth));
}

type MarkedBlock =
  | Tokens.Paragraph
  | Tokens.Text
  | Tokens.Heading
  | Tokens.Blockquote
  | Tokens.List
  | Tokens.Code
  | Tokens.Table
  | Tokens.Hr
  | Tokens.HTML
  | Tokens.Space
  | Tokens.Def;

function block(token: MarkedBlock, depth: number): ComponentChildren {
  if (depth > deepestMarkdown) return written(token.raw);
  switch (token.type) {
    case "paragraph":
      return <p dir="auto">{inline(token.tokens)}</p>;
    case "text":
      // Inside a list item: its line, without a paragraph of its own.
      return inline(token.tokens ?? [token]);
    case "heading":
      // A message has no place in the page's outline.
      return (
        <p class="markdown-heading" dir="auto">
          {inline(token.tokens)}
        </p>
      );
    case "blockquote":
      return <blockquote dir="auto">{blocks(token.tokens, depth + 1)}</blockquote>;
    case "list":
      return list(token, depth);
    case "code":
      return (
        <pre class="markdown-code" dir="ltr">
          <code>{token.text}</code>
        </pre>
      );
    case "table":
      return table(token);
    case "hr":
      return <hr />;
    case "space":
    case "def":
      return null;
    default:
      return written(token.raw);
  }
}

function written(raw: string): ComponentChildren {
  return <p dir="auto">{plain(raw.trim())}</p>;
}

function list(token: Tokens.List, depth: number): ComponentChildren {
  const items = token.items.map((item) => <li dir="auto">{blocks(item.tokens, depth + 1)}</li>);
  if (!token.ordered) return <ul>{items}</ul>;
  return <ol start={typeof token.start === "number" ? token.start : 1}>{items}</ol>;
}

function table({ header, rows }: Tokens.Table): ComponentChildren {
  return (
    <div class="markdown-table">
      <table>
        <thead>
          <tr>
            {header.map((cell) => (
              <th dir="auto">{inline(cell.tokens)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.map((cell) => (
                <td dir="auto">{inline(cell.tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type MarkedInline =
  | Tokens.Text
  | Tokens.Escape
  | Tokens.Strong
  | Tokens.Em
  | Tokens.Del
  | Tokens.Codespan
  | Tokens.Br
  | Tokens.Link
  | Tokens.Image
  | Tokens.Checkbox;

function inline(tokens: readonly Token[] = []): ComponentChildren[] {
  return tokens.map((token) => span(token as MarkedInline));
}

function span(token: MarkedInline): ComponentChildren {
  switch (token.type) {
    case "text":
      return token.tokens === undefined ? plain(token.text) : inline(token.tokens);
    case "escape":
      return token.text;
    case "strong":
      return <strong>{inline(token.tokens)}</strong>;
    case "em":
      return <em>{inline(token.tokens)}</em>;
    case "del":
      return <del>{inline(token.tokens)}</del>;
    case "codespan":
      return <code>{plain(token.text)}</code>;
    case "br":
      return <br />;
    case "checkbox":
      return token.checked ? "☑ " : "☐ ";
    case "link":
    case "image":
      return link(token.href, token.text, token.raw);
    default:
      return plain((token as Token).raw);
  }
}

/** Links carry their label as plain text: formatting inside it would be one more way to mislead. */
function link(address: string, label: string, raw: string): ComponentChildren {
  const href = followable(address);
  if (href === undefined) return plain(raw);
  const shown = plain(label).trim() || address;
  const other = hostNamedBy(shown);
  const target = new URL(href);
  return (
    <>
      <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
        {shown}
      </a>
      {other !== undefined && other !== bare(target.hostname) && ` (${target.host || target.pathname})`}
    </>
  );
}

/** The address, if it is one that may be followed. */
function followable(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  // `https://bank.example@evil.example` shows one host and goes to another.
  if (!allowedProtocols.has(url.protocol) || url.username !== "" || url.password !== "") return undefined;
  return url.href;
}

/** The host that a label claims to lead to, if it looks like an address. */
function hostNamedBy(label: string): string | undefined {
  const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^\s/?#:@]+\.[\p{L}]{2,})(?:[/?#:]|$)/iu.exec(label)?.[1];
  return host === undefined ? undefined : bare(host);
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^www\./, "");
}

const characterReferences: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": "\u00a0",
};

function plain(text: string): string {
  return text
    .replace(directionOverrides, "")
    .replace(/&(?:amp|lt|gt|quot|nbsp|#39);/g, (reference) => characterReferences[reference] ?? reference);
}
