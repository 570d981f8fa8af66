import Papa from "papaparse";
import type { Analytics } from "../../../lambdas/contracts/http.ts";
import { satisfactionOf } from "./analytics-numbers.ts";

/** A line for each day. Durations are seconds; what was not measured is empty. */
export function analyticsCsv({ days }: Pick<Analytics, "days">): string {
  return Papa.unparse(
    days.map((day) => ({
      day: day.day,
      conversations: day.conversations,
      escalations: day.escalations,
      opened: day.opened,
      ended: day.ended,
      first_response_median_s: day.firstResponse.median ?? "",
      first_response_p90_s: day.firstResponse.p90 ?? "",
      resolution_median_s: day.resolution.median ?? "",
      resolution_p90_s: day.resolution.p90 ?? "",
      ratings: satisfactionOf(day).count,
      rating_mean: satisfactionOf(day).mean?.toFixed(2) ?? "",
      mails: day.mails,
      tickets: day.tickets,
    })),
    { newline: "\r\n" },
  );
}
