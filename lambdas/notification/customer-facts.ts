import type { Lead, VisitorFacts } from "../contracts/http.ts";
import type { MailLanguage } from "./mail/language.ts";
import { visibleLine } from "./visible-text.ts";

/** One row of the metadata: what it is, and its value as one line. */
export type Fact = readonly [label: string, value: string];

/** Who it is, where from, on which page and since when (product.md A8), as far as it is known. */
export function customerFacts(
  { lead, facts, startedAt, escalatedAt }: CustomerFacts,
  language: Pick<MailLanguage, "say" | "moment" | "country">,
): Fact[] {
  const rows = [
    ["factName", lead.name],
    ["factEmail", lead.email],
    ["factPhone", lead.phone],
    ["factNotes", lead.notes],
    ["factCountry", facts.country === undefined ? undefined : countryName(facts.country, language)],
    ["factIp", facts.ip],
    ["factPage", facts.page],
    ["factReferrer", facts.referrer],
    ["factLanguage", facts.locale],
    ["factTimeZone", facts.timeZone],
    ["factBrowser", facts.userAgent],
    ["factStarted", language.moment(startedAt)],
    ["factAsked", language.moment(escalatedAt)],
  ] as const;
  return rows.flatMap(([key, value]): Fact[] =>
    value === undefined || value.trim() === ""
      ? []
      : [[language.say(key), visibleLine(value, key === "factNotes" ? 1_000 : 300)]],
  );
}

export interface CustomerFacts {
  readonly lead: Lead;
  readonly facts: VisitorFacts;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly escalatedAt: number;
}

function countryName(code: string, language: Pick<MailLanguage, "country">): string {
  return /^[A-Z]{2}$/u.test(code) ? language.country(code) : visibleLine(code, 20);
}

/** What a notification calls the customer. */
export function customerName(lead: Lead, language: Pick<MailLanguage, "say">): string {
  return visibleLine(lead.name || lead.email || "", 60) || language.say("someCustomer");
}
