import type { VisitedPage } from "./visit.ts";

/** Where the visitor is, from the panel's address. What the API would refuse is left out rather than failing the chat. */
export function visitedPage(parameters: URLSearchParams, locale: string): VisitedPage {
  const page = webAddress(parameters.get("page"));
  const referrer = webAddress(parameters.get("referrer"));
  return {
    ...(page === undefined ? {} : { page }),
    ...(referrer === undefined ? {} : { referrer }),
    ...(locale.length <= 35 ? { locale } : {}),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function webAddress(value: string | null): string | undefined {
  if (value === null || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  // What stands behind the hash never leaves the visitor's browser: some pages keep secrets there.
  url.hash = "";
  return /^https?:$/.test(url.protocol) && url.href.length <= 2_000 ? url.href : undefined;
}
