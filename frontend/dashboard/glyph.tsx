import type { JSX } from "preact";

/** Drawn on a 24-pixel grid with the current colour. They say nothing to a screen reader: what bears them has a label. */
const paths = {
  alert: "M12 8v5M12 16.5h.01M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
  archive: "M4 5h16v4H4zM5.5 9v10h13V9M10 13h4",
  back: "M14.5 5.5L8 12l6.5 6.5",
  bell: "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 20.5h4",
  bellOff: "M6 16.5V11c0-1 .2-1.9.6-2.7M9.3 5.6A6 6 0 0 1 18 11v5.5M4.5 18.5h14M10 20.5h4M4 4l16 16",
  bold: "M7.5 5h5.2a3.4 3.4 0 0 1 0 6.8H7.5zM7.5 11.8h6a3.6 3.6 0 0 1 0 7.2h-6z",
  bookmark: "M7 4.5h10v15l-5-3.8-5 3.8z",
  bot: "M6 9h12v9H6zM12 9V5.5M9.5 13v1.5M14.5 13v1.5M3.5 12v3M20.5 12v3",
  chat: "M5 5h14a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 19 17h-7l-4.5 3.5V17H5a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 5 5z",
  chart: "M5 19.5v-7M10 19.5v-12M15 19.5v-9M20 19.5V6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  checks: "M2.5 12.5L7 17l8-9M12 16l1 1 8.5-9.5",
  chevron: "M7 10l5 5 5-5",
  clip: "M19 11.5l-7.3 7.2a4.6 4.6 0 0 1-6.5-6.5l7.6-7.5a3.1 3.1 0 0 1 4.4 4.4l-7.5 7.4a1.5 1.5 0 0 1-2.2-2.1l6.7-6.7",
  clock: "M12 7.5V12l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
  close: "M6 6l12 12M18 6L6 18",
  code: "M8.5 7.5L4 12l4.5 4.5M15.5 7.5L20 12l-4.5 4.5",
  down: "M12 5v14M6 13l6 6 6-6",
  download: "M12 4v11M7 10.5l5 5 5-5M5 19.5h14",
  exit: "M10 4.5H5.5v15H10M14.5 8l4 4-4 4M18 12H10",
  file: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  italic: "M10.5 5h6M7.5 19h6M13.5 5l-3 14",
  keyboard: "M3.5 7h17v10h-17zM7 10.5h.01M10.3 10.5h.01M13.7 10.5h.01M17 10.5h.01M8 14h8",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1",
  list: "M9.5 6.5H20M9.5 12H20M9.5 17.5H20M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01",
  mail: "M3.5 6h17v12h-17zM4 6.5l8 6.5 8-6.5",
  more: "M4.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M11.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M18.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0",
  note: "M5 4.5h14v10l-5 5H5zM14 19.5v-5h5M8.5 9h7M8.5 12.5h3",
  panel: "M3.5 5h17v14h-17zM14.5 5v14",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  phone: "M8 3.5h8v17H8zM11 17.5h2",
  plus: "M12 5v14M5 12h14",
  search: "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM16 16l4 4",
  send: "M5 12h13M12 5l7 7-7 7",
  shield: "M12 3.5l7 2.5v5.5c0 4-2.8 7.2-7 9-4.2-1.8-7-5-7-9V6zM9 11.8l2.2 2.2 4-4.2",
  sliders: "M5 7.5h8M17 7.5h2M5 16.5h2M11 16.5h8M15 5.5v4M9 14.5v4",
  slash: "M5 4.5h14v15H5zM14 8l-4 8",
  spark: "M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8zM18.5 16.5v4M20.5 18.5h-4",
  star: "M12 4l2.5 5.2 5.7.8-4.1 4 1 5.6-5.1-2.7-5.1 2.7 1-5.6-4.1-4 5.7-.8z",
  ticket: "M3.5 7h17v3.5a1.5 1.5 0 0 0 0 3V17h-17v-3.5a1.5 1.5 0 0 0 0-3zM14 7v10",
  trash: "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v5.5M13.5 10.5v5.5",
} as const;

export type GlyphName = keyof typeof paths;

interface GlyphProps {
  readonly name: GlyphName;
  /** @default 18 */
  readonly size?: number;
  /** @default false */
  readonly filled?: boolean;
}

export function Glyph({ name, size = 18, filled = false }: GlyphProps): JSX.Element {
  return (
    <svg
      class={`glyph glyph-${name}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path
        d={paths[name]}
        fill={filled ? "currentColor" : "none"}
        stroke="currentColor"
        stroke-width="1.8"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
