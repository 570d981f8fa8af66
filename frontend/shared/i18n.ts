import type { en } from "./messages/en.ts";

/** Texts by name, in one language. Every language has every text: the compiler says so. */
export type Texts = Readonly<Record<string, string>>;

/** The texts of the conversation, which every face has among its own. */
export type TalkMessages = { readonly [Name in keyof typeof en]: string };

/** Returns a text, with `{name}` replaced by the value of that name. */
export type Translate<Messages extends Texts = TalkMessages> = (
  name: keyof Messages,
  values?: Readonly<Record<string, string | number>>,
) => string;

export interface Language<Messages extends Texts = TalkMessages> {
  /** BCP 47, for `Intl` and the `lang` attribute. */
  readonly locale: string;
  readonly direction: "ltr" | "rtl";
  readonly texts: Messages;
}

/** The languages of a face. Those other than English arrive when they are needed: a visitor loads one. */
export interface Languages<Messages extends Texts> {
  readonly en: Messages;
  readonly others: Readonly<Record<string, () => Promise<Messages>>>;
}

/** A text with `{name}` replaced by the value of that name. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/{(\w+)}/g, (whole, name: string) => `${values[name] ?? whole}`);
}

export function translator<Messages extends Texts>(texts: Messages): Translate<Messages> {
  return (name, values = {}) => fill(texts[name] ?? "", values);
}

export function english<Messages extends Texts>({ en }: Languages<Messages>, locale = "en"): Language<Messages> {
  return { locale, direction: "ltr", texts: en };
}

/** The language of a locale, or English where we do not speak it or it can't be loaded. */
export async function languageOf<Messages extends Texts>(
  locale: string,
  languages: Languages<Messages>,
): Promise<Language<Messages>> {
  const code = locale.slice(0, 2).toLowerCase();
  try {
    const texts = await languages.others[code]?.();
    if (texts !== undefined) return { locale, direction: /ar|fa|he|ur/.test(code) ? "rtl" : "ltr", texts };
  } catch {
    // The connection has broken down, or a new version has replaced the file: English is better than nothing.
  }
  return english(languages, code === "en" ? locale : "en");
}

/**
 * The chatbot's language as it is written where the visitor lives, so that times and dates look familiar: "en" becomes
 * "en-GB" for a British browser. A chatbot that names a region, or another language than the browser's, keeps its own.
 */
export function regionalLocale(locale: string, browserLanguages: readonly string[]): string {
  return browserLanguages.find((each) => each.toLowerCase().startsWith(`${locale.toLowerCase()}-`)) ?? locale;
}

/** Tells the page, and with it the screen reader and the layout. */
export function applyLanguage(
  { locale, direction }: Pick<Language, "locale" | "direction">,
  root: HTMLElement = document.documentElement,
): void {
  root.lang = locale;
  root.dir = direction;
}
