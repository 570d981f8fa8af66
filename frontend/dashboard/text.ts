import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { english, type Language, languageOf, type Translate, translator } from "../shared/i18n.ts";
import { talkLanguages } from "../shared/talk-languages.ts";
import { en } from "./messages/en.ts";

/** The dashboard's own texts in one language. */
export type DashboardMessages = { readonly [Name in keyof typeof en]: string };

const catalogues: Readonly<Record<string, () => Promise<DashboardMessages>>> = {
  ar: async () => (await import("./messages/ar.ts")).ar,
  de: async () => (await import("./messages/de.ts")).de,
  es: async () => (await import("./messages/es.ts")).es,
  fr: async () => (await import("./messages/fr.ts")).fr,
  it: async () => (await import("./messages/it.ts")).it,
  ja: async () => (await import("./messages/ja.ts")).ja,
  nl: async () => (await import("./messages/nl.ts")).nl,
  pt: async () => (await import("./messages/pt.ts")).pt,
};

/** What a component needs to speak to the viewer. */
export interface DashboardText {
  readonly t: Translate<DashboardMessages>;
  /** BCP 47, for `Intl`. */
  readonly locale: string;
  /** The conversation's own texts, which the dashboard shares with widget and portals. */
  readonly language: Language & { readonly t: Translate };
  /** A count as the viewer writes it. */
  readonly number: (value: number) => string;
}

function textOf(language: Language, messages: DashboardMessages): DashboardText {
  const format = new Intl.NumberFormat(language.locale);
  return {
    t: translator(messages),
    locale: language.locale,
    language: { ...language, t: translator(language.texts) },
    number: (value) => format.format(value),
  };
}

const englishText = textOf(english(talkLanguages), en);

/** The first of the viewer's languages that the dashboard speaks, or English. */
export async function textFor(preferred: readonly string[]): Promise<DashboardText> {
  for (const locale of preferred) {
    const code = locale.slice(0, 2).toLowerCase();
    if (code === "en") return textOf(await languageOf(locale, talkLanguages), en);
    const load = catalogues[code];
    if (load !== undefined) {
      const [language, messages] = await Promise.all([
        languageOf(locale, talkLanguages),
        load().catch(() => undefined),
      ]);
      return messages === undefined ? englishText : textOf(language, messages);
    }
  }
  return englishText;
}

export const TextContext = createContext(englishText);

export function useText(): DashboardText {
  return useContext(TextContext);
}
