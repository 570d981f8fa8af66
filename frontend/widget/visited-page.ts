/** Where the visitor is; goes with a new conversation. */
export interface VisitedPage {
  readonly page?: string;
  readonly referrer?: string;
  readonly locale: string;
  readonly timeZone: string;
}

/** What the API would refuse is left out rather than failing the chat. */
export function visitedPage(page: string | null, referrer: string | null): VisitedPage {
  return {
    ...(isWebAddress(page) && { page: withoutHash(page) }),
    ...(isWebAddress(referrer) && { referrer: withoutHash(referrer) }),
    locale: navigator.language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function isWebAddress(value: string | null): value is string {
  return value !== null && URL.canParse(value) && /^https?:.{0,1990}$/.test(value);
}

/** What stands behind the hash never leaves the visitor's browser: some pages keep secrets there. */
function withoutHash(address: string): string {
  return address.replace(/#.*/, "");
}
