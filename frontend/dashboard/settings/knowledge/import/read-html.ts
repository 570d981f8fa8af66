import { oneLine, type Passage, type Passages } from "./file-reading.ts";

/** What is on every page of a site, and what can't be read. */
const skipped = "script, style, nav, header, footer, aside, noscript, svg, form, button, template, iframe, [hidden]";
/** What begins an entry: headings, and the questions of folded answers and of lists of terms. */
const headings = "h1, h2, h3, summary, dt";
const blocks =
  "p, div, section, article, main, ul, ol, table, tr, blockquote, pre, dl, dd, details, h4, h5, h6, figure";

/**
 * Each heading begins an entry, with the text up to the next one; what belongs to every page of a site is left out. The
 * document is parsed apart from the page: nothing in it runs or is fetched.
 */
export function readHtml(html: string, fileName: string): Passages {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const element of page.querySelectorAll(skipped)) element.remove();
  const root = page.querySelector("main, [role=main], article") ?? page.body;
  const passages: { title: string; text: string }[] = [{ title: oneLine(page.title) || fileName, text: "" }];
  const write = (text: string): void => {
    const last = passages.at(-1);
    if (last !== undefined) last.text += text;
  };
  const walk = (node: Node): void => {
    if (node instanceof Text) write(node.data.replace(/\s+/gu, " "));
    if (!(node instanceof Element)) return;
    if (node.matches(headings)) {
      passages.push({ title: oneLine(node.textContent), text: "" });
      return;
    }
    const isBlock = node.matches(blocks);
    if (node.matches("br")) write("\n");
    if (isBlock) write("\n\n");
    if (node.matches("li")) write("\n- ");
    if (node.matches("td, th") && node.previousElementSibling !== null) write(" | ");
    for (const child of node.childNodes) walk(child);
    if (isBlock) write("\n\n");
  };
  walk(root);
  const readable = passages.map(({ title, text }) => ({ title, text: tidied(text) })).filter(isWhole);
  return { passages: readable, problems: readable.length > 0 ? [] : [{ reason: "empty" }] };
}

function isWhole({ title, text }: Passage): boolean {
  return title !== "" && text !== "";
}

function tidied(text: string): string {
  return text
    .replace(/[ \t\u00a0]+/gu, " ")
    .replace(/ ?\n ?/gu, "\n")
    .replace(/\n{3,}/gu, "\n\n")
    .replace(/\n\n(?=- )/gu, "\n")
    .trim();
}
