/** Colours of a brand that stay readable: WCAG 2.2, "Contrast (Minimum)" asks for 4.5 : 1. */

const white = "#ffffff";
const ink = "#14171f";

/** White or ink, whichever can be read better on the colour. */
export function textOn(background: string): string {
  return contrast(white, background) >= contrast(ink, background) ? white : ink;
}

/** Ratio of two `#rrggbb` colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
