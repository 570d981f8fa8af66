import type { ChatbotSettings } from "../../../lambdas/contracts/settings.ts";
import { isSame } from "./settings-form.ts";

/** A setting that somebody else has written since it was read. */
export interface Difference {
  /** Such as `liveChat.waitingMessage`. Lists, and what belongs together, differ as a whole. */
  readonly path: string;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface Conflict {
  /** Changed on both sides, and not to the same: somebody has to choose. */
  readonly toChoose: readonly Difference[];
  /** Changed by the other side only: it stays. */
  readonly onlyTheirs: readonly Difference[];
}

/** Compares two drafts of settings with what both began from. */
export function conflictOf(base: ChatbotSettings, mine: ChatbotSettings, theirs: ChatbotSettings): Conflict {
  const [before, own, others] = [valuesOf(base), valuesOf(mine), valuesOf(theirs)];
  const paths = [...new Set([...before.keys(), ...own.keys(), ...others.keys()])];
  const theirChanges = paths
    .filter((path) => !isSame(before.get(path), others.get(path)) && !isSame(own.get(path), others.get(path)))
    .map((path) => ({ path, mine: own.get(path), theirs: others.get(path) }));
  const isMineToo = ({ path }: Difference): boolean => !isSame(before.get(path), own.get(path));
  return {
    toChoose: theirChanges.filter(isMineToo),
    onlyTheirs: theirChanges.filter((difference) => !isMineToo(difference)),
  };
}

/** Their settings with every change of mine that they have not made another, and with those in `keep`. */
export function mergedSettings(
  base: ChatbotSettings,
  mine: ChatbotSettings,
  theirs: ChatbotSettings,
  keep: ReadonlySet<string>,
): ChatbotSettings {
  const before = valuesOf(base);
  const lost = new Set(conflictOf(base, mine, theirs).toChoose.map(({ path }) => path));
  const merged = structuredClone(theirs);
  for (const [path, value] of valuesOf(mine)) {
    if (isSame(before.get(path), value) || (lost.has(path) && !keep.has(path))) continue;
    write(merged, path.split("."), structuredClone(value));
  }
  return merged;
}

/** Paths of what somebody has changed. */
export function changedPaths(base: ChatbotSettings, mine: ChatbotSettings): readonly string[] {
  const before = valuesOf(base);
  return [...valuesOf(mine)].filter(([path, value]) => !isSame(before.get(path), value)).map(([path]) => path);
}

/** Its fields depend on each other: half of one and half of the other would be neither. */
const wholes = new Set(["responder"]);

function valuesOf(settings: object): Map<string, unknown> {
  const values = new Map<string, unknown>();
  const collect = (value: object, prefix: string): void => {
    for (const [name, inner] of Object.entries(value)) {
      const path = prefix + name;
      if (typeof inner !== "object" || inner === null || Array.isArray(inner) || wholes.has(path))
        values.set(path, inner);
      else collect(inner, `${path}.`);
    }
  };
  collect(settings, "");
  return values;
}

function write(target: object, [name = "", ...rest]: readonly string[], value: unknown): void {
  const inner: unknown = Reflect.get(target, name);
  if (rest.length > 0 && typeof inner === "object" && inner !== null) write(inner, rest, value);
  else Reflect.set(target, name, value);
}
