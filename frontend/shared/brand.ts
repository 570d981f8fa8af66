/**
 * Puts a chatbot's colour on the page; tokens.css derives the colours that are readable on it and beside it. Goes through
 * the CSSOM, which a policy without inline styles allows. A part of a page needs the class `branded` for a colour of its own.
 */
export function applyBrandColor(color: string, target: HTMLElement = document.documentElement): void {
  target.style.setProperty("--brand", color);
}
