import type { Language, Languages } from "../shared/i18n.ts";
import { en } from "./messages/en.ts";

export type PortalMessages = { readonly [Name in keyof typeof en]: string };
export type PortalLanguage = Language<PortalMessages>;

export const languages: Languages<PortalMessages> = {
  en,
  others: {
    ar: async () => (await import("./messages/ar.ts")).ar,
    de: async () => (await import("./messages/de.ts")).de,
    es: async () => (await import("./messages/es.ts")).es,
    fr: async () => (await import("./messages/fr.ts")).fr,
    it: async () => (await import("./messages/it.ts")).it,
    ja: async () => (await import("./messages/ja.ts")).ja,
    nl: async () => (await import("./messages/nl.ts")).nl,
    pt: async () => (await import("./messages/pt.ts")).pt,
  },
};
