import type { ComponentChildren } from "preact";
import type { Analytics } from "../../../lambdas/contracts/http.ts";
import { useText } from "../text.ts";
import { changeOf, deflectionOf, durationText, satisfactionOf } from "./analytics-numbers.ts";

interface AnalyticsTilesProps {
  readonly total: Analytics["total"];
  /** The same number of days right before; absent while it is loaded, or when it can't be. */
  readonly earlier: Analytics["total"] | undefined;
}

/** The numbers that matter, each with how it changed. */
export function AnalyticsTiles({ total, earlier }: AnalyticsTilesProps) {
  const { t, locale, number } = useText();
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const score = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const duration = (seconds: number | undefined) => (seconds === undefined ? "–" : durationText(seconds, locale));
  const p90 = (seconds: number | undefined) =>
    seconds === undefined ? undefined : t("analyticsP90", { time: durationText(seconds, locale) });
  const deflection = deflectionOf(total);
  const satisfaction = satisfactionOf(total);
  return (
    <dl class="analytics-tiles">
      <Tile name={t("analyticsConversations")} change={changeOf(total.conversations, earlier?.conversations)}>
        {number(total.conversations)}
      </Tile>
      <Tile name={t("analyticsEscalations")} change={changeOf(total.escalations, earlier?.escalations)}>
        {number(total.escalations)}
      </Tile>
      <Tile
        name={t("analyticsDeflection")}
        detail={t("analyticsDeflectionHint")}
        change={changeOf(deflection, earlier && deflectionOf(earlier))}
        better="more"
      >
        {deflection === undefined ? "–" : percent.format(deflection)}
      </Tile>
      <Tile
        name={t("analyticsFirstResponse")}
        detail={p90(total.firstResponse.p90)}
        change={changeOf(total.firstResponse.median, earlier?.firstResponse.median)}
        better="less"
      >
        {duration(total.firstResponse.median)}
      </Tile>
      <Tile
        name={t("analyticsResolution")}
        detail={p90(total.resolution.p90)}
        change={changeOf(total.resolution.median, earlier?.resolution.median)}
        better="less"
      >
        {duration(total.resolution.median)}
      </Tile>
      <Tile
        name={t("analyticsSatisfaction")}
        detail={t("analyticsRatings", { count: number(satisfaction.count) })}
        change={changeOf(satisfaction.mean, earlier && satisfactionOf(earlier).mean)}
        better="more"
      >
        {satisfaction.mean === undefined ? "–" : score.format(satisfaction.mean)}
      </Tile>
      <Tile name={t("analyticsMails")} change={changeOf(total.mails, earlier?.mails)}>
        {number(total.mails)}
      </Tile>
      <Tile name={t("analyticsTickets")} change={changeOf(total.tickets, earlier?.tickets)}>
        {number(total.tickets)}
      </Tile>
    </dl>
  );
}

interface TileProps {
  readonly name: string;
  readonly detail?: string | undefined;
  readonly change: number | undefined;
  /** Which way is good news. @default neither */
  readonly better?: "more" | "less";
  readonly children: ComponentChildren;
}

function Tile({ name, detail, change, better, children }: TileProps) {
  return (
    <div class="analytics-tile">
      <dt>{name}</dt>
      <dd class="analytics-tile-value">{children}</dd>
      <dd class="analytics-tile-detail">
        {change !== undefined && <Change change={change} better={better} />}
        {detail !== undefined && <span>{detail}</span>}
      </dd>
    </div>
  );
}

function Change({ change, better }: { readonly change: number; readonly better: "more" | "less" | undefined }) {
  const { t, locale } = useText();
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    signDisplay: "exceptZero",
    maximumFractionDigits: 0,
  });
  const text = percent.format(change);
  const isGood = better === undefined || Math.abs(change) < 0.005 ? undefined : change > 0 === (better === "more");
  return (
    <span class="analytics-change" data-good={isGood} title={t("analyticsChange", { change: text })}>
      <bdi>{text}</bdi>
    </span>
  );
}
