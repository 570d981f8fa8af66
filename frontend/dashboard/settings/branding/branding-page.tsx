import { talkLanguages } from "../../../shared/talk-languages.ts";
import { useText } from "../../text.ts";
import { Field, fieldId, ListField, OptionList, SelectField, TextField } from "../fields.tsx";
import type { FormHandle } from "../form-handle.ts";
import { Section } from "../section.tsx";
import { BrandPreview } from "./brand-preview.tsx";
import "./branding.css";
import { ContrastNote } from "./contrast-note.tsx";

/** As many as the contract takes. */
const mostQuestions = 6;

interface BrandingProps {
  readonly form: FormHandle;
}

/** How widget, portals and mails look and speak, with a picture that follows. */
export function BrandingPage({ form }: BrandingProps) {
  return (
    <div class="branding">
      <div class="branding-fields">
        <LookSection form={form} />
        <WordsSection form={form} />
      </div>
      <BrandPreview settings={form.draft.settings} />
    </div>
  );
}

function LookSection({ form }: BrandingProps) {
  const { t } = useText();
  const { brand } = form.draft.settings;
  return (
    <Section id="look" title={t("lookTitle")} lead={t("brandLead")}>
      <TextField
        path="brand.name"
        label={t("brandName")}
        error={form.errorAt("brand.name")}
        maxLength={60}
        value={brand.name}
        onInput={(name) => form.editBrand({ name })}
        onLeave={form.leave}
      />
      <ColorField form={form} />
      <TextField
        path="brand.logoUrl"
        label={t("brandLogo")}
        hint={t("brandLogoHint")}
        error={form.errorAt("brand.logoUrl")}
        keyboard="url"
        ltr
        placeholder="https://"
        value={brand.logoUrl}
        onInput={(value) => form.editBrand({ logoUrl: value.trim() })}
        onLeave={form.leave}
      />
      <OptionList
        name="position"
        legend={t("brandPosition")}
        value={brand.position}
        options={(["left", "right"] as const).map((value) => ({ value, label: t(`brandPosition_${value}`) }))}
        onChange={(position) => form.editBrand({ position })}
      />
    </Section>
  );
}

function WordsSection({ form }: BrandingProps) {
  const { t, number } = useText();
  const { brand } = form.draft.settings;
  return (
    <Section id="words" title={t("wordsTitle")} lead={t("wordsLead")}>
      <LanguageField form={form} />
      <TextField
        path="brand.greeting"
        label={t("brandGreeting")}
        error={form.errorAt("brand.greeting")}
        lines={2}
        maxLength={300}
        value={brand.greeting}
        onInput={(greeting) => form.editBrand({ greeting })}
        onLeave={form.leave}
      />
      <ListField
        path="brand.suggestedQuestions"
        label={t("suggestedQuestions")}
        hint={t("suggestedQuestionsHint", { most: number(mostQuestions) })}
        error={form.errorAt("brand.suggestedQuestions")}
        errorAt={form.errorAt}
        values={brand.suggestedQuestions}
        onChange={(values) => form.editBrand({ suggestedQuestions: [...values] })}
        onLeave={form.leave}
        keyboard="text"
        most={mostQuestions}
        addLabel={t("addQuestion")}
        removeLabel={(question) => t("removeQuestion", { question })}
        itemLabel={(position) => t("questionNumber", { position: number(position) })}
      />
    </Section>
  );
}

/** The languages that the widget speaks; one that was set in another way stays. */
function LanguageField({ form }: BrandingProps) {
  const { t, locale } = useText();
  const { locale: chosen } = form.draft.settings.brand;
  const spoken = ["en", ...Object.keys(talkLanguages.others)];
  const names = new Intl.DisplayNames(locale, { type: "language" });
  const own = (code: string): string => new Intl.DisplayNames(code, { type: "language" }).of(code) ?? code;
  const options = [...new Set([...spoken, chosen])]
    .map((code) => ({ value: code, label: [...new Set([own(code), names.of(code) ?? code])].join(" – ") }))
    .sort((one, other) => one.label.localeCompare(other.label, locale));
  return (
    <SelectField
      path="brand.locale"
      label={t("brandLocale")}
      hint={t("brandLocaleHint")}
      error={form.errorAt("brand.locale")}
      value={chosen}
      options={options}
      onChange={(code) => form.editBrand({ locale: code })}
    />
  );
}

function ColorField({ form }: BrandingProps) {
  const { t } = useText();
  const { color } = form.draft.settings.brand;
  const error = form.errorAt("brand.color");
  const isColor = /^#[0-9a-f]{6}$/i.test(color);
  return (
    <Field path="brand.color" label={t("brandColor")} error={error}>
      <div class="color-row" dir="ltr">
        <input
          class="color-swatch"
          type="color"
          aria-label={t("brandColorPick")}
          value={isColor ? color : "#000000"}
          onInput={(event) => form.editBrand({ color: event.currentTarget.value })}
        />
        <input
          id={fieldId("brand.color")}
          class="input input-code"
          maxLength={7}
          spellcheck={false}
          value={color}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : `${fieldId("brand.color")}-error`}
          onInput={(event) => form.editBrand({ color: event.currentTarget.value.trim() })}
          onBlur={() => form.leave("brand.color")}
        />
      </div>
      {isColor && <ContrastNote color={color} />}
    </Field>
  );
}
