import type { BusinessHours } from "../../../../lambdas/contracts/settings.ts";
import { availabilityAt } from "../../../../lambdas/domain/business-hours.ts";
import type { DashboardText } from "../../text.ts";

/** “Open now”, or “Closed now, opens Monday 09:00”: what these hours mean at a moment, in their own time zone. */
export function hoursPreview(
  { t, locale }: Pick<DashboardText, "t" | "locale">,
  hours: BusinessHours,
  now: number,
): string {
  const { open, opensAt } = availabilityAt(hours, now);
  if (open) return t("openNow");
  if (opensAt === undefined) return t("neverOpen");
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: hours.timeZone,
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
    // In a week the weekday alone would mean today.
    ...(opensAt - now > sixDaysMs ? { day: "numeric", month: "long" } : {}),
  });
  return t("closedNow", { when: format.format(opensAt) });
}

const sixDaysMs = 6 * 24 * 60 * 60 * 1000;
