/** Makes a brand's colour usable: text on it and text in it keep the contrast that WCAG 2.2 asks for (1.4.3: 4.5 to 1). */

export interface BrandPalette {
  readonly brand: string;
  /** Text and icons on the brand colour: white or near black, whichever reads better. */
  readonly onBrand: string;
  /** The brand colour, darkened as far as needed to be text on a light surface. */
  readonly textOnLight: string;
  /** The brand colour, lightened as far as needed to be text on a dark surface. */
  readonly textOnDark: string;
}

type Rgb = readonly [red: number, green: number, blue: number];

const minimumContrast = 4.5;
const white: Rgb = [255, 255, 255];
const ink: Rgb = [20, 26, 36];
/** The least favourable surfaces of tokens.css that brand-coloured text stands on. */
const lightSurface: Rgb = [232, 236, 242];
const darkSurface: Rgb = [43, 51, 65];
const fallback: Rgb = [10, 102, 255];

export function paletteOf(color: string): BrandPalette {
  const brand = parse(color) ?? fallback;
  return {
    brand: format(brand),
    onBrand: format(contrast(brand, white) >= Math.min(minimumContrast, contrast(brand, ink)) ? white : ink),
    textOnLight: format(movedUntilReadable(brand, [0, 0, 0], lightSurface)),
    textOnDark: format(movedUntilReadable(brand, white, darkSurface)),
  };
}

/** Puts the palette on the page. Goes through the CSSOM, which a policy without inline styles allows. */
export function applyBrandColor(color: string, target: HTMLElement = document.documentElement): void {
  const palette = paletteOf(color);
  target.style.setProperty("--brand", palette.brand);
  target.style.setProperty("--on-brand", palette.onBrand);
  target.style.setProperty("--brand-text-light", palette.textOnLight);
  target.style.setProperty("--brand-text-dark", palette.textOnDark);
}

/** Contrast of two colours by WCAG's relative luminance, 1 to 21. */
export function contrastOf(one: string, other: string): number {
  return contrast(parse(one) ?? fallback, parse(other) ?? fallback);
}

function movedUntilReadable(from: Rgb, towards: Rgb, surface: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(from, towards, share);
    if (contrast(mixed, surface) >= minimumContrast) return mixed;
  }
  return towards;
}

function mix(from: Rgb, towards: Rgb, share: number): Rgb {
  const channel = (at: 0 | 1 | 2) => Math.round(from[at] + (towards[at] - from[at]) * share);
  return [channel(0), channel(1), channel(2)];
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (channel: number) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function parse(color: string): Rgb | undefined {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (match === null) return undefined;
  const channel = (at: number) => Number.parseInt(match[at] ?? "0", 16);
  return [channel(1), channel(2), channel(3)];
}

function format(color: Rgb): string {
  return `#${color.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
