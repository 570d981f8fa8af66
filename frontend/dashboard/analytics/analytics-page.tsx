import { useEffect, useMemo, useState } from "preact/hooks";
import type { Analytics } from "../../../lambdas/contracts/http.ts";
import type { Api } from "../../shared/api.ts";
import { navigate } from "../navigation.tsx";
import { Placeholder } from "../placeholder.tsx";
import { analyticsHref } from "../routes.ts";
import { useText } from "../text.ts";
import { analyticsCsv } from "./analytics-csv.ts";
import { durationText } from "./analytics-numbers.ts";
import {
  daysOf,
  lastDays,
  longestPeriodDays,
  type Period,
  periodBefore,
  periodOfQuery,
  presets,
  queryOfPeriod,
  todayIn,
} from "./analytics-period.ts";
import { AnalyticsTiles } from "./analytics-tiles.tsx";
import { DayChart, type DaySeries } from "./day-chart.tsx";
import { DaysTable } from "./days-table.tsx";
import { HourMap } from "./hour-map.tsx";
import "./analytics-page.css";

interface AnalyticsPageProps {
  readonly api: Api;
  readonly chatbotId: string;
  readonly query: URLSearchParams;
}

type Loaded = { readonly of: string; readonly result: Analytics | { readonly failed: string } };

/** How the chatbot and the team are doing. The period is in the address, so that it can be shared. */
export function AnalyticsPage({ api, chatbotId, query }: AnalyticsPageProps) {
  const { t } = useText();
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const today = todayIn(timeZone, Date.now());
  const asked = query.toString();
  const period = useMemo(() => periodOfQuery(new URLSearchParams(asked), today), [asked, today]);
  const [attempt, setAttempt] = useState(0);
  const [loaded, setLoaded] = useState<Loaded>();
  const [earlier, setEarlier] = useState<Analytics>();

  useEffect(() => {
    const stop = new AbortController();
    const read = ({ from, to }: Period) =>
      api.call("readAnalytics", { path: { chatbotId }, query: { from, to, timeZone }, signal: stop.signal });
    const of = `${period.from} ${period.to}`;
    setEarlier(undefined);
    read(period).then(
      (result) => setLoaded({ of, result }),
      (error: unknown) => {
        if (!stop.signal.aborted) setLoaded({ of, result: { failed: messageOf(error) } });
      },
    );
    // Without the comparison the page is as good as with it.
    read(periodBefore(period)).then(setEarlier, () => undefined);
    return () => stop.abort();
  }, [api, chatbotId, period, timeZone, attempt]);

  const show = (next: Period) => navigate(analyticsHref(chatbotId, queryOfPeriod(next)));
  const result = loaded?.result;
  const isStale = loaded !== undefined && loaded.of !== `${period.from} ${period.to}`;
  return (
    <main id="main" class="analytics" aria-busy={loaded === undefined || isStale} tabIndex={-1}>
      <header class="analytics-head">
        <h1>{t("analytics")}</h1>
        <PeriodPicker period={period} today={today} onChange={show} />
        {result !== undefined && !("failed" in result) && <DownloadCsv chatbotId={chatbotId} analytics={result} />}
      </header>
      {result === undefined ? (
        <Skeleton />
      ) : "failed" in result ? (
        <Placeholder title={t("analyticsFailed")} text={result.failed}>
          <button type="button" class="button button-plain" onClick={() => setAttempt(attempt + 1)}>
            {t("tryAgain")}
          </button>
        </Placeholder>
      ) : (
        <Shown analytics={result} earlier={earlier} timeZone={timeZone} />
      )}
    </main>
  );
}

/** Seconds that a scale of durations goes by: minutes, hours and days as people count them. */
const timeSteps: readonly number[] = [
  ...[1, 5, 10, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60),
  ...[1, 2, 4, 8, 12, 24, 48, 96, 240, 720].map((hours) => hours * 3_600),
];

interface ShownProps {
  readonly analytics: Analytics;
  readonly earlier: Analytics | undefined;
  readonly timeZone: string;
}

function Shown({ analytics, earlier, timeZone }: ShownProps) {
  const { t, locale, number } = useText();
  const { total, days, escalationsByHour } = analytics;
  const names = useMemo(() => days.map(({ day }) => day), [days]);
  const volume = useMemo(
    (): readonly DaySeries[] => [
      {
        label: t("analyticsConversations"),
        values: days.map((day) => day.conversations),
        color: "--brand-text",
        kind: "bars",
      },
      {
        label: t("analyticsEscalations"),
        values: days.map((day) => day.escalations),
        color: "--danger-dot",
        kind: "line",
      },
    ],
    [days, t],
  );
  const times = useMemo(
    (): readonly DaySeries[] => [
      {
        label: t("analyticsFirstResponse"),
        values: days.map((day) => day.firstResponse.median),
        color: "--brand-text",
        kind: "line",
      },
      {
        label: t("analyticsResolution"),
        values: days.map((day) => day.resolution.median),
        color: "--success-dot",
        kind: "line",
      },
    ],
    [days, t],
  );
  const duration = useMemo(() => (seconds: number) => durationText(seconds, locale), [locale]);
  const isEmpty = total.conversations + total.escalations + total.opened + total.ended === 0;
  if (isEmpty) return <Placeholder title={t("analyticsEmpty")} text={t("analyticsEmptyText")} />;
  return (
    <>
      <AnalyticsTiles total={total} earlier={earlier?.total} />
      <section class="analytics-card">
        <h2>{t("analyticsVolume")}</h2>
        <DayChart label={t("analyticsVolume")} days={names} series={volume} locale={locale} format={number} />
      </section>
      <section class="analytics-card">
        <h2>{t("analyticsTimes")}</h2>
        <DayChart
          label={t("analyticsTimes")}
          days={names}
          series={times}
          locale={locale}
          format={duration}
          steps={timeSteps}
        />
      </section>
      <div class="analytics-pair">
        <section class="analytics-card">
          <h2>{t("analyticsByHour")}</h2>
          <HourMap caption={t("analyticsByHour")} counts={escalationsByHour} locale={locale} number={number} />
          <p class="analytics-note">{t("analyticsTimeZone", { zone: timeZone })}</p>
        </section>
        <section class="analytics-card">
          <h2>{t("analyticsSatisfaction")}</h2>
          <Ratings ratings={total.ratings} />
        </section>
      </div>
      <section class="analytics-card">
        <h2>{t("analyticsByDay")}</h2>
        <DaysTable days={days} />
      </section>
    </>
  );
}

function Ratings({ ratings }: { readonly ratings: readonly number[] }) {
  const { t, number } = useText();
  const most = Math.max(1, ...ratings);
  if (ratings.every((count) => count === 0)) return <p class="analytics-note">{t("analyticsNoRatings")}</p>;
  return (
    <ol class="analytics-ratings" reversed>
      {ratings
        .map((count, index) => ({ score: index + 1, count }))
        .toReversed()
        .map(({ score, count }) => (
          <li key={score}>
            <span class="analytics-rating-score">{t("analyticsScore", { score: number(score) })}</span>
            <meter min={0} max={most} value={count} aria-hidden="true" />
            <span>{number(count)}</span>
          </li>
        ))}
    </ol>
  );
}

interface PeriodPickerProps {
  readonly period: Period;
  readonly today: string;
  readonly onChange: (period: Period) => void;
}

function PeriodPicker({ period, today, onChange }: PeriodPickerProps) {
  const { t, number } = useText();
  const preset = presets.find((days) => period.to === today && daysOf(period) === days);
  /** Half-typed dates and reversed ranges are not asked for. */
  const change = (next: Period): void => {
    const days = daysOf(next);
    if (days >= 1 && days <= longestPeriodDays) onChange(next);
  };
  return (
    <fieldset class="analytics-period">
      <legend class="visually-hidden">{t("analyticsPeriod")}</legend>
      {presets.map((days) => (
        <button
          key={days}
          type="button"
          class="button button-plain button-small"
          aria-pressed={preset === days}
          onClick={() => onChange(lastDays(days, today))}
        >
          {t("analyticsLastDays", { days: number(days) })}
        </button>
      ))}
      <label>
        <span class="visually-hidden">{t("analyticsFrom")}</span>
        <input
          type="date"
          class="input"
          value={period.from}
          max={period.to}
          onChange={(event) => change({ ...period, from: event.currentTarget.value })}
        />
      </label>
      <span aria-hidden="true">–</span>
      <label>
        <span class="visually-hidden">{t("analyticsTo")}</span>
        <input
          type="date"
          class="input"
          value={period.to}
          min={period.from}
          max={today}
          onChange={(event) => change({ ...period, to: event.currentTarget.value })}
        />
      </label>
    </fieldset>
  );
}

function DownloadCsv({ chatbotId, analytics }: { readonly chatbotId: string; readonly analytics: Analytics }) {
  const { t } = useText();
  const download = (): void => {
    const url = URL.createObjectURL(new Blob([analyticsCsv(analytics)], { type: "text/csv" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${chatbotId}-${analytics.from}-${analytics.to}.csv`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <button type="button" class="button button-plain button-small analytics-download" onClick={download}>
      {t("analyticsCsv")}
    </button>
  );
}

function Skeleton() {
  const { t } = useText();
  return (
    <div class="analytics-skeleton" role="status">
      <span class="visually-hidden">{t("loading")}</span>
      <div class="analytics-tiles" aria-hidden="true">
        {Array.from({ length: 8 }, (_, index) => (
          <div key={index} class="analytics-tile analytics-tile-empty" />
        ))}
      </div>
    </div>
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
