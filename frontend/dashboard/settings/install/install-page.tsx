import type { SettingsView } from "../../../../lambdas/contracts/settings.ts";
import { CopyButton } from "../../copy-button.tsx";
import { Link } from "../../navigation.tsx";
import { settingsHref } from "../../routes.ts";
import { useText } from "../../text.ts";
import { CodeTabs } from "../code-tabs.tsx";
import { Section } from "../section.tsx";
import { policyOf, scriptExamples, snippetOf } from "./install-examples.ts";

/** How the widget gets onto the owner's pages. */
export function InstallPage({ view }: { readonly view: SettingsView }) {
  const { t } = useText();
  const { color, position } = view.settings.brand;
  const place = { origin: location.origin, chatbotId: view.chatbotId, color, position };
  return (
    <>
      <Section id="embed" title={t("embedTitle")} lead={t("embedLead")}>
        <Snippet code={snippetOf(place)} />
        <p class="field-hint">{t("embedHint")}</p>
      </Section>
      <Section id="policy" title={t("policyTitle")} lead={t("policyLead")}>
        <Snippet code={policyOf(place)} />
      </Section>
      <Section id="script" title={t("scriptTitle")} lead={t("scriptLead")}>
        <CodeTabs label={t("scriptTitle")} examples={scriptExamples(place)} />
        <p class="field-hint">
          {t("scriptIdentity")} <Link href={settingsHref(view.chatbotId, "identity")}>{t("identityTitle")}</Link>
        </p>
      </Section>
    </>
  );
}

function Snippet({ code }: { readonly code: string }) {
  return (
    <div class="snippet" dir="ltr">
      <code>{code}</code>
      <CopyButton text={code} />
    </div>
  );
}
