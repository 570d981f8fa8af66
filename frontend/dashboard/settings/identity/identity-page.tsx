import { useState } from "preact/hooks";
import { CopyButton } from "../../copy-button.tsx";
import { useText } from "../../text.ts";
import { CodeTabs } from "../code-tabs.tsx";
import type { FormHandle } from "../form-handle.ts";
import { Section } from "../section.tsx";
import "./identity.css";
import { serverExamples } from "./server-examples.ts";

/** The secret that an owner's server vouches for logged-in visitors with. */
export function IdentityPage({ form }: { readonly form: FormHandle }) {
  const { t } = useText();
  return (
    <>
      <Section id="identity-secret" title={t("identitySecretTitle")} lead={t("identityLead")}>
        <IdentitySecret form={form} />
      </Section>
      <Section id="identity-server" title={t("identityServerTitle")} lead={t("identityServerLead")}>
        <ol class="steps">
          <li>{t("identityStepKeep")}</li>
          <li>{t("identityStepSign")}</li>
          <li>{t("identityStepPass")}</li>
        </ol>
        <CodeTabs label={t("identityServerTitle")} examples={serverExamples} />
        <p class="field-hint">{t("identityClaims")}</p>
      </Section>
    </>
  );
}

function IdentitySecret({ form }: { readonly form: FormHandle }) {
  const { t } = useText();
  const stored = form.view.secretsSet.identitySecret;
  const { identitySecret: edit } = form.draft.secrets;
  const [asksToRotate, setAsksToRotate] = useState(false);
  const generate = (): void => {
    setAsksToRotate(false);
    form.editSecret("identitySecret", newSecret());
  };
  if (edit !== undefined && edit !== "") {
    return (
      <div class="field">
        <span class="field-label">{t("identityNew")}</span>
        <div class="snippet" dir="ltr">
          <code class="identity-secret">{edit}</code>
          <CopyButton text={edit} />
        </div>
        <p class="field-hint">{stored ? t("identityReplaceHint") : t("identityNewHint")}</p>
        <button
          type="button"
          class="button button-plain button-small identity-undo"
          onClick={() => form.editSecret("identitySecret", undefined)}
        >
          {t("cancel")}
        </button>
      </div>
    );
  }
  if (!stored) {
    return (
      <>
        <p class="field-hint">{t("identityNone")}</p>
        <button type="button" class="button button-primary identity-generate" onClick={generate}>
          {t("identityGenerate")}
        </button>
      </>
    );
  }
  return (
    <>
      <div class="secret-row">
        <span class={edit === "" ? "secret-state secret-removed" : "secret-state"}>
          {edit === "" ? t("secretWillBeRemoved") : t("secretIsSet")}
        </span>
        {edit === "" ? (
          <button
            type="button"
            class="button button-plain button-small"
            onClick={() => form.editSecret("identitySecret", undefined)}
          >
            {t("secretKeep")}
          </button>
        ) : (
          <>
            <button type="button" class="button button-plain button-small" onClick={() => setAsksToRotate(true)}>
              {t("identityRotate")}
            </button>
            <button
              type="button"
              class="button button-plain button-small button-remove"
              onClick={() => form.editSecret("identitySecret", "")}
            >
              {t("secretRemove")}
            </button>
          </>
        )}
      </div>
      {asksToRotate && (
        <div class="notice notice-info" role="alert">
          <p>{t("identityRotateQuestion")}</p>
          <div class="notice-buttons">
            <button type="button" class="button button-plain button-small" onClick={() => setAsksToRotate(false)}>
              {t("cancel")}
            </button>
            <button type="button" class="button button-primary button-small" onClick={generate}>
              {t("identityRotate")}
            </button>
          </div>
        </div>
      )}
    </>
  );
}

/** 256 bits in 43 characters that need no quoting anywhere. */
function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
