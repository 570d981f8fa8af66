/** Colours of a brand that stay readable: WCAG 2.2, "Contrast (Minimum)" asks for 4.5 : 1. */

const white = "#ffffff";
const ink = "#14171f";
const readable = 4.5;

/** The cards that buttons stand on, in light and in dark mode. */
const cards = [white, "#181b23"] as const;

export interface ButtonColors {
  readonly fill: string;
  /** White or ink. */
  readonly text: string;
  /** The fill's own colour, or grey where a button would look like a part of its card. */
  readonly edge: string;
}

/** The brand's colour as a button: darkened just as far as its text needs to be readable. */
export function buttonColors(brandColor: string): ButtonColors {
  let fill = brandColor.toLowerCase();
  while (contrast(textOn(fill), fill) < readable) fill = darker(fill);
  const blends = cards.some((card) => contrast(card, fill) < 1.5);
  return { fill, text: textOn(fill), edge: blends ? "#9aa3b5" : fill };
}

/** White or ink, whichever can be read better on the colour. */
export function textOn(background: string): string {
  return contrast(white, background) >= contrast(ink, background) ? white : ink;
}

/** Ratio of two `#rrggbb` colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const channels = (color: string): number[] => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

function darker(color: string): string {
  const hex = channels(color).map((value) =>
    Math.floor(value * 0.96)
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("")}`;
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
    const value = channel / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
