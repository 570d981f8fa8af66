import { contrastOf, paletteOf } from "../../../shared/palette.ts";
import { Glyph } from "../../glyph.tsx";
import { useText } from "../../text.ts";

/** WCAG 2.2, 1.4.3: contrast of text. */
const readable = 4.5;

/** Says how readable a colour is, and what is done about it where it is not. */
export function ContrastNote({ color }: { readonly color: string }) {
  const { t, locale } = useText();
  const palette = paletteOf(color);
  const ratio = (one: string, other: string): string =>
    `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(contrastOf(one, other))}:1`;
  const corrections = [
    { name: t("contrastLight"), shown: palette.textOnLight },
    { name: t("contrastDark"), shown: palette.textOnDark },
  ].filter(({ shown }) => shown !== palette.brand);
  const onBrand = contrastOf(palette.brand, palette.onBrand);
  return (
    <div class="contrast" role="status">
      <p class={onBrand >= readable ? "contrast-good" : "contrast-poor"}>
        <Glyph name={onBrand >= readable ? "check" : "alert"} size={15} />
        {t(palette.onBrand === "#ffffff" ? "contrastWhite" : "contrastInk", {
          ratio: ratio(palette.brand, palette.onBrand),
        })}
      </p>
      {corrections.map(({ name, shown }) => (
        <p key={name}>
          <Swatch color={shown} />
          {t("contrastCorrected", { where: name, color: shown })}
        </p>
      ))}
    </div>
  );
}

/** The policy of our pages forbids inline styles, but not the CSSOM. */
function Swatch({ color }: { readonly color: string }) {
  return (
    <span
      class="contrast-swatch"
      aria-hidden="true"
      ref={(element) => {
        if (element !== null) element.style.backgroundColor = color;
      }}
    />
  );
}
