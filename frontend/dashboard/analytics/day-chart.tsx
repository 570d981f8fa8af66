import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { useText } from "../text.ts";
import "uplot/dist/uPlot.min.css";
import "./day-chart.css";

export interface DaySeries {
  readonly label: string;
  /** A value for each day; `undefined` where there is none. */
  readonly values: readonly (number | undefined)[];
  /** Name of the token that it is drawn in, `--brand`. */
  readonly color: string;
  readonly kind: "bars" | "line";
}

interface DayChartProps {
  /** What the chart shows, for whoever can't see it; the table beside it has the numbers. */
  readonly label: string;
  /** `2026-11-22` */
  readonly days: readonly string[];
  readonly series: readonly DaySeries[];
  readonly locale: string;
  readonly format: (value: number) => string;
  /** Steps that the scale may have. @default 1, 2, 5, 10, … */
  readonly steps?: readonly number[];
}

const height = 220;

/** Values by day, drawn by uPlot. It is drawn anew when its place or the colour scheme changes. */
export function DayChart({ label, days, series, locale, format, steps }: DayChartProps) {
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const target = place.current;
    if (target === null) return;
    let chart: uPlot | undefined;
    const draw = (): void => {
      chart?.destroy();
      chart = new uPlot(
        optionsOf(target, { series, locale, format, steps, dayLabel: t("analyticsDay") }),
        dataOf(days, series),
        target,
      );
    };
    draw();
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const resized = new ResizeObserver(() => chart?.setSize({ width: target.clientWidth, height }));
    resized.observe(target);
    scheme.addEventListener("change", draw);
    return () => {
      resized.disconnect();
      scheme.removeEventListener("change", draw);
      chart?.destroy();
    };
  }, [days, series, locale, format, steps, t]);
  // Time runs to the right in charts of every language.
  return <div ref={place} class="day-chart" role="img" aria-label={label} dir="ltr" />;
}

function dataOf(days: readonly string[], series: readonly DaySeries[]): uPlot.AlignedData {
  return [
    days.map((day) => Date.parse(day) / 1000),
    ...series.map(({ values }) => values.map((value) => value ?? null)),
  ] as uPlot.AlignedData;
}

interface Drawing extends Pick<DayChartProps, "series" | "locale" | "format"> {
  readonly steps: readonly number[] | undefined;
  readonly dayLabel: string;
}

const halfADay = 12 * 60 * 60;

function optionsOf(target: HTMLElement, { series, locale, format, steps, dayLabel }: Drawing): uPlot.Options {
  const styles = getComputedStyle(target);
  const token = (name: string): string => styles.getPropertyValue(name).trim();
  const font = `12px ${styles.fontFamily}`;
  // The days are calendar days: reading them in UTC keeps them what they are in every zone.
  const shortDay = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const longDay = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" });
  const axis = { stroke: token("--text-muted"), font, ticks: { show: false } };
  const bars = uPlot.paths.bars?.({ size: [0.6, 28], radius: 0.2 });
  return {
    width: target.clientWidth,
    height,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    // Half a day on each side, for the whole bars of the first and the last day.
    scales: {
      x: { range: (_, min, max) => [min - halfADay, max + halfADay] },
      y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] },
    },
    axes: [
      { ...axis, grid: { show: false }, values: (_, ticks) => ticks.map((tick) => shortDay.format(tick * 1000)) },
      {
        ...axis,
        size: 64,
        grid: { stroke: token("--line"), width: 1 },
        ...(steps === undefined ? {} : { incrs: [...steps] }),
        values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? format(tick) : "")),
      },
    ],
    series: [
      { value: (_, seconds) => (seconds === null ? "–" : longDay.format(seconds * 1000)), label: dayLabel },
      ...series.map(({ label, color, kind }): uPlot.Series => {
        const stroke = token(color);
        return {
          label,
          stroke,
          width: 2,
          spanGaps: false,
          value: (_, value) => (value === null ? "–" : format(value)),
          ...(kind === "bars" && bars !== undefined
            ? { paths: bars, fill: `color-mix(in srgb, ${stroke} 55%, transparent)`, points: { show: false } }
            : {}),
        };
      }),
    ],
  };
}
