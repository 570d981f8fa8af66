import type { JSX } from "preact";

/** Icons that only the parts here draw; as in `icons.tsx`, on a 24-pixel grid with the current colour. */
const paths = {
  attach: "M20 11.5l-8 8a5 5 0 0 1-7-7l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8L10 17a1.7 1.7 0 0 1-2.4-2.4l7.4-7.4",
  smile: "M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 1 1 17 0M8.5 14.5a4.4 4.4 0 0 0 7 0M9 9.5h.1m5.8 0h.1",
  file: "M13.5 3.5h-7v17h11v-13zv4h4",
  download: "M12 4v11m-5-5 5 5 5-5M5 20h14",
  close: "M6 6l12 12M18 6L6 18",
} as const;

export function ExtraIcon({
  name,
  size = 20,
}: {
  readonly name: keyof typeof paths;
  readonly size?: number;
}): JSX.Element {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
