import type { Analytics } from "../../../lambdas/contracts/http.ts";

type Tally = Analytics["total"];

/** Share of conversations that never asked for a human, 0 to 1; `undefined` when there was none. */
export function deflectionOf({ conversations, escalations }: Pick<Tally, "conversations" | "escalations">) {
  return conversations === 0 ? undefined : Math.max(0, 1 - escalations / conversations);
}

/** Mean of the verdicts, 1 to 5, with how many there are. */
export function satisfactionOf({ ratings }: Pick<Tally, "ratings">): {
  readonly count: number;
  readonly mean?: number;
} {
  const count = ratings.reduce((sum, each) => sum + each, 0);
  if (count === 0) return { count };
  return { count, mean: ratings.reduce((sum, each, index) => sum + each * (index + 1), 0) / count };
}

/** How much a value changed against an earlier one, as a share: 0.5 is half as much again. */
export function changeOf(value: number | undefined, earlier: number | undefined): number | undefined {
  if (value === undefined || earlier === undefined || earlier === 0) return undefined;
  return (value - earlier) / earlier;
}

const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** A duration in its two largest units, `3h 12m`, as the locale writes it. */
export function durationText(seconds: number, locale: string): string {
  const rounded = Math.round(seconds);
  const first = units.findIndex(([, size]) => rounded >= size);
  const from = first === -1 ? units.length - 1 : first;
  let rest = rounded;
  const parts = units.slice(from, from + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { unit, count };
  });
  return parts
    .filter(({ count }, index) => index === 0 || count > 0)
    .map(({ unit, count }) =>
      new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "narrow" }).format(count),
    )
    .join(" ");
}
