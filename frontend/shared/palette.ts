/** What tokens.css makes of a brand's colour, in numbers, for pages that tell about it and for pictures. */
export interface BrandPalette {
  readonly brand: string;
  /** Text and icons on the brand colour: white or black. */
  readonly onBrand: string;
  /** The brand colour, darkened as far as needed to be text on a light surface. */
  readonly textOnLight: string;
  /** The brand colour, lightened as far as needed to be text on a dark surface. */
  readonly textOnDark: string;
}

type Triple = readonly [number, number, number];

/** @param color `#rrggbb` */
export function paletteOf(color: string): BrandPalette {
  const rgb = linear(color);
  const [lightness, a, b] = toOklab(rgb);
  const withLightness = (wanted: number, chroma: number) =>
    wanted === lightness ? color : format(fromOklab([wanted, a * chroma, b * chroma]));
  const dark = Math.min(lightness, 0.505);
  const light = Math.max(lightness, 0.75);
  return {
    brand: color,
    onBrand: luminance(rgb) < 0.18 ? "#ffffff" : "#000000",
    textOnLight: withLightness(dark, dark / lightness),
    textOnDark: withLightness(light, (1 - light) / (1 - lightness)),
  };
}

/** Contrast of two colours `#rrggbb` by WCAG's relative luminance, 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [dark, light] = [luminance(linear(one)), luminance(linear(other))].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Triple): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(color: string): Triple {
  const channel = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function format(rgb: Triple): string {
  const channel = (value: number) => {
    const shown = value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
    return Math.round(Math.min(1, Math.max(0, shown)) * 255)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${rgb.map((value) => channel(Math.max(0, value))).join("")}`;
}

/** "CSS Color Module Level 4", 9.2: Oklab, with its matrices. */
function toOklab([red, green, blue]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}
