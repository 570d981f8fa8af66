/** What was written in Markdown, in one line and without its marks: a row has no room for formatting. */
export function previewText(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)\s]*\)/g, "$1")
    .replace(/\*\*|__|~~|`/g, "")
    .replace(/^\s*(?:[-*>]|#{1,6})\s+/gm, "")
    .replace(/\s+/g, " ")
    .trim();
}
