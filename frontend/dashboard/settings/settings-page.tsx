import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Membership } from "../../../lambdas/contracts/http.ts";
import type { SettingsView } from "../../../lambdas/contracts/settings.ts";
import { type Api, ApiError } from "../../shared/api.ts";
import { guardLeaving, navigate } from "../navigation.tsx";
import { Placeholder } from "../placeholder.tsx";
import { settingsHref } from "../routes.ts";
import { useText } from "../text.ts";
import { BrandingPage } from "./branding/branding-page.tsx";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { DataPage } from "./data-page.tsx";
import { DomainPage } from "./domain/domain-page.tsx";
import type { FormHandle } from "./form-handle.ts";
import { HoursPage } from "./hours/hours-page.tsx";
import { IdentityPage } from "./identity/identity-page.tsx";
import { InstallPage } from "./install/install-page.tsx";
import { KnowledgePage } from "./knowledge/knowledge-page.tsx";
import { LiveChatPage } from "./live-chat-page.tsx";
import { MembersSection } from "./members-section.tsx";
import { MyNotificationsPage } from "./my-notifications-page.tsx";
import { PlanSection } from "./plan-section.tsx";
import { RepliesPage } from "./replies/replies-page.tsx";
import { ResponderSection } from "./responder-section.tsx";
import { SaveBar } from "./save-bar.tsx";
import "./settings.css";
import { changedPaths } from "./settings-conflict.ts";
import { SettingsNav } from "./settings-nav.tsx";
import { type SectionId, sectionOfPath, settingsSections } from "./settings-sections.ts";
import { useSettingsForm } from "./use-settings-form.ts";

interface SettingsPageProps {
  readonly api: Api;
  readonly membership: Membership;
  readonly section: SectionId;
}

/** The settings of a chatbot: those that an owner decides, and those that every member has. */
export function SettingsPage(props: SettingsPageProps) {
  if (props.membership.role === "owner") return <OwnerSettings {...props} />;
  return (
    <SettingsFrame {...props} changed={none} wrong={none}>
      <AgentSection {...props} />
    </SettingsFrame>
  );
}

const none: ReadonlySet<SectionId> = new Set();

/** What every member may change. */
function AgentSection({ api, membership: { chatbotId }, section }: SettingsPageProps) {
  const { t } = useText();
  if (section === "replies") return <RepliesPage api={api} chatbotId={chatbotId} />;
  if (section === "my-notifications") return <MyNotificationsPage api={api} chatbotId={chatbotId} />;
  return <Placeholder title={t("ownersOnlyTitle")} text={t("ownersOnlyText")} />;
}

type Loading = "loading" | "forbidden" | { readonly failed: string } | SettingsView;

function OwnerSettings(props: SettingsPageProps) {
  const { api, membership, section } = props;
  const { chatbotId } = membership;
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

  if (typeof loading === "object" && "settings" in loading) {
    return <SettingsForm api={api} membership={membership} section={section} read={loading} />;
  }
  return (
    <SettingsFrame {...props} changed={none} wrong={none}>
      {loading === "loading" && <SettingsSkeleton />}
      {loading === "forbidden" && <Placeholder title={t("ownersOnlyTitle")} text={t("ownersOnlyText")} />}
      {typeof loading === "object" && (
        <Placeholder title={t("settingsFailed")} text={loading.failed}>
          <button type="button" class="button button-plain" onClick={() => setAttempt(attempt + 1)}>
            {t("tryAgain")}
          </button>
        </Placeholder>
      )}
    </SettingsFrame>
  );
}

/** One draft for all pages: what was typed on one of them waits while another is looked at. */
function SettingsForm({ api, membership, section, read }: SettingsPageProps & { readonly read: SettingsView }) {
  const { t } = useText();
  const { form, saving, result, wrong, save, saveUpon, discard } = useSettingsForm(api, read);
  const { chatbotId } = membership;
  const { view, draft, changed } = form;
  const dirty = useRef(changed);
  dirty.current = changed;
  useEffect(
    () =>
      guardLeaving(
        (to) => !dirty.current || (to.page === "settings" && to.chatbotId === chatbotId) || confirm(t("leaveUnsaved")),
        () => dirty.current,
      ),
    [chatbotId, t],
  );
  const changedSections = useMemo(() => {
    const secrets = Object.keys(draft.secrets).map((name) => `secrets.${name}`);
    return sectionsOf([...changedPaths(view.settings, draft.settings), ...secrets]);
  }, [view, draft]);
  const wrongSections = sectionsOf(wrong);

  useEffect(() => {
    if (result !== "invalid" || wrongSections.has(section)) return;
    const [first] = wrongSections;
    if (first !== undefined) navigate(settingsHref(chatbotId, first));
  }, [result]);
  useEffect(() => {
    if (result === "invalid") document.querySelector<HTMLElement>("[aria-invalid=true], .field-wrong button")?.focus();
  }, [result, section]);

  return (
    <SettingsFrame api={api} membership={membership} section={section} changed={changedSections} wrong={wrongSections}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <FormSection api={api} form={form} section={section} />
      </form>
      <OwnSection api={api} form={form} section={section} />
      <SaveBar changed={changed} saving={saving} result={result} onSave={() => void save()} onDiscard={discard} />
      {typeof result === "object" && "view" in result && (
        <ConflictDialog
          key={result.view.version}
          others={result}
          saving={saving}
          onSave={(keep) => void saveUpon(result, keep)}
          onDiscard={discard}
        />
      )}
    </SettingsFrame>
  );
}

interface SectionProps {
  readonly api: Api;
  readonly form: FormHandle;
  readonly section: SectionId;
}

/** Pages whose changes are saved together, by the bar below them. */
function FormSection({ api, form, section }: SectionProps) {
  switch (section) {
    case "live-chat":
      return <LiveChatPage api={api} form={form} />;
    case "hours":
      return <HoursPage form={form} />;
    case "ai-answers":
      return <ResponderSection form={form} />;
    case "branding":
      return <BrandingPage form={form} />;
    case "domain":
      return <DomainPage api={api} form={form} />;
    case "identity":
      return <IdentityPage form={form} />;
    case "data":
      return <DataPage form={form} />;
    default:
      return null;
  }
}

/** Pages whose changes take effect at once, and those without any. */
function OwnSection({ api, form, section }: SectionProps) {
  const { chatbotId } = form.view;
  switch (section) {
    case "knowledge":
      return <KnowledgePage api={api} chatbotId={chatbotId} responder={form.view.settings.responder.kind} />;
    case "replies":
      return <RepliesPage api={api} chatbotId={chatbotId} />;
    case "install":
      return <InstallPage view={form.view} />;
    case "my-notifications":
      return <MyNotificationsPage api={api} chatbotId={chatbotId} />;
    case "members":
      return <MembersSection api={api} chatbotId={chatbotId} />;
    case "plan":
      return <PlanSection view={form.view} />;
    default:
      return null;
  }
}

function sectionsOf(paths: readonly string[]): ReadonlySet<SectionId> {
  return new Set(paths.map(sectionOfPath));
}

interface FrameProps extends SettingsPageProps {
  readonly changed: ReadonlySet<SectionId>;
  readonly wrong: ReadonlySet<SectionId>;
  readonly children: ComponentChildren;
}

function SettingsFrame({ membership, section, changed, wrong, children }: FrameProps) {
  const { t } = useText();
  const main = useRef<HTMLElement>(null);
  const title = settingsSections.find(({ id }) => id === section)?.title ?? "settings";
  const shown = useRef(section);
  // As a new page would: at its beginning, with the focus there for those who can't see that it has changed.
  useEffect(() => {
    if (shown.current === section) return;
    shown.current = section;
    main.current?.closest(".settings")?.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [section]);
  useEffect(() => {
    document.title = `${t(title)} · ${membership.name}`;
  }, [t, title, membership.name]);
  return (
    <div class="settings">
      <SettingsNav membership={membership} current={section} changed={changed} wrong={wrong} />
      <main class="settings-main" id="main" ref={main} tabIndex={-1}>
        <h1 class="settings-title">{t(title)}</h1>
        {children}
      </main>
    </div>
  );
}

function SettingsSkeleton() {
  const { t } = useText();
  return (
    <div aria-busy="true">
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
    </div>
  );
}
