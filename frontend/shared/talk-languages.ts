import type { Languages, TalkMessages } from "./i18n.ts";
import { en } from "./messages/en.ts";

/** The conversation's texts for a face whose own texts stand apart. */
export const talkLanguages: Languages<TalkMessages> = {
  en,
  others: {
    ar: async () => (await import("./messages/ar.ts")).ar,
    de: async () => (await import("./messages/de.ts")).de,
  },
};
