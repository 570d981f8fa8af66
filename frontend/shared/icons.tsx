import type { JSX } from "preact";
import "./icons.css";

const ring = "M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 1 1 17 0";

/**
 * Drawn on a 24-pixel grid with the current colour. They say nothing to a screen reader: the button has a label.
 * Visitors load them all; the dashboard has a set of its own.
 */
const paths = {
  close: "M6 6l12 12M18 6L6 18",
  send: "M5 12h13m-6-7 7 7-7 7",
  more: "M4.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0m7 0a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0m7 0a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0",
  down: "M12 5v14m-6-6 6 6 6-6",
  person: "M16 8a4 4 0 1 1-8 0 4 4 0 1 1 8 0M4.5 20a7.5 7.5 0 0 1 15 0",
  spark: "M12 4l2 6 6 2-6 2-2 6-2-6-6-2 6-2z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  checks: "M2 12.5L6.5 17l8-9M12 16l1 1 8.5-9.5",
  alert: `M12 8v5m0 3.5h.1${ring}`,
  clock: `M12 7.5V12l3 2${ring}`,
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }): JSX.Element {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
