import type { Lead, VisitorFacts } from "../contracts/http.ts";
import { isoMoment, readableMoment } from "./moment.ts";
import { visibleLine } from "./visible-text.ts";

/** One row of the metadata: what it is, and its value as one line. */
export type Fact = readonly [label: string, value: string];

const regions = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

export function countryName(code: string): string {
  return /^[A-Z]{2}$/u.test(code) ? (regions.of(code) ?? code) : visibleLine(code, 20);
}

/** Who it is, where from, on which page and since when (product.md A8), as far as it is known. */
export function customerFacts(lead: Lead, facts: VisitorFacts, startedAt: number, escalatedAt?: number): Fact[] {
  const rows: (readonly [string, string | undefined])[] = [
    ["Name", lead.name],
    ["E-mail", lead.email],
    ["Phone", lead.phone],
    ["Notes", lead.notes],
    ["Country", facts.country === undefined ? undefined : countryName(facts.country)],
    ["IP address", facts.ip],
    ["Page", facts.page],
    ["Came from", facts.referrer],
    ["Language", facts.locale],
    ["Time zone", facts.timeZone],
    ["Browser", facts.userAgent],
    ["Started", moment(startedAt)],
    ["Asked for a person", escalatedAt === undefined ? undefined : moment(escalatedAt)],
  ];
  return rows.flatMap(([label, value]) =>
    value === undefined || value.trim() === "" ? [] : [[label, visibleLine(value, label === "Notes" ? 1_000 : 300)]],
  );
}

const moment = (at: number): string => `${readableMoment(at)} (${isoMoment(at)})`;

/** What a notification calls the customer. */
export function customerName(lead: Lead): string {
  return visibleLine(lead.name || lead.email || "", 60) || "Customer";
}
