import { useEffect, useRef } from "preact/hooks";
import type { ChatbotSettings } from "../../../../lambdas/contracts/settings.ts";
import { BrandMark } from "../../../shared/brand-mark.tsx";
import { paletteOf } from "../../../shared/palette.ts";
import { Glyph } from "../../glyph.tsx";
import { useText } from "../../text.ts";

interface BrandPreviewProps {
  readonly settings: ChatbotSettings;
}

/** How the widget will look on a page: a picture of it that follows every keystroke, not the widget itself. */
export function BrandPreview({ settings: { brand, liveChat } }: BrandPreviewProps) {
  const { t } = useText();
  const stage = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (stage.current === null || !/^#[0-9a-f]{6}$/i.test(brand.color)) return;
    const { onBrand, textOnLight, textOnDark } = paletteOf(brand.color);
    const { style } = stage.current;
    style.setProperty("--brand", brand.color);
    style.setProperty("--on-brand", onBrand);
    style.setProperty("--preview-text-light", textOnLight);
    style.setProperty("--preview-text-dark", textOnDark);
  }, [brand.color]);
  const direction = /^(ar|fa|he|ur)/.test(brand.locale) ? "rtl" : "ltr";
  return (
    <figure class="preview">
      <figcaption class="preview-caption">{t("previewTitle")}</figcaption>
      {/* Nothing in it can be pressed, and all it says stands in the fields beside it. */}
      <div class={`preview-stage preview-${brand.position}`} ref={stage} inert aria-hidden="true">
        <div class="preview-page">
          <span />
          <span />
          <span />
        </div>
        <div class="preview-panel" dir={direction} lang={brand.locale}>
          <div class="preview-header">
            <BrandMark key={brand.logoUrl} name={brand.name} logoUrl={brand.logoUrl} />
            <bdi class="preview-name">{brand.name}</bdi>
          </div>
          <div class="preview-talk">
            {brand.greeting !== "" && (
              <p class="preview-bubble" dir="auto">
                {brand.greeting}
              </p>
            )}
            {brand.suggestedQuestions
              .filter((question) => question.trim() !== "")
              .map((question, index) => (
                <span class="preview-question" dir="auto" key={index}>
                  {question}
                </span>
              ))}
            {liveChat.enabled && liveChat.buttonTrigger.enabled && (
              <span class="preview-human">
                <Glyph name="person" size={15} />
                {liveChat.buttonTrigger.text}
              </span>
            )}
          </div>
        </div>
        <span class="preview-launcher">
          <Glyph name="chat" size={22} />
        </span>
      </div>
    </figure>
  );
}
