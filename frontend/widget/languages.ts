import type { Language, Languages } from "../shared/i18n.ts";
import { en } from "./messages/en.ts";

export type WidgetMessages = { readonly [Name in keyof typeof en]: string };
export type WidgetLanguage = Language<WidgetMessages>;

export const languages: Languages<WidgetMessages> = {
  en,
  others: {
    ar: async () => (await import("./messages/ar.ts")).ar,
    de: async () => (await import("./messages/de.ts")).de,
  },
};
