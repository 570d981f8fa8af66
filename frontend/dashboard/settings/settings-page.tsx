import { useEffect, useRef, useState } from "preact/hooks";
import type { SettingsView } from "../../../lambdas/contracts/settings.ts";
import { type Api, ApiError } from "../../shared/api.ts";
import { guardLeaving } from "../navigation.tsx";
import { Placeholder } from "../placeholder.tsx";
import { useText } from "../text.ts";
import { BrandSection, EmbedSection, ResponderSection } from "./chatbot-sections.tsx";
import {
  ButtonSection,
  EmailSection,
  LiveChatSection,
  WaitingMessageSection,
  ZendeskSection,
} from "./live-chat-sections.tsx";
import { MembersSection } from "./members-section.tsx";
import { PlanSection } from "./plan-section.tsx";
import { SaveBar } from "./save-bar.tsx";
import "./settings.css";
import { useSettingsForm } from "./use-settings-form.ts";

interface SettingsPageProps {
  readonly api: Api;
  readonly chatbotId: string;
}

type Loading = "loading" | "forbidden" | { readonly failed: string } | SettingsView;

/** Settings → Live chat, for owners. */
export function SettingsPage({ api, chatbotId }: SettingsPageProps) {
  const { t } = useText();
  const [loading, setLoading] = useState<Loading>("loading");
  const [attempt, setAttempt] = useState(0);
  // Another attempt is a reason to read again.
  useEffect(() => {
    const gone = new AbortController();
    setLoading("loading");
    api.call("readSettings", { path: { chatbotId }, signal: gone.signal }).then(setLoading, (error: unknown) => {
      if (gone.signal.aborted) return;
      const forbidden = error instanceof ApiError && error.code === "forbidden";
      setLoading(forbidden ? "forbidden" : { failed: error instanceof Error ? error.message : String(error) });
    });
    return () => gone.abort();
  }, [api, chatbotId, attempt]);

  if (loading === "loading") return <SettingsSkeleton />;
  if (loading === "forbidden") return <Placeholder title={t("ownersOnlyTitle")} text={t("ownersOnlyText")} />;
  if ("failed" in loading) {
    return (
      <Placeholder title={t("settingsFailed")} text={loading.failed}>
        <button type="button" class="button button-plain" onClick={() => setAttempt(attempt + 1)}>
          {t("tryAgain")}
        </button>
      </Placeholder>
    );
  }
  return (
    <SettingsForm
      key={`${loading.chatbotId}-${loading.version}-${attempt}`}
      api={api}
      read={loading}
      onReload={() => setAttempt(attempt + 1)}
    />
  );
}

const sections = [
  ["live-chat", "liveChatTitle"],
  ["button", "buttonTitle"],
  ["waiting", "waitingTitle"],
  ["email", "emailTitle"],
  ["zendesk", "zendeskTitle"],
  ["responder", "responderTitle"],
  ["brand", "brandTitle"],
  ["embed", "embedTitle"],
  ["members", "membersTitle"],
  ["plan", "planTitle"],
] as const;

interface SettingsFormProps {
  readonly api: Api;
  readonly read: SettingsView;
  /** Drops the draft and reads what is stored now. */
  readonly onReload: () => void;
}

function SettingsForm({ api, read, onReload }: SettingsFormProps) {
  const { t } = useText();
  const { form, changed, saving, result, save, discard } = useSettingsForm(api, read);
  const dirty = useRef(changed);
  dirty.current = changed;
  useEffect(
    () =>
      guardLeaving(
        () => !dirty.current || confirm(t("leaveUnsaved")),
        () => dirty.current,
      ),
    [t],
  );
  useEffect(() => {
    if (result === "invalid") document.querySelector<HTMLElement>("[aria-invalid=true], .field-wrong button")?.focus();
  }, [result]);
  const reload = (): void => {
    discard();
    onReload();
  };
  return (
    <div class="settings">
      <nav class="settings-contents" aria-label={t("settingsContents")}>
        <ul>
          {sections.map(([id, title]) => (
            <li key={id}>
              <a href={`#${id}`}>{t(title)}</a>
            </li>
          ))}
        </ul>
      </nav>
      <main class="settings-main" id="main">
        <h1 class="settings-title">{t("settingsTitle")}</h1>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <LiveChatSection form={form} />
          <ButtonSection form={form} />
          <WaitingMessageSection form={form} />
          <EmailSection form={form} />
          <ZendeskSection form={form} />
          <ResponderSection form={form} />
          <BrandSection form={form} />
          <SaveBar changed={changed} saving={saving} result={result} onDiscard={discard} onReload={reload} />
        </form>
        <EmbedSection chatbotId={read.chatbotId} />
        <MembersSection api={api} chatbotId={read.chatbotId} />
        <PlanSection view={form.view} />
      </main>
    </div>
  );
}

function SettingsSkeleton() {
  const { t } = useText();
  return (
    <div class="settings" aria-busy="true">
      <div class="settings-contents" />
      <main class="settings-main">
        <h1 class="settings-title">{t("settingsTitle")}</h1>
        <span class="visually-hidden" role="status">
          {t("loading")}
        </span>
        {["one", "two", "three"].map((each) => (
          <div class="section" key={each} aria-hidden="true">
            <div class="section-head">
              <span class="bone bone-title" />
              <span class="bone bone-line" />
            </div>
            <div class="section-body">
              <span class="bone bone-field" />
              <span class="bone bone-field" />
            </div>
          </div>
        ))}
      </main>
    </div>
  );
}
