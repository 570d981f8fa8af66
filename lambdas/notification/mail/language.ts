import { ar } from "./messages/ar.ts";
import { de } from "./messages/de.ts";
import { en } from "./messages/en.ts";
import { es } from "./messages/es.ts";
import { fr } from "./messages/fr.ts";
import { it } from "./messages/it.ts";
import { ja } from "./messages/ja.ts";
import type { MailMessages, Plural } from "./messages/mail-messages.ts";
import { nl } from "./messages/nl.ts";
import { pt } from "./messages/pt.ts";

/** The languages that mails are written in. */
export const mailCatalogues = { ar, de, en, es, fr, it, ja, nl, pt } as const satisfies Record<string, MailMessages>;

type Values = Readonly<Record<string, string | number>>;
type Keys<Kind> = { [K in keyof MailMessages]: MailMessages[K] extends Kind ? K : never }[keyof MailMessages];

/** How one recipient is spoken to. */
export interface MailLanguage {
  /** For `lang`: `pt-BR`. */
  readonly tag: string;
  readonly dir: "ltr" | "rtl";
  say(key: Keys<string>, values?: Values): string;
  /** Chooses the plural form by `count`, and says it. */
  count(key: Keys<Plural>, count: number, values?: Values): string;
  /** `22 Nov 2026, 09:33 UTC`, in the recipient's time zone, which it names. */
  moment(at: number): string;
  country(code: string): string;
}

/**
 * The first of the wished languages that mails are written in, else English. A time zone that is none becomes UTC: both
 * may be what a visitor's browser said, which is to say anything.
 */
export function mailLanguage(wished: readonly (string | undefined)[], timeZone?: string): MailLanguage {
  const tag = wished.map(knownTag).find((each) => each !== undefined) ?? "en";
  const messages: MailMessages = mailCatalogues[catalogueOf(tag) ?? "en"];
  // Without a region, English dates are written with the day first and in 24 hours, which nobody misreads.
  const locale = tag === "en" ? "en-GB" : tag;
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const dates = new Intl.DateTimeFormat(locale, { ...dateParts, timeZone: knownTimeZone(timeZone) });
  const countries = new Intl.DisplayNames(locale, { type: "region", fallback: "code" });
  return {
    tag,
    dir: catalogueOf(tag) === "ar" ? "rtl" : "ltr",
    say: (key, values = {}) => filled(messages[key], values),
    count: (key, count, values = {}) =>
      filled(messages[key][plurals.select(count)] ?? messages[key].other, { ...values, count: numbers.format(count) }),
    moment: (at) => dates.format(at),
    country: (code) => countries.of(code) ?? code,
  };
}

const dateParts = {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
} as const satisfies Intl.DateTimeFormatOptions;

function catalogueOf(tag: string): keyof typeof mailCatalogues | undefined {
  const [language = ""] = tag.split("-");
  return Object.hasOwn(mailCatalogues, language) ? (language as keyof typeof mailCatalogues) : undefined;
}

/** Language and region alone: extensions of a tag, such as another calendar, are not a stranger's to choose. */
function knownTag(wished: string | undefined): string | undefined {
  if (wished === undefined) return undefined;
  try {
    const { language, region } = new Intl.Locale(wished);
    const tag = region === undefined ? language : `${language}-${region}`;
    return catalogueOf(tag) === undefined ? undefined : tag;
  } catch {
    return undefined;
  }
}

function knownTimeZone(name: string | undefined): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name || "UTC" }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

/** In one pass: a value that itself looks like `{brand}` stays what it is. */
function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/gu, (placeholder, name: string) => String(values[name] ?? placeholder));
}
