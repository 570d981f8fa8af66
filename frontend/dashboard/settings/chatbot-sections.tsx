import { CopyButton } from "../copy-button.tsx";
import { useText } from "../text.ts";
import { Field, fieldId, ListField, SecretField, TextField } from "./fields.tsx";
import type { FormHandle } from "./form-handle.ts";
import { Section } from "./section.tsx";

interface SectionProps {
  readonly form: FormHandle;
}

const mostQuestions = 6;
/** A first choice for those who have none yet; any model of the account's Region works. */
const suggestedModel = "anthropic.claude-3-5-haiku-20241022-v1:0";

export function ResponderSection({ form }: SectionProps) {
  const { t } = useText();
  const { responder } = form.draft.settings;
  const stored = form.view.settings.responder;
  const choose = (kind: typeof responder.kind): void => {
    if (kind === stored.kind) form.editResponder(stored);
    else if (kind === "bedrock") form.editResponder({ kind, modelId: suggestedModel });
    else if (kind === "webhook") form.editResponder({ kind, url: "" });
    else form.editResponder({ kind });
  };
  return (
    <Section id="responder" title={t("responderTitle")} lead={t("responderLead")}>
      <fieldset class="choices">
        <legend class="visually-hidden">{t("responderTitle")}</legend>
        {(["knowledge", "bedrock", "webhook"] as const).map((kind) => (
          <label class="choice" key={kind}>
            <input
              type="radio"
              name="responder"
              value={kind}
              checked={responder.kind === kind}
              onChange={() => choose(kind)}
            />
            <span>
              <span class="choice-name">{t(`responder_${kind}`)}</span>
              <span class="choice-note">{t(`responderNote_${kind}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {responder.kind === "bedrock" && (
        <TextField
          path="responder.modelId"
          label={t("bedrockModel")}
          error={form.errorAt("responder.modelId")}
          ltr
          maxLength={200}
          value={responder.modelId}
          onInput={(modelId) => form.editResponder({ ...responder, modelId })}
          onLeave={form.leave}
        />
      )}
      {responder.kind === "webhook" && (
        <>
          <TextField
            path="responder.url"
            label={t("webhookUrl")}
            error={form.errorAt("responder.url")}
            keyboard="url"
            ltr
            placeholder="https://"
            value={responder.url}
            onInput={(value) => form.editResponder({ ...responder, url: value.trim() })}
            onLeave={form.leave}
          />
          <SecretField
            path="secrets.webhookSecret"
            label={t("webhookSecret")}
            hint={t("webhookSecretHint")}
            error={form.errorAt("secrets.webhookSecret")}
            stored={form.view.secretsSet.webhookSecret}
            edit={form.draft.secrets.webhookSecret}
            onEdit={(value) => form.editSecret("webhookSecret", value)}
            onLeave={form.leave}
            words={{
              isSet: t("secretIsSet"),
              willBeRemoved: t("secretWillBeRemoved"),
              replace: t("secretReplace"),
              remove: t("secretRemove"),
              keep: t("secretKeep"),
            }}
          />
        </>
      )}
    </Section>
  );
}

export function BrandSection({ form }: SectionProps) {
  const { t, number } = useText();
  const { brand } = form.draft.settings;
  return (
    <Section id="brand" title={t("brandTitle")} lead={t("brandLead")}>
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
      <TextField
        path="brand.locale"
        label={t("brandLocale")}
        hint={t("brandLocaleHint")}
        error={form.errorAt("brand.locale")}
        ltr
        maxLength={5}
        value={brand.locale}
        onInput={(value) => form.editBrand({ locale: value.trim() })}
        onLeave={form.leave}
      />
      <TextField
        path="brand.host"
        label={t("brandHost")}
        hint={t("brandHostHint")}
        error={form.errorAt("brand.host")}
        ltr
        placeholder="help.example.com"
        value={brand.host}
        onInput={(value) => form.editBrand({ host: value.trim().toLowerCase() })}
        onLeave={form.leave}
      />
    </Section>
  );
}

function ColorField({ form }: SectionProps) {
  const { t } = useText();
  const { color } = form.draft.settings.brand;
  const error = form.errorAt("brand.color");
  return (
    <Field path="brand.color" label={t("brandColor")} error={error}>
      <div class="color-row" dir="ltr">
        <input
          class="color-swatch"
          type="color"
          aria-label={t("brandColorPick")}
          value={/^#[0-9a-f]{6}$/i.test(color) ? color : "#000000"}
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
    </Field>
  );
}

export function EmbedSection({ chatbotId }: { readonly chatbotId: string }) {
  const { t } = useText();
  const snippet = `<script src="${location.origin}/widget.js" data-chatbot="${chatbotId}" async></script>`;
  return (
    <Section id="embed" title={t("embedTitle")} lead={t("embedLead")}>
      <div class="snippet" dir="ltr">
        <code>{snippet}</code>
        <CopyButton text={snippet} />
      </div>
    </Section>
  );
}
