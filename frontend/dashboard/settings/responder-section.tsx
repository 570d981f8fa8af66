import { useText } from "../text.ts";
import { OptionList, SecretField, TextField } from "./fields.tsx";
import type { FormHandle } from "./form-handle.ts";
import { Section } from "./section.tsx";

interface SectionProps {
  readonly form: FormHandle;
}

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
      <OptionList
        name="responder"
        legend={t("responderTitle")}
        legendHidden
        value={responder.kind}
        options={(["knowledge", "bedrock", "webhook"] as const).map((kind) => ({
          value: kind,
          label: t(`responder_${kind}`),
          note: t(`responderNote_${kind}`),
        }))}
        onChange={choose}
      />
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
