import { paletteOf } from "../shared/palette.ts";

/** Gives the tab the owner's logo, or the first letter of the name on the brand's colour. */
export function showBrandIcon(brand: {
  readonly name: string;
  readonly color: string;
  readonly logoUrl: string;
}): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (icon === null) return;
  icon.referrerPolicy = "no-referrer";
  icon.href = brand.logoUrl === "" ? letterIcon(brand.name, brand.color) : brand.logoUrl;
}

function letterIcon(name: string, color: string): string {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("viewBox", "0 0 32 32");
  const draw = (tag: string, attributes: Readonly<Record<string, string>>, text = "") => {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [attribute, value] of Object.entries(attributes)) shape.setAttribute(attribute, value);
    shape.textContent = text;
    picture.append(shape);
  };
  const letter = {
    x: "16",
    y: "22.5",
    fill: paletteOf(color).onBrand,
    "text-anchor": "middle",
    "font-family": "system-ui, sans-serif",
    "font-size": "18",
    "font-weight": "700",
  };
  draw("rect", { width: "32", height: "32", rx: "8", fill: color });
  draw("text", letter, [...name][0]?.toLocaleUpperCase() ?? "");
  return `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`;
}
