import type { Language, Languages } from "../shared/i18n.ts";
import { en } from "./messages/en.ts";

export type PortalMessages = { readonly [Name in keyof typeof en]: string };
export type PortalLanguage = Language<PortalMessages>;

export const languages: Languages<PortalMessages> = {
  en,
  others: {
    ar: async () => (await import("./messages/ar.ts")).ar,
    de: async () => (await import("./messages/de.ts")).de,
  },
};
