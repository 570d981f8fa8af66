import type { VisitorFacts } from "../contracts/http.ts";
import type { ChatbotSettings } from "../contracts/settings.ts";
import { type MailLanguage, mailLanguage } from "./mail/language.ts";

/** The team reads the brand's language and the time of its business hours. */
export function teamLanguage({ brand, liveChat }: ChatbotSettings): MailLanguage {
  return mailLanguage([brand.locale], liveChat.businessHours.timeZone);
}

/** Customers read their own, as far as their browser told; else the brand's. */
export function customerLanguage(facts: VisitorFacts, { brand }: Pick<ChatbotSettings, "brand">): MailLanguage {
  return mailLanguage([facts.locale, brand.locale], facts.timeZone);
}
