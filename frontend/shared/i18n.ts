import { en } from "./messages/en.ts";

/** The texts of the widget and the portals in one language. Every language has every text: the compiler says so. */
export type Messages = { readonly [Name in keyof typeof en]: string };

/** Returns a text, with `{name}` replaced by the value of that name. */
export type Translate<Catalogue extends Readonly<Record<string, string>> = Messages> = (
  name: keyof Catalogue,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** Languages other than English arrive when they are needed: a visitor loads one. */
const catalogues: Readonly<Record<string, () => Promise<Messages>>> = {
  ar: async () => (await import("./messages/ar.ts")).ar,
  de: async () => (await import("./messages/de.ts")).de,
};

const rightToLeft = new Set(["ar", "fa", "he", "ur"]);

export interface Language {
  /** BCP 47, for `Intl` and the `lang` attribute. */
  readonly locale: string;
  readonly direction: "ltr" | "rtl";
  readonly t: Translate;
}

export const english: Language = { locale: "en", direction: "ltr", t: translator(en) };

/** For any catalogue, so that a face may have texts of its own. */
export function translator<Catalogue extends Readonly<Record<string, string>>>(
  messages: Catalogue,
): Translate<Catalogue> {
  return (name, values = {}) =>
    (messages[name] ?? "").replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}

/** The language of the chatbot, or English where we do not speak it or it can't be loaded. */
export async function languageOf(locale: string): Promise<Language> {
  const code = locale.slice(0, 2).toLowerCase();
  const load = catalogues[code];
  if (load === undefined) return code === "en" ? { ...english, locale } : english;
  try {
    return { locale, direction: rightToLeft.has(code) ? "rtl" : "ltr", t: translator(await load()) };
  } catch {
    return english;
  }
}

/**
 * The chatbot's language as it is written where the visitor lives, so that times and dates look familiar: "en" becomes
 * "en-GB" for a British browser. A chatbot that names a region, or another language than the browser's, keeps its own.
 */
export function regionalLocale(locale: string, browserLanguages: readonly string[]): string {
  return browserLanguages.find((each) => each.toLowerCase().startsWith(`${locale.toLowerCase()}-`)) ?? locale;
}

/** Tells the page, and with it the screen reader and the layout. */
export function applyLanguage(language: Language, root: HTMLElement = document.documentElement): void {
  root.lang = language.locale;
  root.dir = language.direction;
}
