const regionalIndicatorA = 0x1f1e6;

/** The flag of an ISO 3166-1 alpha-2 code, as the pair of regional indicators that fonts draw as one. */
export function flagOf(country: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(country)) return undefined;
  return String.fromCodePoint(...[...country].map((letter) => regionalIndicatorA + letter.charCodeAt(0) - 65));
}

/** The country's name in the viewer's language, or the code itself when it is no country's. */
export function countryName(country: string, locale: string): string {
  if (!/^[A-Z]{2}$/.test(country)) return country;
  return new Intl.DisplayNames([locale], { type: "region", fallback: "code" }).of(country) ?? country;
}
