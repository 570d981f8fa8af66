import type { Language, Languages } from "../i18n.ts";
import { en } from "./messages/en.ts";

export type ExtrasMessages = { readonly [Name in keyof typeof en]: string };
export type ExtrasLanguage = Language<ExtrasMessages>;

export const extrasLanguages: Languages<ExtrasMessages> = {
  en,
  others: {
    ar: async () => (await import("./messages/ar.ts")).ar,
    de: async () => (await import("./messages/de.ts")).de,
  },
};
