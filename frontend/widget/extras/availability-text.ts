import type { PublicChatbot } from "../../../lambdas/contracts/settings.ts";
import type { ExtrasLanguage } from "../../shared/extras/languages.ts";
import { fill } from "../../shared/i18n.ts";

export type Availability = PublicChatbot["liveChat"]["availability"];

const minute = 60;
const hour = 60 * minute;
const dayMs = 24 * hour * 1_000;

/** "We're back Monday 09:00" in the visitor's zone; undefined while the team is in its hours, or nobody knows when. */
export function backAtText(
  { open, opensAt }: Availability,
  { locale, texts }: ExtrasLanguage,
  now: number,
  timeZone?: string,
): string | undefined {
  if (open || opensAt === undefined || opensAt <= now) return undefined;
  // A weekday alone would be that of this week.
  const day: Intl.DateTimeFormatOptions =
    opensAt - now < 6 * dayMs ? { weekday: "long" } : { day: "numeric", month: "long" };
  const format = new Intl.DateTimeFormat(locale, { ...day, hour: "numeric", minute: "2-digit", timeZone });
  return fill(texts.backAt, { time: format.format(opensAt) });
}

/** "Usually answers in about 3 min"; undefined outside the hours, and while too little is known. */
export function expectedWaitText(
  { open, expectedWaitSeconds }: Availability,
  { locale, texts }: ExtrasLanguage,
): string | undefined {
  if (!open || expectedWaitSeconds === undefined) return undefined;
  const inHours = expectedWaitSeconds >= 1.5 * hour;
  const amount = Math.max(1, Math.round(expectedWaitSeconds / (inHours ? hour : minute)));
  const format = new Intl.NumberFormat(locale, { style: "unit", unit: inHours ? "hour" : "minute" });
  return fill(texts.answersIn, { time: format.format(amount) });
}
