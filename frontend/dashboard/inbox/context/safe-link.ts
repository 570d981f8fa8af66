/** A visitor's page or referrer, fit to be shown as a link: web addresses only. */
export interface SafeLink {
  readonly href: string;
  /** Host and path, without the query that often carries campaign noise. */
  readonly label: string;
}

export function safeLink(address: string): SafeLink | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  return { href: url.href, label: url.host + (url.pathname === "/" ? "" : url.pathname) };
}
