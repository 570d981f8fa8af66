import type { Analytics } from "../../../lambdas/contracts/http.ts";
import { useText } from "../text.ts";
import { durationText, satisfactionOf } from "./analytics-numbers.ts";

/** Every number of every day, newest first. */
export function DaysTable({ days }: Pick<Analytics, "days">) {
  const { t, locale, number } = useText();
  const longDay = new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  const duration = (seconds: number | undefined) => (seconds === undefined ? "–" : durationText(seconds, locale));
  const score = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section class="analytics-table-scroll" aria-label={t("analyticsByDay")} tabIndex={0}>
      <table class="analytics-table">
        <thead>
          <tr>
            <th scope="col">{t("analyticsDay")}</th>
            <th scope="col">{t("analyticsConversations")}</th>
            <th scope="col">{t("analyticsEscalations")}</th>
            <th scope="col">{t("analyticsOpened")}</th>
            <th scope="col">{t("analyticsEnded")}</th>
            <th scope="col">{t("analyticsFirstResponse")}</th>
            <th scope="col">{t("analyticsResolution")}</th>
            <th scope="col">{t("analyticsSatisfaction")}</th>
            <th scope="col">{t("analyticsMails")}</th>
            <th scope="col">{t("analyticsTickets")}</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => {
            const { mean } = satisfactionOf(day);
            return (
              <tr key={day.day}>
                <th scope="row">{longDay.format(Date.parse(day.day))}</th>
                <td>{number(day.conversations)}</td>
                <td>{number(day.escalations)}</td>
                <td>{number(day.opened)}</td>
                <td>{number(day.ended)}</td>
                <td>{duration(day.firstResponse.median)}</td>
                <td>{duration(day.resolution.median)}</td>
                <td>{mean === undefined ? "–" : score.format(mean)}</td>
                <td>{number(day.mails)}</td>
                <td>{number(day.tickets)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
